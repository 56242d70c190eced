#include "tests/sim/net.h"

#include <algorithm>

namespace yizhan::sim {
namespace {

constexpr Micros kWindow = 20 * kSecond;
constexpr std::size_t kSamples = 4;
constexpr Fault kForgeries[] = {
    Fault::DictionaryTag,    Fault::DictionarySeq, Fault::DictionarySwap, Fault::DictionaryDrop,
    Fault::DictionaryDouble, Fault::WrongSigner,   Fault::OutOfScope,     Fault::ForeignStreamId};

}  // namespace

void Net::add_line(std::size_t child, std::size_t parent) {
  Prng prng(context_.seed, "line", child);
  const Micros latency =
      prng.per_mille(150) ? prng.between(200 * kMs, 900 * kMs) : prng.between(2 * kMs, 60 * kMs);
  const Micros micros_per_kib = prng.per_mille(100) ? 400 * kMs : prng.between(50, 5000);
  lines_.push_back({{child, parent}, prng, latency, micros_per_kib, {}, 0, false, 0});
}

void Net::begin_faults() {
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    context_.agenda.after(lines_[line].prng.between(0, kWindow), [this, line] { window(line); });
  }
}

void Net::heal() {
  for (Line& line : lines_) line.blocked = {};
}

void Net::cut_off(std::size_t child) {
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    if (lines_[line].ends[0] == child) partition(line, false);
  }
}

Net::Connection* Net::connection_of(sync::LinkId link) {
  const auto found = connections_.find(link / 2);
  return found == connections_.end() ? nullptr : &found->second;
}

void Net::node_up(std::size_t node) {
  for (std::size_t line = 0; line < lines_.size(); ++line) {
    if (lines_[line].ends[0] == node) dial_later(line, lines_[line].prng.between(0, 2 * kSecond));
  }
}

void Net::node_down(std::size_t node) {
  for (auto& [number, connection] : connections_) {
    Line& line = lines_[connection.line];
    for (std::size_t side = 0; side < 2; ++side) {
      if (line.ends[side] != node || !connection.open[side]) continue;
      connection.open[side] = false;
      connection.alive = false;
      if (connection.open[1 - side] && line.prng.per_mille(700)) {
        tell_closed(number, 1 - side, line.prng.between(0, 2 * kSecond));
      }
    }
  }
}

void Net::dial_later(std::size_t at, Micros delay) {
  if (std::exchange(lines_[at].dialing, true)) return;
  context_.agenda.after(delay, [this, at] {
    lines_[at].dialing = false;
    dial(at);
  });
}

void Net::dial(std::size_t at) {
  Line& line = lines_[at];
  if (!host_.up(line.ends[0])) return;  // it dials when it is up
  const auto newest = connections_.find(line.connection);
  if (newest != connections_.end() && newest->second.open[0]) return;
  if (line.blocked[0] || line.blocked[1] || !host_.up(line.ends[1])) {
    return dial_later(at, line.prng.between(kSecond, 8 * kSecond));
  }
  Connection connection;
  connection.number = line.connection = ++connection_count_;
  connection.line = at;
  connection.free_at.fill(context_.now() + line.latency);
  if (newest != connections_.end()) connection.samples = std::move(newest->second.samples);
  std::erase_if(connections_, [](const auto& entry) {
    const Connection& old = entry.second;
    return !old.opening && !old.alive && !old.open[0] && !old.open[1];
  });
  connections_.emplace(connection.number, std::move(connection));
  const std::uint64_t number = connection_count_;
  context_.agenda.after(line.latency, [this, number] { open_end(number, 1); });
  context_.agenda.after(line.latency + 1, [this, number] { open_end(number, 0); });
}

void Net::open_end(std::uint64_t number, std::size_t side) {
  const auto found = connections_.find(number);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  Line& line = lines_[connection.line];
  if (side == 0) connection.opening = false;
  if (!host_.up(line.ends[side])) return;
  if (!connection.alive) {  // the other end hung up meanwhile
    if (side == 0) dial_later(connection.line, line.prng.between(500 * kMs, 4 * kSecond));
    return;
  }
  connection.open[side] = true;
  host_.deliver(line.ends[side], sync::LinkOpened{link_of(number, side),
                                                  host_.curve_key(line.ends[1 - side]), side == 0});
}

void Net::end_closed(Connection& connection, std::size_t side) {
  connection.open[side] = false;
  connection.alive = false;
  if (side == 0)
    dial_later(connection.line, lines_[connection.line].prng.between(500 * kMs, 4 * kSecond));
}

void Net::tell_closed(std::uint64_t number, std::size_t side, Micros delay) {
  context_.agenda.after(delay, [this, number, side] {
    const auto found = connections_.find(number);
    if (found == connections_.end() || !found->second.open[side]) return;
    end_closed(found->second, side);
    host_.deliver(lines_[found->second.line].ends[side], sync::LinkClosed{link_of(number, side)});
  });
}

void Net::close(std::size_t, sync::LinkId link) {
  Connection* connection = connection_of(link);
  if (connection == nullptr || !connection->open[side_of(link)]) return;
  end_closed(*connection, side_of(link));
  Line& line = lines_[connection->line];
  if (!line.blocked[0] && !line.blocked[1]) {
    tell_closed(connection->number, 1 - side_of(link), line.latency);
  }
}

void Net::break_connection(Connection& connection) {
  if (!connection.alive) return;
  connection.alive = false;
  Line& line = lines_[connection.line];
  for (std::size_t side = 0; side < 2; ++side) {
    if (!connection.open[side]) continue;
    if (context_.faults.strikes(Fault::HalfOpen, context_.now(), line.prng)) continue;
    tell_closed(connection.number, side, line.prng.between(0, 10 * kSecond));
  }
}

// Once per window and line: does the line itself fail?
void Net::window(std::size_t at) {
  if (!context_.faulty()) return;
  Line& line = lines_[at];
  context_.agenda.after(kWindow, [this, at] { window(at); });
  if (line.blocked[0] || line.blocked[1]) return;
  const Micros now = context_.now();
  if (context_.faults.strikes(Fault::PartitionTwoWay, now, line.prng)) return partition(at, false);
  if (context_.faults.strikes(Fault::PartitionOneWay, now, line.prng)) return partition(at, true);
  const auto newest = connections_.find(line.connection);
  if (newest != connections_.end() && newest->second.alive &&
      context_.faults.strikes(Fault::LinkBreak, now, line.prng)) {
    break_connection(newest->second);
  }
}

void Net::partition(std::size_t at, bool one_way) {
  Line& line = lines_[at];
  const std::size_t direction = line.prng.below(2);
  line.blocked[direction] = true;
  line.blocked[1 - direction] = !one_way;
  const auto newest = connections_.find(line.connection);
  if (newest != connections_.end() && line.prng.per_mille(400)) break_connection(newest->second);
  const Micros lasts = line.prng.per_mille(300) ? line.prng.between(kMinute, 4 * kMinute)
                                                : line.prng.between(2 * kSecond, kMinute);
  const std::uint64_t number = ++line.partition;
  context_.agenda.after(lasts, [this, at, number] {
    if (lines_[at].partition == number) lines_[at].blocked = {};
  });
}

Bytes Net::tamper(std::size_t at, Bytes frame) {
  Line& line = lines_[at];
  const Micros now = context_.now();
  if (context_.faults.quiet(now)) return frame;
  if (context_.faults.strikes(Fault::Truncate, now, line.prng)) {
    frame.resize(line.prng.below(frame.size()));
    return frame;
  }
  if (context_.faults.strikes(Fault::Corrupt, now, line.prng)) {
    frame[line.prng.below(frame.size())] ^= static_cast<std::uint8_t>(1U << line.prng.below(8));
    return frame;
  }
  if (!segment_in(frame)) return frame;
  for (const Fault fault : kForgeries) {
    if (!line.prng.per_mille(context_.faults.rate(fault, now))) continue;
    auto forged = forge(fault, frame, host_.hostile_author(at), line.prng);
    if (!forged) continue;
    context_.faults.count(fault);
    return std::move(*forged);
  }
  return frame;
}

void Net::send(std::size_t node, sync::LinkId link, Bytes frame) {
  Connection* connection = connection_of(link);
  const std::size_t side = side_of(link);
  if (connection == nullptr || !connection->open[side]) return;
  Line& line = lines_[connection->line];
  host_.on_sent(node, line.ends[1 - side], link, frame);
  const Micros now = context_.now();
  auto& samples = connection->samples[side];
  if (samples.size() < kSamples && line.prng.per_mille(100)) samples.push_back(frame);
  if (!samples.empty() && context_.faults.strikes(Fault::Replay, now, line.prng)) {
    put_on_line(*connection, side, std::move(samples.front()));
    samples.pop_front();
  }
  if (context_.faults.strikes(Fault::Drop, now, line.prng)) return;
  if (context_.faults.strikes(Fault::Duplicate, now, line.prng)) {
    put_on_line(*connection, side, frame);
  }
  put_on_line(*connection, side, tamper(connection->line, std::move(frame)));
}

void Net::put_on_line(Connection& connection, std::size_t direction, Bytes frame) {
  Line& line = lines_[connection.line];
  const Micros now = context_.now();
  const Micros transfer = static_cast<Micros>(frame.size()) * line.micros_per_kib / 1024;
  Micros at = std::max(connection.free_at[direction], now + line.latency) + transfer;
  if (context_.faults.strikes(Fault::Delay, now, line.prng)) {
    at += line.prng.between(100 * kMs, 6 * kSecond);
  }
  if (context_.faults.strikes(Fault::Reorder, now, line.prng)) {
    at += line.prng.between(line.latency, line.latency + 500 * kMs);  // later ones may overtake it
  } else {
    connection.free_at[direction] = at;
  }
  connection.in_flight[direction] += frame.size();
  in_flight_max_ = std::max(in_flight_max_, connection.in_flight[direction]);
  const std::uint64_t number = connection.number;
  context_.agenda.at(at, [this, number, direction, frame = std::move(frame)]() mutable {
    arrive(number, direction, std::move(frame));
  });
}

void Net::arrive(std::uint64_t number, std::size_t direction, Bytes frame) {
  const auto found = connections_.find(number);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  connection.in_flight[direction] -= frame.size();
  const std::size_t side = 1 - direction;
  const Line& line = lines_[connection.line];
  if (!connection.alive || !connection.open[side] || line.blocked[direction]) return;
  host_.deliver(line.ends[side], sync::FrameReceived{link_of(number, side), std::move(frame)});
}

}  // namespace yizhan::sim
