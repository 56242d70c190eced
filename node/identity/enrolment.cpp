#include "node/identity/enrolment.h"

#include <algorithm>

#include "crdt/base/hash.h"
#include "crdt/codec/writer.h"
#include "node/identity/item_readers.h"
#include "node/identity/secret_hash.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kTicketMark = "yzt1";
constexpr std::string_view kRequestMark = "yzr1";
constexpr std::string_view kReplyMark = "yza1";
constexpr std::size_t kAboveMax = 4;

constexpr std::size_t kCheckBytes = 4;

// Finds a mistyped character; what must not be forged is signed or under a MAC.
Bytes check_bytes(std::string_view mark, ByteView bytes) {
  const Hash32 hash = Hasher("yz.text", 32).add(view(mark)).add(bytes).finish32();
  return {hash.begin(), hash.begin() + kCheckBytes};
}

std::string as_text(std::string_view mark, Bytes bytes) {
  append(bytes, check_bytes(mark, bytes));
  return std::string(mark) + to_base32(bytes);
}

Result<Bytes> from_text(std::string_view mark, std::string_view text, const char* field) {
  if (text.size() > kEnrolmentTextMax) return fail(Errc::LimitExceeded, "too long", field);
  if (!text.starts_with(mark)) return fail(Errc::BadFormat, "starts otherwise", field);
  const auto mistyped = fail(Errc::BadFormat, "has a mistyped character, or is cut short", field);
  auto bytes = from_base32(text.substr(mark.size()));
  if (!bytes || bytes->size() <= kCheckBytes) return mistyped;
  const Bytes check(bytes->end() - kCheckBytes, bytes->end());
  bytes->resize(bytes->size() - kCheckBytes);
  if (check != check_bytes(mark, *bytes)) return mistyped;
  return bytes;
}

sync::Role role_in(crdt::Reader& in) {
  const std::uint64_t role = in.uint(3);
  if (role == 0) in.reject("no such role");
  return static_cast<sync::Role>(role);
}

sync::Division division_in(crdt::Reader& in) {
  auto division = sync::Division::parse(in.text());
  if (division) return std::move(*division);
  in.reject("not a division");
  return {};
}

std::string name_in(crdt::Reader& in) {
  const std::string_view name = in.text();
  if (name.empty() || name.size() > kNodeNameBytesMax) in.reject("the name is too long");
  return std::string(name);
}

// The first thing wrong with a text, told of its field.
Result<void> read_to_end(const crdt::Reader& in, const char* field) {
  const auto status = in.status();
  if (status) return {};
  return fail(status.error().code, status.error().detail, field);
}

Hash32 mac_of(const JoinRequest& request, const Hash32& secret) {
  return Hasher("yz.join", 32, secret)
      .add(request.invitation)
      .add(request.sign_key)
      .add(request.curve_key)
      .add(request.box_key)
      .finish32();
}

Bytes signed_part(const JoinRequest& request) {
  const Hash32 hash = Hasher("yz.join-sign", 32)
                          .add(request.invitation)
                          .add(request.sign_key)
                          .add(request.curve_key)
                          .add(request.box_key)
                          .add(request.mac)
                          .finish32();
  return {hash.begin(), hash.end()};
}

}  // namespace

// ---- texts

std::string ticket_text(const JoinTicket& ticket) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(10).bin(ticket.invitation).bin(ticket.secret).bin(ticket.root_public);
  out.uint(static_cast<std::uint64_t>(ticket.role)).text(ticket.division.text()).text(ticket.name);
  out.boolean(ticket.carry_only).bin(view(ticket.parent)).array(ticket.above.size());
  for (const sync::Certificate& certificate : ticket.above) out.bin(sync::encode(certificate));
  out.sint(ticket.expires_at.value);
  return as_text(kTicketMark, std::move(bytes));
}

Result<JoinTicket> parse_ticket(std::string_view text) {
  const auto bytes = from_text(kTicketMark, text, "ticket");
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  JoinTicket ticket;
  in.array_of(10);
  ticket.invitation = read_fixed<16>(in);
  ticket.secret = read_fixed<32>(in);
  ticket.root_public = read_fixed<32>(in);
  ticket.role = role_in(in);
  ticket.division = division_in(in);
  ticket.name = name_in(in);
  ticket.carry_only = in.boolean();
  ticket.parent = in.id<NodeId>();
  const std::size_t count = in.array();
  if (count == 0 || count > kAboveMax) in.reject("the chain has no such length");
  for (std::size_t i = 0; i < count && in.ok(); ++i) ticket.above.push_back(read_certificate(in));
  ticket.expires_at = {in.sint()};
  if (auto read = read_to_end(in, "ticket"); !read) return fail(read);
  return ticket;
}

std::string request_text(const JoinRequest& request) {
  Bytes bytes;
  crdt::Writer(bytes)
      .array(6)
      .bin(request.invitation)
      .bin(request.sign_key)
      .bin(request.curve_key)
      .bin(request.box_key)
      .bin(request.mac)
      .bin(request.signature);
  return as_text(kRequestMark, std::move(bytes));
}

Result<JoinRequest> parse_request(std::string_view text) {
  const auto bytes = from_text(kRequestMark, text, "request");
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  JoinRequest request;
  in.array_of(6);
  request.invitation = read_fixed<16>(in);
  request.sign_key = read_fixed<32>(in);
  request.curve_key = read_fixed<32>(in);
  request.box_key = read_fixed<32>(in);
  request.mac = read_fixed<32>(in);
  request.signature = read_fixed<64>(in);
  if (auto read = read_to_end(in, "request"); !read) return fail(read);
  return request;
}

std::string reply_text(const JoinReply& reply) {
  Bytes bytes;
  crdt::Writer(bytes).array(2).bin(reply.invitation).bin(sync::encode(reply.certificate));
  return as_text(kReplyMark, std::move(bytes));
}

Result<JoinReply> parse_reply(std::string_view text) {
  const auto bytes = from_text(kReplyMark, text, "reply");
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  JoinReply reply;
  in.array_of(2);
  reply.invitation = read_fixed<16>(in);
  reply.certificate = read_certificate(in);
  if (auto read = read_to_end(in, "reply"); !read) return fail(read);
  return reply;
}

// ---- steps

JoinRequest make_request(const JoinTicket& ticket, const sync::NodeSecrets& secrets) {
  JoinRequest request;
  request.invitation = ticket.invitation;
  request.sign_key = secrets.sign.public_key();
  request.curve_key = sync::x25519_public(secrets.curve);
  request.box_key = sync::x25519_public(secrets.box);
  request.mac = mac_of(request, ticket.secret);
  request.signature = secrets.sign.sign(signed_part(request));
  return request;
}

Result<void> check_request(const JoinRequest& request, const Hash32& ticket_secret) {
  if (!same(request.mac, mac_of(request, ticket_secret))) {
    return fail(Errc::BadSignature, "the request was not made from this ticket", "request");
  }
  if (!sync::verify(request.sign_key, signed_part(request), request.signature)) {
    return fail(Errc::BadSignature, "the request is not signed by its own key", "request");
  }
  if (!sync::usable_x25519(request.curve_key) || !sync::usable_x25519(request.box_key)) {
    return fail(Errc::BadFormat, "the request has a key that protects nothing", "request");
  }
  return {};
}

Result<void> check_ticket(const JoinTicket& ticket, WallMs now) {
  if (now >= ticket.expires_at) {
    return fail(Errc::Expired, "the ticket is past its time", "ticket");
  }
  const auto broken = fail(Errc::BadSignature, "the ticket's chain does not verify", "ticket");
  const sync::Certificate* issuer = nullptr;
  for (const sync::Certificate& certificate : ticket.above) {
    const auto verified = issuer == nullptr ? sync::verify_root(certificate, ticket.root_public)
                                            : sync::verify_issued(certificate, *issuer);
    if (!verified) return broken;
    issuer = &certificate;
  }
  if (issuer == nullptr || issuer->node() != ticket.parent) return broken;
  return {};
}

Result<void> check_reply(const JoinReply& reply, const JoinTicket& ticket,
                         const sync::NodeSecrets& secrets) {
  const sync::Certificate& own = reply.certificate;
  const bool ours = reply.invitation == ticket.invitation &&
                    own.sign_key == secrets.sign.public_key() &&
                    own.curve_key == sync::x25519_public(secrets.curve) &&
                    own.box_key == sync::x25519_public(secrets.box);
  if (!ours) return fail(Errc::BadSignature, "the reply is for another machine", "reply");
  if (own.role != ticket.role || own.home != ticket.division) {
    return fail(Errc::BadSignature, "the reply is for another post", "reply");
  }
  const auto issuer =
      std::find_if(ticket.above.begin(), ticket.above.end(),
                   [&](const sync::Certificate& above) { return above.node() == own.issuer; });
  if (issuer == ticket.above.end() || !sync::verify_issued(own, *issuer)) {
    return fail(Errc::BadSignature, "the certificate does not chain to the city's root", "reply");
  }
  return {};
}

}  // namespace yizhan::node
