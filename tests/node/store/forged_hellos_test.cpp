// Who opens a session without being who it says: the session ends with its reason, and the files
// are as they were.
#include <boost/test/unit_test.hpp>

#include "sync/fragment.h"
#include "sync/limits.h"
#include "tests/node/store/city.h"
#include "tests/node/store/facts.h"

namespace yizhan::node::test {
namespace {

using sync::Hello;
using sync::Key32;
using sync::LinkId;
using sync::Nonce8;
using sync::test::bytes_of;
using sync::test::Member;

constexpr std::uint64_t kSeed = 21;
constexpr Nonce8 kNonce{1, 2, 3, 4, 5, 6, 7, 8};

const char* const kBadHello = "HELLO does not verify";
const char* const kBadProof = "the proof does not verify";
const char* const kTooEarly = "a message before the proof";

// The messages in what a node has sent over `link`; each of those below fits into one frame.
template <class Kind>
std::optional<Kind> last_said(const Site& site, LinkId link) {
  std::optional<Kind> last;
  for (const sync::SendFrame& sent : site.sent) {
    if (sent.link != link) continue;
    const auto message = sync::decode_message(sync::decode_frame(sent.bytes)->bytes);
    BOOST_REQUIRE(message.has_value());
    if (const auto* one = std::get_if<Kind>(&*message)) last = *one;
  }
  return last;
}

bool stood(const Site& site, LinkId link) {
  return std::any_of(site.notices.begin(), site.notices.end(), [&](const sync::Notice& notice) {
    return notice.kind == sync::Notice::Kind::SessionUp && notice.link == link;
  });
}

// A hub and a station in step, with no link; and the keys of both, of a second station and of a
// node that nobody certified.
struct Door {
  Door()
      : keys(sync::test::make_city(kSeed)),
        city(kSeed),
        station(member(kSeed + 1000)),
        second(member(kSeed + 2000)),
        stranger(member(kSeed + 3000)) {
    city.hub->certify(second.certificate);
    city.connect();
    city.run(3000);
    city.hang_up();
    BOOST_REQUIRE((city.station->engine().self() == station.certificate));
    at_hub = facts_of(city.hub->store());
    at_station = facts_of(city.station->store());
  }

  Member member(std::uint64_t seed) const {
    return sync::test::make_member(keys, sync::Role::Station,
                                   sync::test::division("1403/140311/140311100"), seed, &keys.hub);
  }
  const Key32& hub_curve() const { return keys.hub.certificate.curve_key; }

  // What `who` says when it dials, with the signature left out.
  Hello hello_of(const Member& who) const {
    Hello hello;
    hello.network = who.certificate.network;
    hello.node = who.certificate.node();
    hello.nonce = kNonce;
    hello.now = city.hub->wall();
    return hello;
  }
  // Signed by `who` for a link from the holder of `dialer` to the hub.
  Hello signed_hello(Hello hello, const Member& who, const Key32& dialer) const {
    hello.signature = who.secrets.sign.sign(sync::hello_signed_bytes(hello, dialer, hub_curve()));
    return hello;
  }
  Hello signed_hello(const Member& who) const {
    return signed_hello(hello_of(who), who, who.certificate.curve_key);
  }
  sync::Proof proof_of(const Member& who, const Nonce8& nonce) const {
    return {who.secrets.sign.sign(sync::proof_signed_bytes(
        station.certificate.node(), nonce, station.certificate.curve_key, hub_curve()))};
  }

  // A new link of the hub, by whoever CURVE has proven to hold `curve`.
  void dialed(LinkId link, const Key32& curve) {
    city.hub->deliver(sync::LinkOpened{link, curve, false});
    city.hub->commit();
  }
  void dialed(LinkId link, const Member& who) { dialed(link, who.certificate.curve_key); }
  // `message` comes in as frame `number` of its link.
  static void comes(Site& site, LinkId link, std::uint64_t number, const sync::Message& message) {
    const Bytes object = sync::encode(message);
    const sync::Frame frame{number, 0,     number, static_cast<std::uint32_t>(object.size()),
                            0,      object};
    site.deliver(sync::FrameReceived{link, sync::encode(frame)});
    site.commit();
  }
  void hub_gets(LinkId link, std::uint64_t number, const sync::Message& message) {
    comes(*city.hub, link, number, message);
  }
  // The hub was dialed and has answered: its nonce, over which the proof goes.
  Nonce8 nonce_after_hello(LinkId link, const Hello& hello) {
    dialed(link, station);
    hub_gets(link, 1, hello);
    const auto answer = last_said<Hello>(*city.hub, link);
    BOOST_REQUIRE(answer.has_value());
    BOOST_REQUIRE((answer->answer && answer->peer_nonce == hello.nonce));
    return answer->nonce;
  }

  void hub_refused(LinkId link, const std::string& reason) {
    BOOST_TEST(ended(*city.hub, link) == reason);
    BOOST_TEST(!stood(*city.hub, link));
    BOOST_TEST((facts_of(city.hub->store()) == at_hub));
  }
  void hub_refuses_hello(const Member& by, const Hello& hello) {
    const LinkId link = next_link++;
    dialed(link, by);
    hub_gets(link, 1, hello);
    hub_refused(link, kBadHello);
    BOOST_TEST(!last_said<Hello>(*city.hub, link).has_value());
  }

  sync::test::City keys;
  SmallCity city;
  Member station;
  Member second;
  Member stranger;
  Facts at_hub;
  Facts at_station;
  LinkId next_link = 10;
};

BOOST_FIXTURE_TEST_SUITE(forged_hellos_test, Door)

// What all the others differ from in one thing.
BOOST_AUTO_TEST_CASE(the_true_hello_and_its_proof_open_a_session) {
  const Nonce8 nonce = nonce_after_hello(10, signed_hello(station));
  BOOST_TEST(!stood(*city.hub, 10));
  hub_gets(10, 2, proof_of(station, nonce));
  BOOST_TEST(stood(*city.hub, 10));
  BOOST_TEST(ended(*city.hub, 10) == "");
}

BOOST_AUTO_TEST_CASE(a_hello_of_another_node_is_refused) {
  hub_refuses_hello(station, signed_hello(hello_of(second), second, station.certificate.curve_key));
  hub_refuses_hello(station,
                    signed_hello(hello_of(station), second, station.certificate.curve_key));
}

BOOST_AUTO_TEST_CASE(a_hello_from_another_curve_key_is_refused) {
  hub_refuses_hello(second, signed_hello(station));
  hub_refuses_hello(station,
                    signed_hello(hello_of(station), station, second.certificate.curve_key));
}

BOOST_AUTO_TEST_CASE(a_hello_of_an_unknown_network_is_refused) {
  Hello hello = hello_of(station);
  hello.network = {bytes_of<16>(9)};
  hub_refuses_hello(station, signed_hello(hello, station, station.certificate.curve_key));
}

BOOST_AUTO_TEST_CASE(a_hello_altered_after_its_signature_is_refused) {
  Hello altered = signed_hello(station);
  altered.digest[3] ^= 1U;
  hub_refuses_hello(station, altered);
  altered = signed_hello(station);
  altered.signature = {};
  hub_refuses_hello(station, altered);
}

BOOST_AUTO_TEST_CASE(an_answer_that_nobody_asked_for_is_refused) {
  Hello answer = hello_of(station);
  answer.answer = true;
  hub_refuses_hello(station, signed_hello(answer, station, station.certificate.curve_key));
}

BOOST_AUTO_TEST_CASE(a_hello_replayed_in_its_own_session_ends_it) {
  const Hello hello = signed_hello(station);
  nonce_after_hello(10, hello);
  hub_gets(10, 2, hello);
  hub_refused(10, kBadHello);
}

// A first HELLO holds nothing of the binder's, so it verifies again: what makes it worthless is
// that the binder's nonce is new, and with it the proof.
BOOST_AUTO_TEST_CASE(a_hello_replayed_on_a_new_link_is_worth_nothing_without_a_new_proof) {
  const Hello hello = signed_hello(station);
  const Nonce8 first = nonce_after_hello(10, hello);
  const sync::Proof recorded = proof_of(station, first);
  const Nonce8 second_nonce = nonce_after_hello(11, hello);
  BOOST_TEST((second_nonce != first));
  hub_gets(11, 2, recorded);
  hub_refused(11, kBadProof);
}

BOOST_AUTO_TEST_CASE(a_hello_of_another_wire_version_is_named_and_refused) {
  Hello hello = hello_of(station);
  hello.version = sync::kWireVersion + 1;
  dialed(10, station);
  city.hub->notices.clear();
  hub_gets(10, 1, signed_hello(hello, station, station.certificate.curve_key));
  BOOST_REQUIRE(city.hub->notices.size() == 2U);
  const sync::Notice& refused = city.hub->notices.front();
  BOOST_TEST((refused.kind == sync::Notice::Kind::Refused && refused.link == 10U));
  BOOST_TEST(refused.detail ==
             std::string(name(Errc::UnknownVersion)) + ": HELLO of another wire version");
  hub_refused(10, "bad message");
}

BOOST_AUTO_TEST_CASE(a_bad_proof_is_refused) {
  const Hello hello = signed_hello(station);
  const auto refused = [&](LinkId link, const auto& proof_over) {
    const Nonce8 nonce = nonce_after_hello(link, hello);
    hub_gets(link, 2, proof_over(nonce));
    hub_refused(link, kBadProof);
  };
  refused(10, [&](const Nonce8&) { return sync::Proof{}; });
  refused(11, [&](const Nonce8& nonce) { return proof_of(second, nonce); });
  refused(12, [&](const Nonce8&) { return proof_of(station, kNonce); });
  refused(13, [&](const Nonce8& nonce) {
    sync::Proof proof = proof_of(station, nonce);
    proof.signature[7] ^= 1U;
    return proof;
  });
}

BOOST_AUTO_TEST_CASE(a_proof_before_the_hello_is_refused) {
  dialed(10, station);
  hub_gets(10, 1, proof_of(station, Nonce8{}));
  hub_refused(10, kBadProof);
}

BOOST_AUTO_TEST_CASE(no_message_is_taken_before_the_proof) {
  const sync::Message early[] = {sync::Ping{},     sync::SegmentMessage{Bytes{1}},
                                 sync::KeyRows{},  sync::Vector{city.scope, {}},
                                 sync::Scopes{},   sync::Ack{},
                                 sync::Done{1, 1}, sync::Credit{}};
  for (const sync::Message& message : early) {
    const LinkId before_hello = next_link++;
    dialed(before_hello, station);
    hub_gets(before_hello, 1, message);
    hub_refused(before_hello, kTooEarly);
    const LinkId before_proof = next_link++;
    nonce_after_hello(before_proof, signed_hello(station));
    hub_gets(before_proof, 2, message);
    hub_refused(before_proof, kTooEarly);
  }
}

BOOST_AUTO_TEST_CASE(a_curve_key_that_nobody_certified_is_refused_at_once) {
  for (const Key32& curve : {stranger.certificate.curve_key, Key32{}}) {
    const LinkId link = next_link++;
    dialed(link, curve);
    hub_refused(link, "no certificate has this CURVE key");
    hub_gets(link, 1, signed_hello(stranger));
    BOOST_TEST(!last_said<Hello>(*city.hub, link).has_value());
    BOOST_TEST((facts_of(city.hub->store()) == at_hub));
  }
}

BOOST_AUTO_TEST_CASE(who_never_proves_itself_is_hung_up_on) {
  nonce_after_hello(10, signed_hello(station));
  city.hub->now.value += sync::kHelloMs;
  city.hub->deliver(sync::TimerFired{});
  city.hub->commit();
  hub_refused(10, "the peer is silent");
}

// The other way round: the station dials, and what answers is not its hub.
BOOST_AUTO_TEST_CASE(a_forged_answer_is_refused_by_who_dialed) {
  Site& site = *city.station;
  const auto refuses = [&](LinkId link, const auto& forge) {
    site.deliver(sync::LinkOpened{link, hub_curve(), true});
    site.commit();
    const auto question = last_said<Hello>(site, link);
    BOOST_REQUIRE(question.has_value());
    Hello answer = hello_of(keys.hub);
    answer.answer = true;
    answer.peer_nonce = question->nonce;
    comes(site, link, 1, forge(answer));
    BOOST_TEST(ended(site, link) == kBadHello);
    BOOST_TEST(!stood(site, link));
    BOOST_TEST((facts_of(site.store()) == at_station));
  };
  const Key32& own = station.certificate.curve_key;
  refuses(10, [&](const Hello& answer) { return signed_hello(answer, second, own); });
  refuses(11, [&](Hello answer) {
    answer.node = second.certificate.node();
    return signed_hello(answer, second, own);
  });
  refuses(12, [&](Hello answer) {  // recorded on an earlier link
    answer.peer_nonce = kNonce;
    return signed_hello(answer, keys.hub, own);
  });
  refuses(13, [&](Hello answer) {
    answer.answer = false;
    return signed_hello(answer, keys.hub, own);
  });
  refuses(14, [&](Hello answer) {
    answer.network = {bytes_of<16>(9)};
    return signed_hello(answer, keys.hub, own);
  });
  refuses(15, [&](const Hello& answer) {
    return signed_hello(answer, keys.hub, second.certificate.curve_key);
  });
}

BOOST_AUTO_TEST_CASE(after_all_that_the_true_station_is_served) {
  hub_refuses_hello(second, signed_hello(station));
  city.hub->notices.clear();
  city.connect();
  BOOST_REQUIRE(city.station->write(booking(city.scope, 1)).has_value());
  city.run(3000);
  BOOST_TEST(stood(*city.hub, 1));
  BOOST_TEST((facts_of(city.hub->store()).roots != at_hub.roots));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
