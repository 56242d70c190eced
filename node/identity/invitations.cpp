#include "node/identity/invitations.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kDayMs = 24 * 3600 * 1000LL;
constexpr std::int64_t kCertificateDays = 400;

}  // namespace

Result<sync::Certificate> accept_request(const Invitation& invitation, const JoinRequest& request,
                                         const NetworkId& network, WallMs now) {
  if (auto checked = check_request(request, invitation.secret); !checked) return fail(checked);
  const NodeId node = sync::node_id(request.sign_key);
  if (invitation.used_by && *invitation.used_by != node) {
    return fail(Errc::Conflict, "the ticket was used by another machine", "request");
  }
  if (!invitation.used_by && now >= invitation.expires_at) {
    return fail(Errc::Expired, "the ticket is past its time", "request");
  }
  sync::Certificate subject =
      sync::standard_certificate(invitation.role, invitation.division, invitation.carry_only);
  subject.network = network;
  subject.sign_key = request.sign_key;
  subject.curve_key = request.curve_key;
  subject.box_key = request.box_key;
  subject.not_before = {now.value - kDayMs};  // clocks below may run behind
  subject.not_after = {now.value + kCertificateDays * kDayMs};
  subject.serial = 1;
  return subject;
}

}  // namespace yizhan::node
