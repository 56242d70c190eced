#include "node/runtime/node_hall.h"

#include "node/app/health.h"
#include "node/runtime/clocks.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

DeviceEntropy fresh_device() {
  SystemEntropy entropy;
  DeviceEntropy fresh;
  std::array<std::uint8_t, 8> code{};
  entropy.fill(fresh.id.value);
  entropy.fill(code);
  for (const std::uint8_t byte : code) fresh.code = fresh.code << 8U | byte;
  return fresh;
}

}  // namespace

NodeHall::NodeHall(SqliteStore& store, LoopCalls& calls, const Setup& setup)
    : calls_(calls),
      policy_(setup.policy),
      station_(setup.station),
      seats_(setup.seats),
      invitations_(setup.invitations),
      stored_(store),
      devices_(stored_, setup.pepper) {}

// ---- devices

void NodeHall::tell_passes() {
  if (calls_.events() == nullptr) return;
  auto passes = devices_.passes();
  // What cannot be read admits nobody.
  calls_.events()->devices_changed(passes ? std::move(*passes) : std::vector<DevicePass>());
}

void NodeHall::devices(Done<std::vector<DeviceRow>> done) {
  calls_.look<std::vector<DeviceRow>>(std::move(done),
                                      [this](const Core& core) { return device_rows(core.wall); });
}

Result<std::vector<DeviceRow>> NodeHall::device_rows(WallMs now) const {
  auto rows = devices_.rows();
  if (!rows) return rows;
  for (DeviceRow& row : *rows) row.silent = is_silent(row, now);
  return rows;
}

void NodeHall::add_device(NewDevice device, Done<AddedDevice> done) {
  calls_.change<AddedDevice>(std::move(done),
                             [this, device = std::move(device)](Core& core, sync::Effects&) {
                               return devices_.add(device, fresh_device(), core.wall);
                             });
}

void NodeHall::remove_device(std::string device, Done<DeviceRow> done) {
  const auto removed = [this, done = std::move(done)](const Result<DeviceRow>& row) {
    if (row) tell_passes();
    done(row);
  };
  calls_.change<DeviceRow>(removed, [this, device = std::move(device)](Core&, sync::Effects&) {
    return devices_.remove(device);
  });
}

void NodeHall::pair_device(std::string code, Done<PairVerdict> done) {
  const auto paired = [this, done = std::move(done)](const Result<PairVerdict>& verdict) {
    if (verdict && verdict->device) tell_passes();
    done(verdict);
  };
  calls_.change<PairVerdict>(paired, [this, code = std::move(code)](Core& core, sync::Effects&) {
    SystemEntropy entropy;
    Hash32 token{};
    entropy.fill(token);
    return devices_.pair(code, token, {.boot = {}, .ticks_ms = core.mono.value}, core.wall);
  });
}

void NodeHall::device_seen(std::string device) {
  calls_.loop().post(
      [this, device = std::move(device)](Core& core, sync::Effects&) -> EngineLoop::Answer {
        // A device that was removed meanwhile, or a disk that is full: nothing hangs on this.
        static_cast<void>(devices_.seen(device, core.wall));
        return nullptr;
      });
}

// ---- screens

template <class T>
void NodeHall::show(Done<T> done, std::function<Result<T>(const HallLook&)> screen) {
  calls_.look<T>(std::move(done), [this, screen = std::move(screen)](const Core& core) {
    const StoreReads reads(core.store);
    const QueueLook queue{core.engine, reads, core.wall, policy_, calls_.queue_revision()};
    return screen({queue, seats_, station_});
  });
}

void NodeHall::display(Done<Display> done) { show<Display>(std::move(done), show_display); }

void NodeHall::ticket_screen(Done<TicketScreen> done) {
  show<TicketScreen>(std::move(done), show_ticket_screen);
}

void NodeHall::eval_screen(std::int64_t window, Done<EvalScreen> done) {
  show<EvalScreen>(std::move(done), [this, window](const HallLook& look) {
    return show_eval_screen(look, window, invitations_);
  });
}

}  // namespace yizhan::node
