// ProblemWords: what staff read of a refusal, in both languages side by side.
//
// What        Title (what happened) and hint (was anything saved, what to do now) of an Error, by
//             its field where that says more than its code.
// Invariants  I1  both languages of a row say the same.
// Errors      none.
// Source      ux.md rule 8 and the error texts of section 3.
#pragma once
#include "crdt/base/result.h"

namespace yizhan::node::http {

struct ProblemWords {
  const char* title;
  const char* hint;
  const char* title_en;
  const char* hint_en;
};
ProblemWords words_for(const Error& error);

}  // namespace yizhan::node::http
