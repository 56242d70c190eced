#include "tests/storage/flips.h"

#include "tests/node/store/drafts.h"

namespace yizhan::storage {
namespace {

constexpr std::size_t kPageBytes = 1024;
constexpr std::size_t kPagesOfAKind = 3;
constexpr std::size_t kFileHead = 100;
constexpr const char* kDatabase = "/yizhan.db";
constexpr int kSealed = 40;  // bookings that the parent has; the others stand in the tail
constexpr int kBookings = 60;
constexpr sync::LinkId kLink = 1;

// By its first byte: a node or leaf of a table or of an index, or none of these.
int kind_of(const Bytes& file, std::size_t page) {
  const std::uint8_t kind = file[page * kPageBytes + (page == 0 ? kFileHead : 0)];
  return kind == 2 || kind == 5 || kind == 10 || kind == 13 ? kind : 0;
}

std::size_t header_bytes(int kind) {
  switch (kind) {
    case 0: return 4;  // the page that follows
    case 2:
    case 5: return 12;
    default: return 8;
  }
}

void exchange(Station& station, Parent& parent) {
  for (int round = 0; round < 20; ++round) {
    station.pass_time(200);
    parent.pass_time(station.now());
    if (!station.turn()) throw Broken("the station does not work");
    for (; !station.sent.empty(); station.sent.pop_front()) {
      parent.deliver(sync::FrameReceived{kLink, station.sent.front().bytes}, station.now());
    }
    for (; !parent.sent.empty(); parent.sent.pop_front()) {
      station.deliver(sync::FrameReceived{kLink, parent.sent.front().bytes});
    }
  }
}

void book(Station& station, const Machine& machine, int number) {
  if (!station.write(node::test::booking(machine.scope, number))) throw Broken("it does not book");
  const sync::JournalChange written = station.take_written().back();
  const crdt::Dot dot{written.stream, written.seq, 0};
  if (number % 3 == 0) {
    const auto state = station.store().entity(machine.scope, dot);
    if (!station.write(node::test::edit(machine.scope, dot, **state, number))) {
      throw Broken("it does not edit");
    }
  }
  if (!station.turn()) throw Broken("it does not save");
}

}  // namespace

Flips::Flips(std::uint64_t seed) : machine_(seed) {
  work();
  {
    const node::test::TempFolder folder;
    CrashDisk copy = flipped({});
    Station station(machine_, copy, folder, 3, 1'000'000);
    if (!station.start()) throw Broken("what is sound does not start");
    truth_ = answers_of(station.store(), machine_.scope);
  }
  sim::Prng chance(seed, "bits");
  add_database(chance);
  add_journals();
}

void Flips::work() {
  const node::test::TempFolder folder;
  Station station(machine_, disk_, folder, 2, 1'000);
  station.page_bytes = static_cast<int>(kPageBytes);
  if (!station.start()) throw Broken("it does not start");
  Parent parent(machine_, 1);
  parent.deliver(sync::LinkOpened{kLink, machine_.station.certificate.curve_key, false}, 1'000);
  station.deliver(sync::LinkOpened{kLink, machine_.city.hub.certificate.curve_key, true});
  exchange(station, parent);
  for (int number = 1; number <= kSealed; ++number) book(station, machine_, number);
  exchange(station, parent);
  station.deliver(sync::LinkClosed{kLink});
  for (int number = kSealed + 1; number <= kBookings; ++number) book(station, machine_, number);
}

void Flips::add_database(sim::Prng& chance) {
  const Bytes file = disk_.find(kDatabase)->now.all();
  pages_ = file.size() / kPageBytes;
  std::map<int, std::size_t> seen;
  for (std::size_t page = 0; page < pages_; ++page) {
    const int kind = kind_of(file, page);
    const bool whole = ++seen[kind] <= kPagesOfAKind;
    const std::size_t header = header_bytes(kind) + (page == 0 ? kFileHead : 0);
    for (std::size_t at = 0; at < kPageBytes; ++at) {
      const std::size_t byte = page * kPageBytes + at;
      if (whole || at < header) {
        for (int bit = 0; bit < 8; ++bit) places_.push_back({kDatabase, byte, bit});
      } else {
        places_.push_back({kDatabase, byte, static_cast<int>(chance.below(8))});
      }
    }
  }
}

// Room that is set aside behind the last record holds nothing.
void Flips::add_journals() {
  for (const std::string& name : disk_.names()) {
    if (!name.ends_with(".yzj")) continue;
    const Bytes file = disk_.find(name)->now.all();
    const auto last = std::find_if(file.rbegin(), file.rend(), [](auto byte) { return byte != 0; });
    const auto used = static_cast<std::size_t>(file.rend() - last);
    for (std::size_t byte = 0; byte < used; ++byte) {
      for (int bit = 0; bit < 8; ++bit) places_.push_back({name, byte, bit});
    }
  }
}

// A disk of its own with the same files, which share what is not written to. No place: as it is.
CrashDisk Flips::flipped(const BitPlace& place) const {
  CrashDisk copy;
  for (const std::string& name : disk_.names()) {
    const FilePtr file = disk_.find(name);
    if (file->folder) {
      copy.make_folder(name);
      continue;
    }
    const FilePtr into = copy.make(name);
    into->now = file->now;
    if (name == place.file) {
      std::array<std::uint8_t, 1> byte{};
      into->now.read(place.byte, byte);
      byte[0] = static_cast<std::uint8_t>(byte[0] ^ 1U << static_cast<unsigned>(place.bit));
      into->now.write(place.byte, byte);
    }
    into->durable = into->now;
  }
  return copy;
}

void Flips::flip(const BitPlace& place, node::Damage damage, AskedFor asked,
                 FlipTally& tally) const {
  static const node::test::TempFolder folder;  // holds the lock and nothing else
  ++tally.flips;
  CrashDisk disk = flipped(place);
  Station station(machine_, disk, folder, 3, 1'000'000);
  station.damage = damage;
  if (!station.start()) {
    ++tally.refused;
    return;
  }
  const Heard heard = ask(station, machine_, truth_, asked);
  if (heard.wrong) {
    ++tally.silent;
    if (tally.first_silent.empty()) {
      tally.first_silent = *heard.wrong + ", with bit " + std::to_string(place.bit) + " of byte " +
                           std::to_string(place.byte) + " of " + place.file;
    }
  } else {
    ++(heard.told ? tally.told : tally.same);
  }
}

}  // namespace yizhan::storage
