// Zip: some small texts as one file that every system opens.
//
// What        Stored, not compressed: a few hundred kilobytes at most.
// Invariants  I1  the same texts and time give the same bytes.
// Units       none.
// Errors      none. REQUIRES: less than 2 GB in all, names of ASCII.
// Source      APPNOTE.TXT 6.3.3, method 0.
#pragma once
#include <string>
#include <vector>

#include "crdt/base/time.h"

namespace yizhan::node {

struct PackedText {
  std::string name;
  std::string text;
};

std::string zip_of(const std::vector<PackedText>& texts, WallMs made_at);

}  // namespace yizhan::node
