// Evaluation view: whether a visit was rated, and which evaluation of it counts.
//
// What        What one visit and its evaluations say, as of everything applied.
// Invariants  I1  of several evaluations of one visit one counts, the same on every node: one with
//                 a level before one without, then the earliest, then the least dot.
//             I2  a rating stands against a refusal that was written beside it, and either against
//                 an invitation.
//             I3  an invitation ends with its time: then the visit was not rated.
// Units       See node/app/feedback_types.h.
// Errors      Storage errors.
// Source      ux.md W1 and W7; domain.md 4.4 (facts of a client are never merged field by field).
#pragma once
#include "node/app/feedback_types.h"
#include "node/app/queue_types.h"
#include "node/app/rating_codes.h"
#include "node/app/reads.h"

namespace yizhan::node {

// All that whoever serves may know; empty before the visit is over.
std::optional<Rated> rated_of(const crdt::EntityState& visit, WallMs now);

struct FoundEvaluation {
  crdt::Dot dot;
  sync::StatePtr state;

  std::int64_t level() const;  // 0: none
  WallMs at() const;
  bool has_words() const;  // reasons or a text
  Rated said() const { return level() == 0 ? Rated::Declined : Rated::Rated; }
};
Result<std::optional<FoundEvaluation>> evaluation_of(const Reads& reads, const sync::Scope& scope,
                                                     const crdt::Dot& visit);

// What the tablet of a window may take an evaluation with now: the last who was served there.
Result<std::optional<EvalInvitation>> invitation_at(const Reads& reads, const sync::Scope& scope,
                                                    std::int64_t window, const RatingKey& key,
                                                    WallMs now);

}  // namespace yizhan::node
