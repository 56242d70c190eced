// Page: places blocks one below the other and makes a PDF of them.
//
// What        80 mm roll: one page as long as its content. A5: two copies side by side on one
//             page, made smaller until they fit. A4: as many pages as needed, numbered.
// Invariants  I1  nothing is drawn outside of the content width: 72 mm of the 80 mm roll.
//             I2  an A5 slip is one page.
//             I3  a block is never split between pages.
// Units       Millimetres.
// Errors      LimitExceeded (a code too long, an A5 slip too full), Unsupported (drawing failed).
// Source      ux.md section 5 Print.
#pragma once
#include "crdt/base/result.h"
#include "node/app/slip_content.h"
#include "node/paper/block.h"

namespace yizhan::node::paper {

struct Pdf {
  std::string bytes;
  std::int64_t pages = 0;
  double height = 0;  // of the first page; what a roll printer has to be told
};

Result<Pdf> make_roll(const Blocks& blocks);
// `left` for the resident, `right` for the station.
Result<Pdf> make_a5(const Blocks& left, const Blocks& right);
Result<Pdf> make_a4(const Blocks& blocks);

}  // namespace yizhan::node::paper
