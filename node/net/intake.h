// Intake: what one poll gathers, with a bound.
//
// What        Events in the order in which they happened, and how much was read to get them.
// Units       Messages and bytes.
// Errors      none.
#pragma once
#include "node/net/link_types.h"

namespace yizhan::node {

struct Intake {
  // One commit of the store follows each poll: enough to fill it, little enough that a clerk's
  // write never waits for a flood from the line.
  static constexpr std::size_t kMessagesMax = 512;
  static constexpr std::size_t kBytesMax = 2 * 1024 * 1024;

  LinkEvents events;
  std::size_t messages = 0;  // read, also those that were thrown away
  std::size_t bytes = 0;

  bool full() const { return messages >= kMessagesMax || bytes >= kBytesMax; }
  void count(std::size_t message_bytes) {
    ++messages;
    bytes += message_bytes;
  }
};

}  // namespace yizhan::node
