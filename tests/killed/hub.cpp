#include "tests/killed/hub.h"

#include <unistd.h>

#include <stdexcept>

#include "node/runtime/engine_loop.h"
#include "node/store/journal_repair.h"
#include "tests/node/store/drafts.h"
#include "tests/sim/prng.h"

namespace yizhan::killed {
namespace {

constexpr std::uint64_t kAtOnceMax = 4;  // bookings that share a commit

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}

node::NodeIdentity identity_of(const sync::test::City& city) {
  node::NodeIdentity self;
  self.name = "阳泉市政务服务中心";
  self.root_public = city.root.public_key();
  self.certificate = city.hub.certificate;
  self.epoch.nonce = sync::test::bytes_of<8>(77);
  return self;
}

node::NodeKeys keys_of(const sync::test::City& city) {
  const sync::NodeSecrets& secrets = city.hub.secrets;
  return {{sync::SignKey(secrets.sign.seed().clone()), secrets.curve.clone(), secrets.box.clone()},
          node::Pepper(sync::test::bytes_of<32>(1))};
}

void say(int pipe, const Said& said) {
  if (::write(pipe, &said, sizeof said) != sizeof said) ::_exit(4);
}

void say_start(const node::SqliteStore& store, const sync::Scope& scope, int pipe) {
  Said said;
  for (const sync::StreamRow& row : store.streams()) {
    if (row.scope == scope) said = {Said::What::Started, 0, row.id, row.seq};
  }
  say(pipe, said);
}

void certify_itself(node::EngineLoop& loop) {
  loop.post([](node::Core& core, sync::Effects& effects) -> node::EngineLoop::Answer {
    const sync::Certificate self = core.engine.self();
    if (!core.engine.scope_keys().empty()) return nullptr;
    if (!core.engine.certify(core.wall, core.mono, self, effects)) ::_exit(4);
    return nullptr;
  });
}

void post_booking(node::EngineLoop& loop, const sync::Scope& scope, int number, int pipe) {
  loop.post(
      [&scope, number, pipe](node::Core& core, sync::Effects& effects) -> node::EngineLoop::Answer {
        say(pipe, {Said::What::Begun, number, {}, 0});
        const auto written =
            core.engine.write(core.wall, core.mono, node::test::booking(scope, number), effects);
        if (!written) ::_exit(4);
        return [id = written->id, number, pipe](const Result<void>& committed, const node::Core&) {
          if (!committed) ::_exit(5);
          say(pipe, {Said::What::Acknowledged, number, id.stream, id.seq});
        };
      });
}

}  // namespace

Hub::Hub(std::uint64_t seed)
    : self_(identity_of(sync::test::make_city(seed))),
      keys_(keys_of(sync::test::make_city(seed))) {}

node::JournalOwner Hub::journal_owner() const {
  return {self_.certificate.node(), node::journal_key(keys_.secrets.sign)};
}

void Hub::book(const std::filesystem::path& folder, int first, std::uint64_t seed, int pipe) const {
  node::SystemEntropy entropy;
  const auto store = must(node::SqliteStore::open({folder, true}, entropy));
  must(node::open_with_journal(
      *store, journal_owner(), [this] { return identity(); }, entropy,
      {node::wall_now(), node::mono_now()}, node::ScanDepth::Newest));
  const auto history =
      must(node::OwnHistory::open(node::NodeFiles(folder), self_, keys_, *store, entropy));
  if (history->reason() != node::EpochReason::None) {
    throw std::runtime_error(std::string("another epoch: ") + words(history->reason()));
  }
  node::LinkOptions alone;
  alone.secret = keys_.secrets.curve.bytes();
  node::EngineLoop loop(
      *store, [&history] { return history->identity(); }, must(node::CurveLink::start(alone)),
      nullptr);
  loop.guard_with(*history);
  certify_itself(loop);
  loop.run_once(std::chrono::milliseconds(0));
  const sync::Scope into = scope();
  say_start(*store, into, pipe);
  sim::Prng chance(seed, "bookings");
  for (int number = first;;) {
    for (std::int64_t more = chance.between(1, kAtOnceMax); more > 0; --more) {
      post_booking(loop, into, number++, pipe);
    }
    loop.run_once(std::chrono::milliseconds(0));
  }
}

}  // namespace yizhan::killed
