#include "node/runtime/node_service.h"

#include <sys/statvfs.h>

#include "node/app/chip.h"
#include "node/policy/divisions.h"
#include "node/policy/materials.h"
#include "node/policy/periods.h"
#include "node/policy/service_items.h"
#include "node/runtime/log.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kLogRowsMax = 200;
constexpr std::int64_t kHourS = 3600;

std::optional<std::int64_t> free_bytes(const std::filesystem::path& folder) {
  struct statvfs facts {};
  if (::statvfs(folder.c_str(), &facts) != 0) return std::nullopt;
  return static_cast<std::int64_t>(facts.f_bavail) * static_cast<std::int64_t>(facts.f_frsize);
}

const char* event_name(sync::Notice::Kind kind) {
  using Kind = sync::Notice::Kind;
  switch (kind) {
    case Kind::SessionUp: return "connected";
    case Kind::SessionDown: return "lost";
    case Kind::Refused: return "refused";
    case Kind::Admitted: return "received";
    case Kind::Carried: return "sent";
    case Kind::Received: return "receipt";
    case Kind::AllowListChanged: return "members";
    case Kind::ForkSeen: return "fork";
    case Kind::EpochOpened: return "epoch";
  }
  return "";
}

}  // namespace

NodeService::NodeService(SqliteStore& store, LoopCalls& calls, NodeFacts facts,
                         const Pepper& pepper)
    : store_(store),
      facts_(std::move(facts)),
      policy_(facts_.policy),
      verifiers_(store),
      desk_(verifiers_, pepper),
      calls_(calls) {
  calls_.when_written([this] { tell_status(); });
}

NodeService::~NodeService() = default;

void NodeService::stop() { hashing_.stop(); }

// ---- the node and its catalogue

NodeStatus NodeService::status_of(const Core& core) const {
  const sync::Certificate& self = core.engine.self();
  NodeStatus out;
  out.node = to_hex(view(core.engine.node()));
  out.name = facts_.name;
  out.division = self.home.text();
  out.role = static_cast<NodeRole>(self.role);
  out.version = facts_.version;
  Bytes nonce;
  append_u64(nonce, core.store.database_nonce());
  append_u64(nonce, core.store.log_instance());
  out.database = to_hex(nonce);
  out.policy_version = policy_.version;
  const sync::Engine::Delivery sent = core.engine.delivery();
  out.counts =
      RungCounts{static_cast<std::int64_t>(sent.saved), static_cast<std::int64_t>(sent.carried),
                 static_cast<std::int64_t>(sent.received),
                 static_cast<std::int64_t>(sent.saved - sent.carried)};
  for (const Route& route : routes(core)) {
    out.connected = route.connected;
    out.last_contact = route.last_contact;
  }
  if (facts_.parent) out.agreed_interval_s = policy_.station.agreed_interval_h * kHourS;
  if (core.time != nullptr) {
    const TimeState time = core.time->state();
    out.clock_suspect = time.suspect;
    out.clock_asks = time.asks;
    out.clock_off_ms = time.off_ms;
  }
  out.can_save = calls_.can_save();
  out.disk_free_bytes = free_bytes(facts_.data_dir);
  out.now = core.wall;
  out.period = period_at(policy_, china_moment(core.wall));
  out.chip = chip_of(out);
  return out;
}

// After a restart without a line, the newest receipt tells when the line last stood.
std::vector<Route> NodeService::routes(const Core& core) const {
  if (!facts_.parent) return {};
  const sync::Certificate& above = facts_.above.back();
  Route route{name_of(core, *facts_.parent), static_cast<NodeRole>(above.role), false, {}};
  for (const sync::Receipt& receipt : core.engine.receipts()) {
    const WallMs issued{crdt::wall_ms(receipt.issued)};
    if (!route.last_contact || issued > *route.last_contact) route.last_contact = issued;
  }
  for (const sync::PeerStatus& peer : core.engine.peers()) {
    if (peer.node != *facts_.parent) continue;
    route.connected = peer.connected;
    if (peer.last_contact) route.last_contact = peer.last_contact;
  }
  return {route};
}

void NodeService::status(Done<NodeStatus> done) {
  calls_.look<NodeStatus>(std::move(done), [this](const Core& core) { return status_of(core); });
}

void NodeService::set_clock(WallMs said, Done<NodeStatus> done) {
  calls_.look<NodeStatus>(std::move(done), [this, said](const Core& core) -> Result<NodeStatus> {
    if (core.time == nullptr) return fail(Errc::Unsupported, "this node keeps no time", "time_ms");
    if (const auto taken = core.time->person_says(said); !taken) return fail(taken);
    Core now = core;
    now.wall = core.time->now();
    tell_status();
    return status_of(now);
  });
}

void NodeService::divisions(Done<std::vector<DivisionRow>> done) {
  std::vector<DivisionRow> rows;
  for (const DivisionEntry& entry : node::divisions()) {
    const std::string path(entry.path);
    rows.push_back({path, path.substr(path.rfind('/') + 1), std::string(entry.name)});
  }
  done(std::move(rows));
}

void NodeService::items(Done<std::vector<ItemRow>> done) {
  std::vector<ItemRow> rows;
  for (const ServiceItem& item : service_items()) {
    rows.push_back({std::string(item.code), std::string(item.name), std::string(item.group),
                    materials_of(item.code), item.upstream});
  }
  done(std::move(rows));
}

// ---- what happened

void NodeService::on_notices(const std::vector<sync::Notice>& notices) {
  for (const sync::Notice& notice : notices) log_notice(notice);
  tell_status();
}

void NodeService::log_notice(const sync::Notice& notice) {
  const std::string peer = notice.node == NodeId{} ? "" : to_hex(view(notice.node)).substr(0, 8);
  const std::string line = std::string(event_name(notice.kind)) + " " + peer + " " +
                           sync::text(notice.scope) + " " + std::to_string(notice.count) + " " +
                           notice.detail;
  if (notice.kind == sync::Notice::Kind::Refused || notice.kind == sync::Notice::Kind::ForkSeen) {
    log_warn(line);
  } else {
    log_debug(line);
  }
  log_.push_front({calls_.time(), peer, event_name(notice.kind),
                   static_cast<std::int64_t>(notice.count), 0, notice.detail});
  if (log_.size() > kLogRowsMax) log_.pop_back();
}

// Tells the pages how things stand, once for all that happened since the last time.
void NodeService::tell_status() {
  if (calls_.events() == nullptr || telling_.exchange(true)) return;
  calls_.loop().post([this](Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this](const Result<void>&, const Core& core) {
      telling_ = false;
      calls_.events()->status_changed(status_of(core));
    };
  });
}

}  // namespace yizhan::node
