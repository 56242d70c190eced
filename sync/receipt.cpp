#include "sync/receipt.h"

#include <algorithm>

#include "sync/parts.h"

namespace yizhan::sync {
namespace {

constexpr std::string_view kSignPrefix = "yz.receipt";
constexpr std::size_t kFields = 7;  // the signature is the last

void put_fields(crdt::Writer& out, const Receipt& receipt, std::size_t fields) {
  out.array(fields).bin(view(receipt.hub)).uint(receipt.log_instance);
  put_scope(out, receipt.scope);
  out.uint(receipt.issued.value).uint(receipt.machines);
  put_entries(out, receipt.entries);
}

Bytes to_be_signed(const Receipt& receipt) {
  Bytes canonical;
  crdt::Writer out(canonical);
  put_fields(out, receipt, kFields - 1);
  return signed_bytes(kSignPrefix, canonical);
}

}  // namespace

std::uint64_t Receipt::seq(StreamId stream) const {
  const auto at =
      std::lower_bound(entries.begin(), entries.end(), stream,
                       [](const VectorEntry& entry, StreamId id) { return entry.stream < id; });
  return at != entries.end() && at->stream == stream ? at->seq : 0;
}

Bytes encode(const Receipt& receipt) {
  Bytes bytes;
  crdt::Writer out(bytes);
  put_fields(out, receipt, kFields);
  out.bin(receipt.signature);
  return bytes;
}

Result<Receipt> decode_receipt(ByteView bytes) {
  if (bytes.size() > kObjectBytesMax) return fail(Errc::LimitExceeded, "receipt is too large");
  crdt::Reader in(bytes);
  in.array_of(kFields);
  Receipt receipt;
  receipt.hub = in.id<NodeId>();
  receipt.log_instance = in.uint();
  receipt.scope = get_scope(in);
  receipt.issued.value = in.uint();
  receipt.machines = static_cast<std::uint8_t>(in.uint(UINT8_MAX));
  if (receipt.machines == 0) in.reject("receipt of no machine");
  receipt.entries = get_entries(in, kReceiptEntriesMax);
  receipt.signature = get_fixed<64>(in);
  return finished(in, std::move(receipt));
}

void sign(Receipt& receipt, const SignKey& hub_key) {
  receipt.signature = hub_key.sign(to_be_signed(receipt));
}

Result<void> verify_receipt(const Receipt& receipt, const Key32& hub_key) {
  if (receipt.hub != node_id(hub_key)) return fail(Errc::BadSignature, "receipt of another hub");
  if (!verify(hub_key, to_be_signed(receipt), receipt.signature)) {
    return fail(Errc::BadSignature, "receipt is not signed by its hub");
  }
  return {};
}

}  // namespace yizhan::sync
