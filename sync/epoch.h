// Epoch: how a node's next life is named, and by what people tell one from another.
//
// What        The next epoch after those that are known, and the mark that the numbers printed in
//             an epoch bear: four digits, none in the first.
// Invariants  I1  the next epoch has a greater counter than every known one, and another mark.
//             I2  the mark is a function of the epoch: nothing has to be remembered, so it holds
//                 where database and guard are lost, and in two restores of one backup.
// Units       none.
// Errors      none.
// Source      design.md sections 5 "Numbers printed for people" and 7 "Epochs".
#pragma once
#include <cstdint>
#include <vector>

#include "sync/keys.h"
#include "sync/stream.h"

namespace yizhan::sync {

constexpr std::uint16_t kEpochMarks = 9'999;

std::uint16_t epoch_mark(const Epoch& epoch);  // 0: the first epoch, else 1 to kEpochMarks
Epoch next_epoch(const std::vector<Epoch>& known, Entropy& entropy);

}  // namespace yizhan::sync
