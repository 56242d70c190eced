// Event hub: what pages are told by themselves, as server-sent events.
//
// What        Numbers events, keeps the last kEventsKept for Last-Event-ID, and holds a bounded
//             queue for each subscriber. One thread.
// Invariants  I1  a subscriber gets events in order and without a gap, or is told `reset`, or is
//                 let go.
//             I2  an event reaches only a listener who may see its audience at that moment.
//             I3  event ids of two runs of the node never compare.
// Errors      Throttled: kSubscribersMax are connected.
// Source      WHATWG HTML, server-sent events; reliability.md D12.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "crdt/base/result.h"

namespace yizhan::node::http {

// Whom an event is for: the first to everyone who listens, the second to devices and staff.
enum class Audience : std::uint8_t { Anyone, Screens, Staff };

// What a page listens with: the tokens of a sign-in and of a paired device; empty: none.
struct Listener {
  std::string sign_in;
  std::string device;
};

class EventHub {
 public:
  using Wake = std::function<void()>;  // something can be taken
  using MaySee = std::function<bool(const Listener& listener, Audience audience)>;

  // `run`: 16 hex digits that name this run of the node.
  EventHub(std::string run, MaySee may_see);

  Result<std::uint64_t> subscribe(const Listener& listener, const std::string& last_event_id,
                                  Wake wake);
  void unsubscribe(std::uint64_t subscriber);
  // Lets go those who listen as a device that `stands` no longer.
  void end_devices(const std::function<bool(const std::string& device)>& stands);
  // What to send now; absent when this subscriber lagged too far behind and has to go.
  std::optional<std::string> take(std::uint64_t subscriber);

  void publish(const std::string& name, const std::string& data, Audience audience);
  void heartbeat();
  // The devices that listen and take what they are sent.
  void each_device(const std::function<void(const std::string& device)>& heard) const;

 private:
  struct Event {
    std::uint64_t id = 0;
    std::string name;
    std::string data;
    Audience audience = Audience::Staff;
  };
  struct Subscriber {
    Listener listener;
    std::deque<std::string> queue;
    bool lost = false;
    Wake wake;
  };
  void offer(Subscriber& subscriber, const Event& event);
  void push(Subscriber& subscriber, std::string frame);
  static void let_go(Subscriber& subscriber);
  void catch_up(Subscriber& subscriber, const std::string& last_event_id);

  std::string run_;
  MaySee may_see_;
  std::uint64_t next_event_ = 1;
  std::uint64_t next_subscriber_ = 1;
  std::deque<Event> kept_;
  std::map<std::uint64_t, Subscriber> subscribers_;
};

}  // namespace yizhan::node::http
