// Enrolment: the three texts by which a new machine joins the city, on paper, stick or screen.
//
// What        ticket (made above: what the node shall be, whom to trust, a secret), request (made
//             by the node: its public keys), reply (made above: its certificate). Nobody's private
//             key travels, and the reply is public.
// Invariants  I1  parse(text(x)) == x; of two spellings of one value only one is accepted; four
//                 check bytes at the end find a mistyped character.
//             I2  a request is bound to its ticket by a MAC under the ticket's secret, and to the
//                 node's own signing key by a signature.
//             I3  finish accepts only a certificate for its own keys whose chain ends at the root
//                 that the ticket named.
// Units       Wall time; texts of at most kTextMax characters.
// Errors      BadFormat, LimitExceeded, BadSignature, Expired; field "ticket", "request", "reply".
// Source      design.md section 4; reliability.md, "Online" and "Offline" enrolment.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sync/certificate.h"

namespace yizhan::node {

constexpr std::size_t kEnrolmentTextMax = 8192;
constexpr std::size_t kNodeNameBytesMax = 256;

struct JoinTicket {
  Id16 invitation{};
  Hash32 secret{};
  sync::Key32 root_public{};
  sync::Role role = sync::Role::Station;
  sync::Division division;
  std::string name;
  bool carry_only = false;
  NodeId parent;
  std::vector<sync::Certificate> above;  // chain to the root, root side first, ends at the parent
  WallMs expires_at;
  friend bool operator==(const JoinTicket&, const JoinTicket&) = default;
};

struct JoinRequest {
  Id16 invitation{};
  sync::Key32 sign_key{};
  sync::Key32 curve_key{};
  sync::Key32 box_key{};
  Hash32 mac{};
  sync::Signature signature{};
  friend bool operator==(const JoinRequest&, const JoinRequest&) = default;
};

struct JoinReply {
  Id16 invitation{};
  sync::Certificate certificate;
  friend bool operator==(const JoinReply&, const JoinReply&) = default;
};

std::string ticket_text(const JoinTicket& ticket);
Result<JoinTicket> parse_ticket(std::string_view text);
std::string request_text(const JoinRequest& request);
Result<JoinRequest> parse_request(std::string_view text);
std::string reply_text(const JoinReply& reply);
Result<JoinReply> parse_reply(std::string_view text);

JoinRequest make_request(const JoinTicket& ticket, const sync::NodeSecrets& secrets);
// Checks MAC and signature; the caller knows whether the invitation stands.
Result<void> check_request(const JoinRequest& request, const Hash32& ticket_secret);
// Checks the ticket's own chain and `now` against its expiry.
Result<void> check_ticket(const JoinTicket& ticket, WallMs now);
// Checks that `reply` answers the request that these secrets made of `ticket`.
Result<void> check_reply(const JoinReply& reply, const JoinTicket& ticket,
                         const sync::NodeSecrets& secrets);

}  // namespace yizhan::node
