#include "node/runtime/node_services.h"

namespace yizhan::node {

NodeServices::NodeServices(SqliteStore& store, NodeFacts facts, const Pepper& pepper,
                           std::function<sync::Identity()> make_identity)
    : policy_(facts.policy),
      name_(facts.name),
      printer_(facts.printer),
      backups_(calls_, facts.backups, [make_identity] { return make_identity().secrets.box; }),
      doctor_(backups_, {facts.data_dir, facts.parent.has_value(), facts.printer}),
      node_(store, calls_, std::move(facts), pepper),
      queue_(calls_, policy_),
      hall_(store, calls_, {pepper, policy_, name_, queue_.seats(), rating_key(pepper.bytes)}),
      feedback_(calls_, policy_, rating_key(pepper.bytes)),
      paper_(calls_, policy_, {name_, printer_, rating_key(pepper.bytes)}),
      records_(calls_, node_, hall_, doctor_, policy_, std::move(make_identity)),
      tick_(calls_, policy_) {}

void NodeServices::begin(EngineLoop& loop) {
  loop.watch([this](const Core& core, const std::vector<crdt::Dot>& changed) {
    records_.on_turn(core, changed);
    tick_.on_turn(core);
    backups_.on_turn(core);
  });
  records_.begin();
}

void NodeServices::on_notices(const std::vector<sync::Notice>& notices) {
  node_.on_notices(notices);
  queue_.on_notices(notices);
  records_.on_notices(notices);
}

void NodeServices::stop() {
  doctor_.stop();
  backups_.stop();
  node_.stop();
  paper_.stop();
  records_.stop();
  calls_.stop();
}

}  // namespace yizhan::node
