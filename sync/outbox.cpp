#include "sync/outbox.h"

#include <iterator>

#include "crdt/base/planted.h"

namespace yizhan::sync {

std::vector<SendFrame> Outbox::hold(std::vector<SendFrame> sends) {
  if (planted(Bug::AckBeforeDurable)) return sends;
  held_.insert(held_.end(), std::make_move_iterator(sends.begin()),
               std::make_move_iterator(sends.end()));
  return {};
}

std::vector<SendFrame> Outbox::release() {
  std::vector<SendFrame> released;
  released.swap(held_);
  return released;
}

}  // namespace yizhan::sync
