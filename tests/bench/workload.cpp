#include "tests/bench/workload.h"

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

namespace yizhan::bench {
namespace {

class Mulberry32 {
 public:
  explicit Mulberry32(std::uint32_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t n) {
    state_ += 0x6D2B79F5U;
    std::uint32_t t = (state_ ^ state_ >> 15) * (1U | state_);
    t = (t + (t ^ t >> 7) * (61U | t)) ^ t;
    const std::uint64_t drawn = t ^ t >> 14;
    return static_cast<std::int64_t>(drawn * static_cast<std::uint64_t>(n) >> 32);
  }

 private:
  std::uint32_t state_;
};

// The characters of a UTF-8 text.
std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> out;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) out.emplace_back();
    out.back() += byte;
  }
  return out;
}

std::string padded(std::int64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

std::string iso(std::int64_t ms) {
  const std::time_t seconds = ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.", &parts);
  return std::string(text, size) + padded(ms % 1000, 3) + "Z";
}

class Generator {
 public:
  Generator() : spec_(load()), random_(spec_.at("seed").get<std::uint32_t>()) {
    surnames_ = characters(spec_.at("surnames"));
    given_ = characters(spec_.at("given"));
    ts_ = spec_.at("start_ms");
  }

  Insert insert(std::int64_t station) {
    Insert made;
    made.station = station;
    made.ts = ts_ += 1000 + random_.below(5000);
    auto& v = made.values;
    v[Id] = id();
    v[Station] = "S" + padded(station, 4);
    v[Service] = pick(spec_.at("services"));
    v[Date] = day();
    v[Slot] = slot();
    v[Name] = pick(surnames_);
    v[Name] += pick(given_);
    if (random_.below(3) != 0) v[Name] += pick(given_);
    v[Idno] = idno();
    v[Phone] = std::string("1") + "3578"[random_.below(4)];
    v[Phone] += padded(random_.below(1'000'000'000), 9);
    v[Channel] = pick(spec_.at("channels"));
    v[Status] = spec_.at("status_initial");
    v[Clerk] = clerk();
    v[Created] = v[Updated] = iso(made.ts);
    v[Note] = note();
    return made;
  }

  // One update of a record by its station; odd phases move it on, even ones reschedule it.
  Update update(std::size_t record, std::int64_t station, std::int64_t number) {
    Update made{'U', number + 1, record, {}, station, {}, {}};
    ts_ += 1000 + random_.below(5000);
    if (number % 2 == 1) {
      made.set.emplace_back(Status, pick(spec_.at("status_next")));
      made.set.emplace_back(Clerk, clerk());
    } else {
      made.set.emplace_back(Date, day());
      made.set.emplace_back(Slot, slot());
    }
    made.set.emplace_back(Updated, iso(ts_));
    return with_line(std::move(made), ts_);
  }
  // The next station's update of the same record, at about the same time.
  Update conflict(std::size_t record, std::int64_t station, std::int64_t number) {
    Update made{'C', number + 1, record, {}, station, {}, {}};
    const std::int64_t at = ts_ + random_.below(2000) - 1000;
    made.set.emplace_back(Status, pick(spec_.at("status_next")));
    made.set.emplace_back(Note, note());
    made.set.emplace_back(Updated, iso(at));
    return with_line(std::move(made), at);
  }

 private:
  Update with_line(Update made, std::int64_t ts) const {
    made.line = std::to_string(made.phase) + "\t" + std::to_string(made.station) + "\t" +
                std::to_string(ts) + "\t" + made.kind + "\t" + std::to_string(made.record);
    for (const auto& [field, value] : made.set) {
      made.line += "\t" + spec_.at("fields").at(field).get<std::string>() + "=" + value;
    }
    return made;
  }
  std::string day() {
    return iso(spec_.at("start_ms").get<std::int64_t>() + random_.below(365) * 86'400'000)
        .substr(0, 10);
  }
  std::string slot() {
    std::string text = padded(8 + random_.below(9), 2) + ":";
    return text + padded(15 * random_.below(4), 2);
  }
  std::string clerk() { return "clerk" + padded(random_.below(40), 2); }
  static nlohmann::json load() {
    std::ifstream in(YZ_BENCH_SPEC);
    return nlohmann::json::parse(in);
  }
  template <class List>
  std::string pick(const List& list) {
    return list[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(list.size())))];
  }
  std::string hex(int digits) {
    std::string text;
    for (int i = 0; i < digits; ++i) text += "0123456789abcdef"[random_.below(16)];
    return text;
  }
  std::string id() {
    std::string text = hex(8);
    text.append("-").append(hex(4));
    text.append("-4").append(hex(3));
    text.append("-").append(1, "89ab"[random_.below(4)]);
    text.append(hex(3));
    return text.append("-").append(hex(12));
  }
  std::string idno() {
    std::string text = "9900" + padded(random_.below(100), 2);
    text += std::to_string(1940 + random_.below(65));
    text += padded(1 + random_.below(12), 2);
    text += padded(1 + random_.below(28), 2);
    text += padded(random_.below(1000), 3);
    text += "0123456789X"[random_.below(11)];
    return text;
  }
  std::string note() {
    const auto target = spec_.at("note_target_chars").get<std::size_t>();
    std::vector<std::string> chars;
    while (chars.size() < target) {
      if (!chars.empty()) chars.emplace_back(",");
      for (std::string& one : characters(pick(spec_.at("note_words")))) {
        chars.push_back(std::move(one));
      }
    }
    std::string text;
    for (std::size_t i = 0; i < target; ++i) text += chars[i];
    return text;
  }

  nlohmann::json spec_;
  Mulberry32 random_;
  std::vector<std::string> surnames_;
  std::vector<std::string> given_;
  std::int64_t ts_ = 0;
};

}  // namespace

Workload workload(const Size& size) {
  Generator generator;
  Workload all;
  const std::int64_t records = size.stations * size.records_per_station;
  all.inserts.reserve(static_cast<std::size_t>(records));
  for (std::int64_t i = 0; i < records; ++i) {
    Insert made = generator.insert(i / size.records_per_station);
    made.line = "1\t" + std::to_string(made.station) + "\t" + std::to_string(made.ts) + "\tI\t" +
                std::to_string(i);
    for (const std::string& value : made.values) made.line += "\t" + value;
    all.inserts.push_back(std::move(made));
  }
  for (std::int64_t number = 1; number <= size.updates; ++number) {
    for (std::int64_t i = 0; i < records; ++i) {
      const auto record = static_cast<std::size_t>(i);
      const std::int64_t station = i / size.records_per_station;
      all.updates.push_back(generator.update(record, station, number));
      const bool twice = size.conflict_every > 0 && i % size.conflict_every == 0;
      if (number == size.updates && twice) {
        all.updates.push_back(generator.conflict(record, (station + 1) % size.stations, number));
      }
    }
  }
  for (Update& update : all.updates) update.id = all.inserts[update.record].values[Id];
  return all;
}

std::vector<StationWork> by_station(const Workload& all, const Size& size) {
  std::vector<StationWork> work(static_cast<std::size_t>(size.stations));
  for (const Insert& insert : all.inserts) {
    work[static_cast<std::size_t>(insert.station)].before.push_back({&insert, nullptr});
  }
  for (const Update& update : all.updates) {
    StationWork& own = work[static_cast<std::size_t>(update.station)];
    (update.phase > size.updates ? own.last : own.before).push_back({nullptr, &update});
  }
  return work;
}

std::vector<std::vector<Change>> by_home(const Workload& all, const Size& size) {
  std::vector<std::vector<Change>> homes(static_cast<std::size_t>(size.stations));
  for (const Insert& insert : all.inserts) {
    homes[static_cast<std::size_t>(insert.station)].push_back({&insert, nullptr});
  }
  for (const Update& update : all.updates) {
    const auto home = static_cast<std::int64_t>(update.record) / size.records_per_station;
    homes[static_cast<std::size_t>(home)].push_back({nullptr, &update});
  }
  return homes;
}

std::vector<Insert> inserts(std::int64_t stations, std::int64_t records_per_station) {
  return workload({stations, records_per_station, 0, 0}).inserts;
}

}  // namespace yizhan::bench
