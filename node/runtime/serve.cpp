#include "node/runtime/serve.h"

#include <signal.h>
#include <systemd/sd-daemon.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "node/http/server.h"
#include "node/runtime/backup_plan.h"
#include "node/runtime/log.h"
#include "node/runtime/node_services.h"
#include "node/runtime/policy_load.h"
#include "node/runtime/version.h"
#include "node/store/journal_repair.h"

namespace yizhan::node {
namespace {

constexpr const char* kSocketName = "yizhan.sock";
constexpr timespec kWatchdogEvery{20, 0};
constexpr int kTurnsAnHour = 3600 / 20;

LinkOptions link_options(const Config& config, const NodeIdentity& identity, const NodeKeys& keys) {
  LinkOptions options;
  options.secret = keys.secrets.curve.bytes();
  if (!config.link_bind.empty()) options.bind = "tcp://" + config.link_bind;
  if (!config.link_parent.empty() && identity.parent) {
    options.dial = "tcp://" + config.link_parent;
    options.dial_key = identity.above.back().curve_key;
  }
  return options;
}

http::HttpOptions http_options(const Config& config, const NodeIdentity& identity,
                               const Policy& policy) {
  http::HttpOptions options;
  options.listen = config.http_listen;
  options.hosts = config.http_hosts;
  options.unix_socket = (config.data_dir / kSocketName).string();
  if (identity.certificate.role == sync::Role::Hub) options.sign_ins = SignInPolicy::hub();
  options.sign_ins.lock_after = std::chrono::minutes(policy.station.idle_lock_min);
  options.entropy = [] {
    SignInEntropy fresh;
    SystemEntropy entropy;
    entropy.fill(fresh.token);
    entropy.fill(fresh.csrf);
    return fresh;
  };
  options.now = mono_now;
  return options;
}

// A hub that was just made certifies itself, which makes the city's first scope keys. One that was
// built once more has keys, and waits for them.
void certify_hub(EngineLoop& loop) {
  loop.post([](Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    const sync::Certificate self = core.engine.self();
    const bool made_now = self.role == sync::Role::Hub && core.engine.scope_keys().empty() &&
                          !core.engine.takes_unknown_keys(core.wall);
    if (!made_now) return nullptr;
    const auto written = core.engine.certify(core.wall, core.mono, self, effects);
    if (!written) log_error("hub: " + written.error().detail);
    return nullptr;
  });
}

void forget_old_requests(EngineLoop& loop) {
  loop.post([](Core& core, sync::Effects&) -> EngineLoop::Answer {
    const auto done = core.store.forget_requests(core.wall);
    if (!done) log_warn("idempotency: " + done.error().detail);
    return nullptr;
  });
}

// Waits for a signal that stops the node; meanwhile tells systemd that the loop still turns.
void run_until_stopped(EngineLoop& loop, const sigset_t& stops) {
  for (int turn = 0;; ++turn) {
    if (turn % kTurnsAnHour == 0) forget_old_requests(loop);
    const int signal = ::sigtimedwait(&stops, nullptr, &kWatchdogEvery);
    if (signal > 0) return;
    if (errno != EAGAIN) continue;
    loop.post([](Core&, sync::Effects&) -> EngineLoop::Answer {
      return [](const Result<void>&, const Core&) { sd_notify(0, "WATCHDOG=1"); };
    });
  }
}

// As if it had been asked to: people are answered, and the next start checks what stands.
void stop_by_itself(const Error& error) {
  log_error(
      "disk: " + error.detail +
      "; this node stops. What was saved is saved; the next start checks what stands. Look at "
      "the disk");
  ::kill(::getpid(), SIGTERM);
}

sigset_t block_stops() {
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  sigaddset(&stops, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  return stops;
}

JournalOwner journal_owner(const NodeIdentity& identity, const NodeKeys& keys) {
  return {identity.certificate.node(), journal_key(keys.secrets.sign)};
}

void log_repair(const JournalRepair& repair) {
  if (repair.taken_back > 0) {
    log_warn("journal: " + std::to_string(repair.taken_back) +
             " changes that the database had lost were taken back");
  }
  if (repair.damaged > 0) {
    log_warn("journal: damaged at " + std::to_string(repair.damaged) + " places; written anew");
  }
  if (repair.completed > 0) {
    log_info("journal: completed by " + std::to_string(repair.completed) + " changes");
  }
}

void log_epoch(const OwnHistory& history) {
  if (history.reason() == EpochReason::None) return;
  log_warn(std::string("a new epoch begins: ") + words(history.reason()) + "; " +
           std::to_string(history.lacking()) + " changes of this node are awaited from others");
}

// No true time can stand before the newest stamp here, nor before the city certified this node.
WallMs last_time(const SqliteStore& store, const NodeIdentity& identity) {
  return std::max(WallMs{crdt::wall_ms(store.hlc_floor())}, identity.certificate.not_before);
}

// The database, with its journal in step.
Result<std::unique_ptr<SqliteStore>> open_store(const Config& config, const NodeIdentity& identity,
                                                const NodeKeys& keys) {
  SystemEntropy entropy;
  auto store = SqliteStore::open({config.data_dir, true}, entropy);
  if (!store) return store;
  const auto repair = open_with_journal(
      **store, journal_owner(identity, keys), [&] { return engine_identity(identity, keys); },
      entropy, {wall_now(), mono_now()}, ScanDepth::Newest);
  if (!repair) return fail(repair);
  log_repair(*repair);
  return store;
}

}  // namespace

Result<void> serve(const Config& config) {
  const sigset_t stops = block_stops();  // before any thread is made
  const NodeFiles files(config.data_dir);
  const auto identity = files.identity();
  if (!identity) return fail(identity);
  auto keys = files.keys();
  if (!keys) return fail(keys);
  auto store = open_store(config, *identity, *keys);
  if (!store) return fail(store);
  auto link = CurveLink::start(link_options(config, *identity, *keys));
  if (!link) return fail(link);
  const std::string bound = (*link)->bound_address();

  const auto policy = load_policy(config);
  if (!policy) return fail(policy);

  SystemEntropy entropy;
  auto history = OwnHistory::open(files, *identity, *keys, **store, entropy);
  if (!history) return fail(history);
  log_epoch(**history);
  const auto make_identity = [&] { return (*history)->identity(); };
  TimeKeeper time(files, last_time(**store, *identity));
  NodeServices services(**store,
                        {identity->name, kVersion, identity->root_public, identity->parent,
                         identity->above, config.data_dir, journal_owner(*identity, *keys), *policy,
                         config.printer, backup_plan(config)},
                        keys->pepper, make_identity);
  EngineLoop loop(
      **store, make_identity, std::move(*link),
      [&services](const std::vector<sync::Notice>& notices) { services.on_notices(notices); });
  loop.guard_with(**history);
  loop.tell_time_by(time);
  loop.on_failure(stop_by_itself);
  services.attach(&loop, nullptr);
  services.begin(loop);
  auto passes = services.passes();
  if (!passes) return fail(passes);
  http::HttpOptions listening = http_options(config, *identity, *policy);
  listening.devices = std::move(*passes);
  auto http = http::HttpServer::start(std::move(listening), services);
  if (!http) return fail(http);
  services.attach(&loop, &(*http)->events());
  certify_hub(loop);
  loop.start();

  log_info("ready: " + identity->certificate.home.text() + ", http " + (*http)->tcp_address() +
           (bound.empty() ? "" : ", link " + bound));
  sd_notify(0, "READY=1");
  run_until_stopped(loop, stops);
  sd_notify(0, "STOPPING=1");
  log_info("stopping");
  (*http)->stop();
  services.stop();
  loop.stop();
  if (const auto failure = (*store)->failure()) return tl::unexpected<Error>(*failure);
  return {};
}

}  // namespace yizhan::node
