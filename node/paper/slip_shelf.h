// Slip shelf: slips that were made lately, for a browser to fetch or for a wish asked again.
//
// What        PDFs by a name that cannot be guessed, and the answers that were given, in memory.
// Invariants  I1  nothing stays longer than kKeptFor; at most kSlipsMax and kBytesMax at a time,
//                 the oldest go first.
// Units       Milliseconds, bytes.
// Errors      Conflict, field "Idempotency-Key": the same wish asked something else. Any thread.
#pragma once
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>

#include "node/app/paper_types.h"

namespace yizhan::node::paper {

// Under which wish of a person a slip was made (node/app/intents.h), and what it asked.
struct Wish {
  std::uint64_t intent = 0;
  Hash32 request{};
};

class SlipShelf {
 public:
  static constexpr std::chrono::milliseconds kKeptFor = std::chrono::minutes(10);
  static constexpr std::size_t kSlipsMax = 64;
  static constexpr std::size_t kBytesMax = 16 * 1024 * 1024;

  void put(const Wish& wish, const MadeSlip& made, std::string pdf, MonoMs now);
  std::optional<std::string> pdf(const std::string& slip, MonoMs now);
  // Empty: there was none.
  Result<std::optional<MadeSlip>> made_for(const Wish& wish, MonoMs now);

 private:
  struct Kept {
    Wish wish;
    MadeSlip made;
    std::string pdf;
    MonoMs at;
  };
  void forget(MonoMs now);

  std::mutex mutex_;
  std::deque<Kept> kept_;  // oldest first
  std::size_t bytes_ = 0;
};

}  // namespace yizhan::node::paper
