// Next number: what the next slip or ticket of a day is called.
//
// What        The counters of a day that belong to one epoch of a station: mark * kCountersADay + 1
//             and up, and the next of them.
// Invariants  I1  two epochs of a station share no counter, whatever each of them knows of the
//                 other: a node that lost its memory gives no number again.
// Units       Days since 1970-01-01.
// Errors      LimitExceeded (field of the caller): the counters of the day are used up.
// Source      design.md section 5 "Numbers printed for people"; sync/epoch.h.
#pragma once
#include "node/app/intent_writer.h"

namespace yizhan::node {

// Of `count` slips in a row, the first counter.
Result<std::int64_t> next_counter(const DeskContext& at, std::int64_t day, std::int64_t count = 1);
Result<std::string> next_number(const DeskContext& at);
Result<std::string> next_ticket(const DeskContext& at, std::int64_t day, std::int64_t series);

}  // namespace yizhan::node
