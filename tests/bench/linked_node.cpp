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

bool LinkedNode::write(const Insert& record) {
  sync::Effects out;
  const sync::Scope scope{engine_->self().home, sync::ScopeClass::Biz};
  const auto written =
      engine_->write(node::wall_now(), node::mono_now(), draft_of(record, scope), out);
  if (!written && written.error().code == Errc::NotFound) return false;
  must(written);
  records_[record.values[Id]] = {written->id.stream, written->id.seq, 0};
  absorb(out);
  return true;
}

void LinkedNode::write(const Update& update) {
  sync::Effects out;
  const sync::Scope scope{engine_->self().home, sync::ScopeClass::Biz};
  const crdt::Dot record = records_.at(update.id);
  const auto state = must(store_->entity(scope, record));
  must(engine_->write(node::wall_now(), node::mono_now(), draft_of(update, scope, record, *state),
                      out));
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
