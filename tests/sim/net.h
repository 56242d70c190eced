// Net: the city's lines, with everything that goes wrong on them.
//
// What        One line from each child to its parent. The child dials; a connection carries frames
//             both ways in order, until it breaks, which each side learns at its own time or only
//             by silence. Frames are lost, doubled, held, damaged and forged on the way.
// Invariants  I1  without faults: every frame arrives once, in order.
//             I2  after heal() nothing more goes wrong, and whoever lost its connection dials
//                 again.
// Units       Virtual microseconds.
// Errors      none.
#pragma once
#include <deque>
#include <memory>

#include "sync/engine.h"
#include "tests/sim/context.h"
#include "tests/sim/forger.h"

namespace yizhan::sim {

// What the net needs of the nodes.
class NetHost {
 public:
  virtual ~NetHost() = default;
  virtual bool up(std::size_t node) const = 0;
  virtual const sync::Key32& curve_key(std::size_t node) const = 0;
  virtual void deliver(std::size_t node, sync::Event event) = 0;
  virtual HostileAuthor hostile_author(std::size_t line) const = 0;
  // A frame was put on a line, before anything happens to it. `connection` tells sessions apart.
  virtual void on_sent(std::size_t from, std::size_t to, std::uint64_t connection,
                       ByteView frame) = 0;
};

class Net {
 public:
  Net(Context& context, NetHost& host) : context_(context), host_(host) {}
  void add_line(std::size_t child, std::size_t parent);
  void begin_faults();
  void heal();
  void cut_off(std::size_t child);  // from its parent, for a while

  void send(std::size_t node, sync::LinkId link, Bytes frame);
  void close(std::size_t node, sync::LinkId link);
  void node_up(std::size_t node);
  void node_down(std::size_t node);
  std::size_t bytes_in_flight_max() const { return in_flight_max_; }

 private:
  struct Connection {
    std::uint64_t number = 0;
    std::size_t line = 0;
    std::array<bool, 2> open{};  // as each side believes: child, parent
    bool alive = true;
    bool opening = true;                       // until the child has learnt whether it opened
    std::array<Micros, 2> free_at{};           // of each direction: to parent, to child
    std::array<std::size_t, 2> in_flight{};    // bytes
    std::array<std::deque<Bytes>, 2> samples;  // a few frames, to be replayed into another session
  };
  struct Line {
    std::array<std::size_t, 2> ends{};  // child, parent
    Prng prng;
    Micros latency = 0;
    Micros micros_per_kib = 0;
    std::array<bool, 2> blocked{};  // direction: to parent, to child
    std::uint64_t connection = 0;   // the newest; 0: none yet
    bool dialing = false;
    std::uint64_t partition = 0;  // number of the one that holds
  };
  // Of connection n: the child's link is 2n, the parent's 2n + 1.
  static std::size_t side_of(sync::LinkId link) { return static_cast<std::size_t>(link & 1); }
  static sync::LinkId link_of(std::uint64_t connection, std::size_t side) {
    return connection * 2 + side;
  }
  Connection* connection_of(sync::LinkId link);
  void dial_later(std::size_t line, Micros delay);
  void dial(std::size_t line);
  void open_end(std::uint64_t connection, std::size_t side);
  void end_closed(Connection& connection, std::size_t side);
  void tell_closed(std::uint64_t connection, std::size_t side, Micros delay);
  void break_connection(Connection& connection);
  void put_on_line(Connection& connection, std::size_t direction, Bytes frame);
  void arrive(std::uint64_t connection, std::size_t direction, Bytes frame);
  void window(std::size_t line);
  void partition(std::size_t line, bool one_way);
  Bytes tamper(std::size_t line, Bytes frame);

  Context& context_;
  NetHost& host_;
  std::vector<Line> lines_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t connection_count_ = 0;
  std::size_t in_flight_max_ = 0;
};

}  // namespace yizhan::sim
