#include "sync/message.h"

#include "crdt/base/check.h"
#include "sync/parts.h"

namespace yizhan::sync {
namespace {

// Wire numbers: never reuse one.
enum class Type : std::uint8_t {
  Hello = 1,
  Proof = 2,
  Scopes = 3,
  Vector = 4,
  Segment = 5,
  Cover = 6,
  KeyRows = 7,
  Receipt = 8,
  Ack = 9,
  Credit = 10,
  Done = 11,
  Ping = 12,
  Farewell = 13,
  Who = 14,
  Introduction = 15
};

// Each message is one array: its type, then its fields.
crdt::Writer& begin(crdt::Writer& out, Type type, std::size_t fields) {
  return out.array(1 + fields).uint(static_cast<std::uint64_t>(type));
}

constexpr std::size_t kHelloFields = 11;  // without the signature

void put_hello_fields(crdt::Writer& out, const Hello& hello) {
  out.uint(hello.version).bin(view(hello.network)).bin(view(hello.node)).boolean(hello.answer);
  out.bin(hello.nonce).bin(hello.peer_nonce).uint(hello.log_instance).uint(hello.arrivals);
  out.bin(hello.digest).sint(hello.now.value).bin(hello.auth_head);
}

void put(crdt::Writer& out, const Hello& hello) {
  begin(out, Type::Hello, kHelloFields + 1);
  put_hello_fields(out, hello);
  out.bin(hello.signature);
}
void put(crdt::Writer& out, const Proof& proof) { begin(out, Type::Proof, 1).bin(proof.signature); }
void put(crdt::Writer& out, const Scopes& message) {
  begin(out, Type::Scopes, 4).boolean(message.full);
  out.uint(message.log_instance).uint(message.arrivals);
  std::vector<ScopeState> scopes = message.scopes;
  const auto by_scope = [](const auto& a, const auto& b) { return a.scope < b.scope; };
  std::sort(scopes.begin(), scopes.end(), by_scope);
  YZ_CHECK(strictly_ascending(scopes, by_scope));
  out.array(scopes.size());
  for (const ScopeState& state : scopes) {
    out.array(3);
    put_scope(out, state.scope);
    out.bin(state.digest).uint(state.receipt.value);
  }
}
void put(crdt::Writer& out, const Vector& message) {
  begin(out, Type::Vector, 2);
  put_scope(out, message.scope);
  put_entries(out, message.entries);
}
void put(crdt::Writer& out, const SegmentMessage& message) {
  begin(out, Type::Segment, 1).bin(message.container);
}
void put(crdt::Writer& out, const CoverMessage& message) {
  begin(out, Type::Cover, 1).bin(message.header);
}
void put(crdt::Writer& out, const KeyRows& message) {
  std::vector<KeyRow> rows = message.rows;
  std::sort(rows.begin(), rows.end());
  YZ_CHECK(strictly_ascending(rows));
  begin(out, Type::KeyRows, 1).array(rows.size());
  for (const KeyRow& row : rows) put_key_row(out, row);
}
void put(crdt::Writer& out, const ReceiptMessage& message) {
  begin(out, Type::Receipt, 1).bin(message.receipt);
}
void put(crdt::Writer& out, const Ack& message) {
  begin(out, Type::Ack, 1);
  put_entries(out, message.entries);
}
void put(crdt::Writer& out, const Credit& message) {
  begin(out, Type::Credit, kLanes);
  for (const std::uint32_t bytes : message.bytes) out.uint(bytes);
}
void put(crdt::Writer& out, const Done& message) {
  begin(out, Type::Done, 2).uint(message.log_instance).uint(message.arrivals);
}
void put(crdt::Writer& out, const Ping& message) {
  begin(out, Type::Ping, 2).boolean(message.idle).bin(message.digest);
}

void put(crdt::Writer& out, const Farewell& message) {
  begin(out, Type::Farewell, 1).uint(static_cast<std::uint64_t>(message.reason));
}

void put(crdt::Writer& out, const Who&) { begin(out, Type::Who, 0); }
void put(crdt::Writer& out, const Introduction& message) {
  begin(out, Type::Introduction, 1).bin(message.certificate);
}

Hello get_hello(crdt::Reader& in) {  // after the version
  Hello hello;
  hello.network = in.id<NetworkId>();
  hello.node = in.id<NodeId>();
  hello.answer = in.boolean();
  hello.nonce = get_fixed<8>(in);
  hello.peer_nonce = get_fixed<8>(in);
  hello.log_instance = in.uint();
  hello.arrivals = in.uint();
  hello.digest = get_fixed<16>(in);
  hello.now.value = in.sint();
  hello.auth_head = get_fixed<8>(in);
  hello.signature = get_fixed<64>(in);
  return hello;
}

Scopes get_scopes(crdt::Reader& in) {
  Scopes message;
  message.full = in.boolean();
  message.log_instance = in.uint();
  message.arrivals = in.uint();
  message.scopes.resize(get_count(in, kScopesPerMessage));
  for (ScopeState& state : message.scopes) {
    in.array_of(3);
    state.scope = get_scope(in);
    state.digest = get_fixed<16>(in);
    state.receipt.value = in.uint();
  }
  const auto by_scope = [](const auto& a, const auto& b) { return a.scope < b.scope; };
  if (!strictly_ascending(message.scopes, by_scope)) in.reject("scopes are not sorted");
  return message;
}

Vector get_vector(crdt::Reader& in) {
  Vector message;
  message.scope = get_scope(in);
  message.entries = get_entries(in, kVectorEntriesPerMessage);
  return message;
}

KeyRows get_key_rows(crdt::Reader& in) {
  KeyRows message;
  message.rows.resize(get_count(in, kKeyRowsPerMessage));
  for (KeyRow& row : message.rows) row = get_key_row(in);
  if (!strictly_ascending(message.rows)) in.reject("keyring rows are not sorted");
  return message;
}

Credit get_credit(crdt::Reader& in) {
  Credit message;
  for (std::uint32_t& bytes : message.bytes) {
    bytes = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  }
  return message;
}

Done get_done(crdt::Reader& in) {
  Done message;
  message.log_instance = in.uint();
  message.arrivals = in.uint();
  return message;
}

Ping get_ping(crdt::Reader& in) {
  Ping message;
  message.idle = in.boolean();
  message.digest = get_fixed<16>(in);
  return message;
}

Farewell get_farewell(crdt::Reader& in) {
  const std::uint64_t reason = in.uint(UINT8_MAX);
  if (reason != static_cast<std::uint64_t>(Farewell::Reason::Revoked)) {
    in.reject("farewell for a reason that is not known");
  }
  return {};
}

std::optional<std::size_t> fields_of(Type type) {  // none: not known
  switch (type) {
    case Type::Hello: return kHelloFields + 1;
    case Type::Scopes:
    case Type::Credit: return 4;
    case Type::Vector:
    case Type::Done:
    case Type::Ping: return 2;
    case Type::Proof:
    case Type::Segment:
    case Type::Cover:
    case Type::KeyRows:
    case Type::Receipt:
    case Type::Ack:
    case Type::Farewell:
    case Type::Introduction: return 1;
    case Type::Who: return 0;
  }
  return std::nullopt;
}

Message get_message(crdt::Reader& in, Type type) {
  switch (type) {
    case Type::Hello: return get_hello(in);
    case Type::Proof: return Proof{get_fixed<64>(in)};
    case Type::Scopes: return get_scopes(in);
    case Type::Vector: return get_vector(in);
    case Type::Segment: return SegmentMessage{get_bytes(in, kObjectBytesMax)};
    case Type::Cover: return CoverMessage{get_bytes(in, kObjectBytesMax)};
    case Type::KeyRows: return get_key_rows(in);
    case Type::Receipt: return ReceiptMessage{get_bytes(in, kObjectBytesMax)};
    case Type::Ack: return Ack{get_entries(in, kVectorEntriesPerMessage)};
    case Type::Credit: return get_credit(in);
    case Type::Done: return get_done(in);
    case Type::Ping: return get_ping(in);
    case Type::Farewell: return get_farewell(in);
    case Type::Who: return Who{};
    case Type::Introduction: return Introduction{get_bytes(in, kCertificateBytesMax)};
  }
  in.reject("unknown message");
  return Ping{};
}

}  // namespace

Bytes encode(const Message& message) {
  Bytes bytes;
  crdt::Writer out(bytes);
  std::visit([&](const auto& one) { put(out, one); }, message);
  return bytes;
}

Result<Message> decode_message(ByteView bytes) {
  if (bytes.size() > kObjectBytesMax) return fail(Errc::LimitExceeded, "message is too large");
  crdt::Reader in(bytes);
  const std::size_t items = in.array();
  const auto type = static_cast<Type>(in.uint(UINT8_MAX));
  const auto fields = fields_of(type);
  if (in.ok() && !fields) return fail(Errc::UnknownVersion, "message of unknown type");
  if (type == Type::Hello && in.uint() != kWireVersion && in.ok()) {
    return fail(Errc::UnknownVersion, "HELLO of another wire version");
  }
  if (items != 1 + fields.value_or(0)) in.reject("message with another number of fields");
  Message message = get_message(in, type);
  return finished(in, std::move(message));
}

Bytes hello_signed_bytes(const Hello& hello, const Key32& dialer_curve, const Key32& binder_curve) {
  Bytes canonical;
  crdt::Writer out(canonical);
  out.array(kHelloFields + 2);
  put_hello_fields(out, hello);
  out.bin(dialer_curve).bin(binder_curve);
  return signed_bytes("yz.hello", canonical);
}

Bytes proof_signed_bytes(NodeId node, const Nonce8& binder_nonce, const Key32& dialer_curve,
                         const Key32& binder_curve) {
  Bytes canonical;
  crdt::Writer out(canonical);
  out.array(4).bin(view(node)).bin(binder_nonce).bin(dialer_curve).bin(binder_curve);
  return signed_bytes("yz.proof", canonical);
}

}  // namespace yizhan::sync
