#include "tests/sync/samples.h"

#include <algorithm>

#include "tests/sync/fixture.h"

namespace yizhan::sync::test {
namespace {

std::vector<VectorEntry> entries() {
  std::vector<VectorEntry> out{{stream(1), 1, bytes_of<8>(1)},
                               {stream(2), 300, bytes_of<8>(2)},
                               {stream(3), 70'000, bytes_of<8>(3)}};
  return out;
}

KeyRows key_rows() {
  SeededEntropy entropy(6);
  KeyRows rows;
  for (const bool reads : {true, false}) {
    ScopeKeyInfo info{scope("1403/140311#biz"), 1, x25519_public(secret(40)), std::nullopt};
    if (reads) info.secret = secret(40);
    const crdt::Dot key{stream(5), reads ? 3U : 400U, 0};
    rows.rows.push_back(
        {key, info.scope, info.generation, wrap_data_key(secret(60), key, info, entropy)});
  }
  std::sort(rows.rows.begin(), rows.rows.end());
  return rows;
}

ReceiptMessage receipt() {
  Receipt out;
  out.hub = node_id(SignKey(secret(8)).public_key());
  out.log_instance = 42;
  out.scope = scope("1403/140311#biz");
  out.issued = {5'000'000};
  out.entries = entries();
  sign(out, SignKey(secret(8)));
  return {encode(out)};
}

}  // namespace

Hello sample_hello() {
  Hello hello;
  hello.network = {bytes_of<16>(11)};
  hello.node = node_id(SignKey(secret(3)).public_key());
  hello.answer = true;
  hello.nonce = bytes_of<8>(12);
  hello.peer_nonce = bytes_of<8>(13);
  hello.log_instance = 0x0102030405060708;
  hello.arrivals = 1'234;
  hello.digest = bytes_of<16>(14);
  hello.now = WallMs{1'795'000'000'000};
  hello.auth_head = bytes_of<8>(15);
  hello.signature =
      SignKey(secret(3)).sign(hello_signed_bytes(hello, bytes_of<32>(1), bytes_of<32>(2)));
  return hello;
}

std::vector<std::pair<std::string, Message>> sample_messages() {
  const std::vector<crdt::Change> changes{one_change(stream(500))};
  const SealedSegment segment = sealed(changes, first_head(stream(500)), SignKey(secret(77)));
  const Hello hello = sample_hello();
  return {
      {"hello", hello},
      {"proof", Proof{SignKey(secret(3)).sign(proof_signed_bytes(
                    hello.node, hello.nonce, bytes_of<32>(1), bytes_of<32>(2)))}},
      {"scopes", Scopes{true,
                        7,
                        900,
                        {{scope("1403#ref"), bytes_of<16>(1), {}},
                         {scope("1403/140311#biz"), bytes_of<16>(2), {5'000'000}}}}},
      {"vector", Vector{scope("1403/140311#biz"), entries()}},
      {"segment", SegmentMessage{segment.container}},
      {"cover", CoverMessage{encode_header(segment.header)}},
      {"keyrows", key_rows()},
      {"receipt", receipt()},
      {"ack", Ack{entries()}},
      {"credit", Credit{{65'536, 0, 255, 131'072}}},
      {"done", Done{9, 1'000'000}},
      {"ping", Ping{true, bytes_of<16>(3)}},
      {"farewell", Farewell{Farewell::Reason::Revoked}},
      {"who", Who{}},
      {"introduction", Introduction{encode(make_city().district.certificate)}},
  };
}

}  // namespace yizhan::sync::test
