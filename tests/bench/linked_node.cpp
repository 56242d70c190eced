#include "tests/bench/linked_node.h"

#include "tests/bench/draft.h"

namespace yizhan::bench {

LinkedNode::LinkedNode(const std::filesystem::path& folder, sync::Identity identity) {
  store_ = must(node::SqliteStore::open({folder, true}, entropy_));
  engine_ = std::make_unique<sync::Engine>(std::move(identity), *store_, entropy_);
}

void LinkedNode::absorb(sync::Effects& out) {
  must(store_->apply(out.writes));
  for (sync::SendFrame& frame : outbox_.hold(std::move(out.sends))) {
    sent.push_back(std::move(frame));
  }
  wake_at_ = out.wake_at;
}

void LinkedNode::certify(const sync::Certificate& subject) {
  sync::Effects out;
  must(engine_->certify(node::wall_now(), node::mono_now(), subject, out));
  absorb(out);
}

void LinkedNode::write(const Insert& record) {
  sync::Effects out;
  const auto written =
      must(engine_->write(node::wall_now(), node::mono_now(), draft_of(record, scope()), out));
  records_[record.values[Id]] = {written.id.stream, written.id.seq, 0};
  absorb(out);
}

sync::StatePtr LinkedNode::record(const sync::Scope& scope, const crdt::Dot& dot) const {
  return must(store_->entity(scope, dot));
}

void LinkedNode::write(const Update& update, const LinkedNode& home) {
  sync::Effects out;
  const crdt::Dot dot = home.records_.at(update.id);
  const auto state = record(home.scope(), dot);
  if (state == nullptr) throw std::runtime_error("the record is not known here");
  must(engine_->write(node::wall_now(), node::mono_now(),
                      draft_of(update, home.scope(), dot, *state), out));
  absorb(out);
}

void LinkedNode::deliver(const sync::Event& event) {
  sync::Effects out;
  engine_->step(node::wall_now(), node::mono_now(), event, out);
  absorb(out);
}

void LinkedNode::settle() {
  while (wake_at_ && *wake_at_ <= node::mono_now()) deliver(sync::TimerFired{});
  must(store_->commit());
  for (sync::SendFrame& frame : outbox_.release()) sent.push_back(std::move(frame));
}

}  // namespace yizhan::bench
