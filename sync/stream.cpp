#include "sync/stream.h"

#include <algorithm>

#include "crdt/base/hash.h"
#include "sync/parts.h"

namespace yizhan::sync {

StreamId stream_id(const EpochOpen& open) { return {hash16("yz.st", encode(open))}; }

Head first_head(StreamId stream) { return {hash32("yz.st0", view(stream))}; }

Head next_head(const Head& previous, std::uint64_t seq, ByteView expanded) {
  return {Hasher("yz.chg", 32).add(view(previous)).add_u64(seq).add(expanded).finish32()};
}

HeadTag head_tag(const Head& head) {
  HeadTag tag;
  std::copy_n(head.value.begin(), tag.size(), tag.begin());
  return tag;
}

Bytes encode(const EpochOpen& open) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(5).bin(view(open.network)).bin(view(open.node));
  out.uint(open.epoch.counter).bin(open.epoch.nonce);
  put_scope(out, open.scope);
  return bytes;
}

Result<EpochOpen> decode_epoch_open(ByteView payload) {
  crdt::Reader in(payload);
  in.array_of(5);
  EpochOpen open;
  open.network = in.id<NetworkId>();
  open.node = in.id<NodeId>();
  open.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  open.epoch.nonce = get_fixed<8>(in);
  open.scope = get_scope(in);
  return finished(in, std::move(open));
}

Result<EpochOpen> epoch_open_of(const crdt::Change& first) {
  const auto* op = first.ops.empty() ? nullptr : std::get_if<crdt::Opaque>(&first.ops[0].body);
  if (first.id.seq != 1 || op == nullptr ||
      op->kind != static_cast<std::uint16_t>(crdt::OpKind::EpochOpen)) {
    return fail(Errc::WrongStream, "a stream begins with EPOCH_OPEN");
  }
  Result<EpochOpen> open = decode_epoch_open(op->payload);
  if (!open) return open;
  if (stream_id(*open) != first.id.stream) {
    return fail(Errc::WrongStream, "EPOCH_OPEN yields another stream id");
  }
  return open;
}

}  // namespace yizhan::sync
