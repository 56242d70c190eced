#include "node/http/event_hub.h"

#include <charconv>
#include <utility>

#include "node/http/limits.h"

namespace yizhan::node::http {

EventHub::EventHub(std::string run, MaySee may_see)
    : run_(std::move(run)), may_see_(std::move(may_see)) {}

Result<std::uint64_t> EventHub::subscribe(const Listener& listener,
                                          const std::string& last_event_id, Wake wake) {
  if (subscribers_.size() >= kSubscribersMax) {
    return fail(Errc::Throttled, "too many pages listen for events");
  }
  const std::uint64_t id = next_subscriber_++;
  Subscriber& subscriber = subscribers_[id];
  subscriber.listener = listener;
  subscriber.wake = std::move(wake);
  push(subscriber, ": yizhan\nretry: 2000\n\n");
  if (!last_event_id.empty()) catch_up(subscriber, last_event_id);
  return id;
}

void EventHub::unsubscribe(std::uint64_t subscriber) { subscribers_.erase(subscriber); }

void EventHub::end_devices(const std::function<bool(const std::string& device)>& stands) {
  for (auto& [id, subscriber] : subscribers_) {
    const std::string& device = subscriber.listener.device;
    if (device.empty() || stands(device)) continue;
    let_go(subscriber);
    subscriber.wake();
  }
}

std::optional<std::string> EventHub::take(std::uint64_t subscriber) {
  auto it = subscribers_.find(subscriber);
  if (it == subscribers_.end() || it->second.lost) return std::nullopt;
  std::string all;
  for (const std::string& frame : it->second.queue) all += frame;
  it->second.queue.clear();
  return all;
}

void EventHub::publish(const std::string& name, const std::string& data, Audience audience) {
  kept_.push_back({.id = next_event_++, .name = name, .data = data, .audience = audience});
  if (kept_.size() > kEventsKept) kept_.pop_front();
  for (auto& [id, subscriber] : subscribers_) offer(subscriber, kept_.back());
}

void EventHub::heartbeat() {
  for (auto& [id, subscriber] : subscribers_) {
    push(subscriber, ": keep-alive\nevent: heartbeat\ndata: {}\n\n");
  }
}

void EventHub::each_device(const std::function<void(const std::string&)>& heard) const {
  for (const auto& [id, subscriber] : subscribers_) {
    const bool takes = !subscriber.lost && subscriber.queue.empty();
    if (takes && !subscriber.listener.device.empty()) heard(subscriber.listener.device);
  }
}

void EventHub::offer(Subscriber& subscriber, const Event& event) {
  if (!may_see_(subscriber.listener, event.audience)) return;
  push(subscriber, "id: " + run_ + "-" + std::to_string(event.id) + "\nevent: " + event.name +
                       "\ndata: " + event.data + "\n\n");
}

void EventHub::push(Subscriber& subscriber, std::string frame) {
  if (subscriber.queue.size() >= kSubscriberQueueMax) let_go(subscriber);
  if (!subscriber.lost) subscriber.queue.push_back(std::move(frame));
  subscriber.wake();
}

void EventHub::let_go(Subscriber& subscriber) {
  subscriber.lost = true;
  subscriber.queue.clear();
}

// Repeats what came after `last_event_id`, or says `reset` when that is not known any more.
void EventHub::catch_up(Subscriber& subscriber, const std::string& last_event_id) {
  const bool this_run = last_event_id.starts_with(run_ + "-");
  std::uint64_t last = 0;
  if (this_run) {
    const char* end = last_event_id.data() + last_event_id.size();
    std::from_chars(last_event_id.data() + run_.size() + 1, end, last);
  }
  const std::uint64_t missed = next_event_ - 1 - last;
  if (!this_run || last >= next_event_ || missed > kept_.size() ||
      missed >= kSubscriberQueueMax - 1) {
    push(subscriber, "event: reset\ndata: {}\n\n");
    return;
  }
  for (const Event& event : kept_) {
    if (event.id > last) offer(subscriber, event);
  }
}

}  // namespace yizhan::node::http
