// Tickets, requests and replies: what joins, and everything that must not.
#include "node/identity/enrolment.h"

#include <boost/test/unit_test.hpp>

#include "node/identity/invitations.h"
#include "node/identity/node_files.h"
#include "tests/node/store/temp_folder.h"
#include "tests/sync/fixture.h"

namespace yizhan::node::test {
namespace {

constexpr WallMs kNow{1'790'000'000'000};
constexpr WallMs kExpires{kNow.value + 72 * 3600 * 1000LL};

std::string refusal(const Result<void>& result) {
  return result ? "accepted" : std::string(name(result.error().code)) + " " + result.error().field;
}

struct Joining {
  Joining() : city(sync::test::make_city(5)), entropy(6) {
    ticket.invitation.fill(1);
    ticket.secret.fill(2);
    ticket.root_public = city.root.public_key();
    ticket.role = sync::Role::Station;
    ticket.division = *sync::Division::parse("1403/140311/140311101");
    ticket.name = "河底镇便民服务中心";
    ticket.above = {city.hub.certificate, city.district.certificate};
    ticket.parent = city.district.certificate.node();
    ticket.expires_at = kExpires;
    invitation = {ticket.invitation, ticket.secret, ticket.role,       ticket.division,
                  ticket.name,       false,         ticket.expires_at, std::nullopt};
    secrets = sync::make_node_secrets(entropy);
  }
  JoinReply reply_to(const JoinRequest& request) const {
    auto subject = accept_request(invitation, request, city.hub.certificate.network, kNow);
    BOOST_REQUIRE(subject.has_value());
    subject->issuer = city.hub.certificate.node();
    sync::sign(*subject, city.hub.secrets.sign);
    return {request.invitation, *subject};
  }

  sync::test::City city;
  sync::test::SeededEntropy entropy;
  JoinTicket ticket;
  Invitation invitation;
  sync::NodeSecrets secrets;
};

BOOST_FIXTURE_TEST_SUITE(enrolment_test, Joining)

BOOST_AUTO_TEST_CASE(texts_are_inverse) {
  BOOST_TEST((*parse_ticket(ticket_text(ticket)) == ticket));
  const JoinRequest request = make_request(ticket, secrets);
  BOOST_TEST((*parse_request(request_text(request)) == request));
  const JoinReply reply = reply_to(request);
  BOOST_TEST((*parse_reply(reply_text(reply)) == reply));
}

BOOST_AUTO_TEST_CASE(golden_texts) {
  const auto keep = [](const char* kind, const std::string& text) {
    sync::test::check_golden(kind, "text", std::string(kind) + ": as people carry it",
                             Bytes(text.begin(), text.end()));
  };
  keep("ticket", ticket_text(ticket));
  const JoinRequest request = make_request(ticket, secrets);
  keep("request", request_text(request));
  keep("reply", reply_text(reply_to(request)));
}

BOOST_AUTO_TEST_CASE(every_changed_character_of_a_text_is_refused_or_changes_its_meaning) {
  const std::string text = request_text(make_request(ticket, secrets));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string wrong = text;
    wrong[at] = wrong[at] == 'a' ? 'b' : 'a';
    const auto parsed = parse_request(wrong);
    if (parsed) BOOST_TEST(!check_request(*parsed, ticket.secret).has_value());
  }
}

BOOST_AUTO_TEST_CASE(texts_have_limits_and_one_spelling) {
  const std::string text = ticket_text(ticket);
  BOOST_TEST(!parse_ticket(text + "a").has_value());
  BOOST_TEST(!parse_ticket(text.substr(0, text.size() - 1)).has_value());
  BOOST_TEST(!parse_ticket("yzr1" + text.substr(4)).has_value());
  BOOST_TEST(!parse_ticket("").has_value());
  std::string upper = text;
  upper[4] = 'A';
  BOOST_TEST(!parse_ticket(upper).has_value());
  const auto over = parse_ticket("yzt1" + std::string(kEnrolmentTextMax - 3, 'a'));
  BOOST_REQUIRE(!over.has_value());
  BOOST_TEST((over.error().code == Errc::LimitExceeded));
  const auto at_limit = parse_ticket("yzt1" + std::string(kEnrolmentTextMax - 4, 'a'));
  BOOST_TEST((at_limit.error().code != Errc::LimitExceeded));
  BOOST_TEST(at_limit.error().field == "ticket");
}

BOOST_AUTO_TEST_CASE(a_ticket_is_good_until_its_time) {
  BOOST_TEST(refusal(check_ticket(ticket, {kExpires.value - 1})) == "accepted");
  BOOST_TEST(refusal(check_ticket(ticket, kExpires)) == "Expired ticket");
}

BOOST_AUTO_TEST_CASE(a_ticket_whose_chain_does_not_reach_its_root_is_refused) {
  JoinTicket other = ticket;
  other.root_public = sync::test::make_city(99).root.public_key();
  BOOST_TEST(refusal(check_ticket(other, kNow)) == "BadSignature ticket");
  other = ticket;
  other.parent = city.station.certificate.node();
  BOOST_TEST(refusal(check_ticket(other, kNow)) == "BadSignature ticket");
  other = ticket;
  std::swap(other.above[0], other.above[1]);
  BOOST_TEST(refusal(check_ticket(other, kNow)) == "BadSignature ticket");
}

BOOST_AUTO_TEST_CASE(a_request_is_bound_to_its_ticket_and_its_keys) {
  const JoinRequest request = make_request(ticket, secrets);
  BOOST_TEST(refusal(check_request(request, ticket.secret)) == "accepted");
  Hash32 guessed = ticket.secret;
  guessed[0] ^= 1;
  BOOST_TEST(refusal(check_request(request, guessed)) == "BadSignature request");
  JoinRequest other = request;
  other.curve_key[0] ^= 1;
  BOOST_TEST(refusal(check_request(other, ticket.secret)) == "BadSignature request");
  other = request;
  other.signature[0] ^= 1;
  BOOST_TEST(refusal(check_request(other, ticket.secret)) == "BadSignature request");
}

BOOST_AUTO_TEST_CASE(an_invitation_is_used_by_one_machine) {
  const NetworkId network = city.hub.certificate.network;
  const JoinRequest request = make_request(ticket, secrets);
  BOOST_TEST(accept_request(invitation, request, network, kNow).has_value());
  BOOST_TEST(
      (accept_request(invitation, request, network, kExpires).error().code == Errc::Expired));
  invitation.used_by = sync::node_id(request.sign_key);
  BOOST_TEST(accept_request(invitation, request, network, kExpires).has_value());  // asks again
  const sync::NodeSecrets others = sync::make_node_secrets(entropy);
  const auto second = accept_request(invitation, make_request(ticket, others), network, kNow);
  BOOST_REQUIRE(!second.has_value());
  BOOST_TEST((second.error().code == Errc::Conflict));
}

BOOST_AUTO_TEST_CASE(a_reply_must_be_ours_for_this_post_and_chain_to_the_root) {
  const JoinReply reply = reply_to(make_request(ticket, secrets));
  BOOST_TEST(refusal(check_reply(reply, ticket, secrets)) == "accepted");
  const sync::NodeSecrets others = sync::make_node_secrets(entropy);
  BOOST_TEST(refusal(check_reply(reply, ticket, others)) == "BadSignature reply");
  JoinTicket post = ticket;
  post.division = *sync::Division::parse("1403/140311/140311100");
  BOOST_TEST(refusal(check_reply(reply, post, secrets)) == "BadSignature reply");
  JoinReply forged = reply;
  sync::sign(forged.certificate, secrets.sign);
  BOOST_TEST(refusal(check_reply(forged, ticket, secrets)) == "BadSignature reply");
}

BOOST_AUTO_TEST_CASE(files_come_back_as_they_were_saved) {
  const TempFolder folder;
  const NodeFiles files(folder.path() / "node");
  BOOST_TEST(!files.enrolled());
  BOOST_TEST((files.identity().error().code == Errc::NotFound));
  const NodeKeys keys = make_node_keys(entropy);
  BOOST_REQUIRE(files.save_keys(keys).has_value());
  BOOST_TEST((files.save_keys(keys).error().code == Errc::Busy));
  BOOST_TEST((files.keys()->secrets.sign.public_key() == keys.secrets.sign.public_key()));
  BOOST_TEST((files.keys()->pepper.bytes == keys.pepper.bytes));
  BOOST_REQUIRE(files.save_joining(ticket).has_value());
  BOOST_TEST((*files.joining() == ticket));

  NodeIdentity identity;
  identity.name = ticket.name;
  identity.root_public = ticket.root_public;
  identity.certificate = reply_to(make_request(ticket, secrets)).certificate;
  identity.epoch.nonce.fill(3);
  identity.parent = ticket.parent;
  identity.above = ticket.above;
  BOOST_REQUIRE(files.save_identity(identity).has_value());
  BOOST_TEST(files.enrolled());
  BOOST_TEST((files.joining().error().code == Errc::NotFound));
  const auto read = files.identity();
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(read->name == identity.name);
  BOOST_TEST((read->certificate == identity.certificate));
  BOOST_TEST((read->epoch == identity.epoch));
  BOOST_TEST((read->parent == identity.parent));
  BOOST_TEST((read->above == identity.above));
}

BOOST_AUTO_TEST_CASE(secrets_that_others_can_read_are_refused) {
  const TempFolder folder;
  const NodeFiles files(folder.path());
  BOOST_REQUIRE(files.save_keys(make_node_keys(entropy)).has_value());
  const auto file = folder.path() / "secrets.yz";
  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  BOOST_TEST((files.keys().error().code == Errc::Denied));
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(file, 20);
  BOOST_TEST((files.keys().error().code == Errc::StorageCorrupt));
  BOOST_TEST(files.keys().error().field == "secrets.yz");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
