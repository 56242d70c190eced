// Evaluation desk: a person rates the service of one visit.
//
// What        Takes an evaluation with the invitation of the tablet or the code of the slip.
// Invariants  I1  on error nothing was written; a key writes once (intent_writer.h).
//             I2  one visit, one evaluation. It may be changed for the time that the policy sets;
//                 after that reasons and text may be added once, if there were none.
//             I3  nobody is made to rate: 不评价 is an answer, and the code of the slip is good for
//                 a rating all the same, also after it, for the days that the policy sets.
//             I4  an evaluation and what its visit says of it are one change.
// Units       See node/app/feedback_types.h.
// Errors      BadFormat, fields "level", "reasons" (no such reason, or of a level above 2), "text"
//             (beside no level); NotFound, fields "invitation" and "code"; Conflict, fields "visit"
//             (rated before), "invitation" (its time is over), "code" (not served yet).
// Not here    How often a code may be tried: node/identity/code_tries.h.
// Source      ux.md W7; domain.md 4.4 and section 5 `eval.*`.
#pragma once
#include "node/app/evaluation_view.h"
#include "node/app/intent_writer.h"
#include "node/app/visit_view.h"

namespace yizhan::node {

class EvaluationDesk {
 public:
  EvaluationDesk(const DeskContext& at, const RatingKey& key) : at_(at), key_(key) {}

  // Gives the evaluation that it wrote.
  Result<crdt::Dot> evaluate(const Intent& intent, const NewEvaluation& wish);
  Result<Evaluated> show(const crdt::Dot& evaluation) const;

 private:
  enum class Way : std::uint8_t { Tablet = 1, Code = 2 };
  // What becomes of an evaluation: it is made, made anew after a refusal, changed in time, or given
  // its words.
  enum class Step : std::uint8_t { New, Again, Edit, Words };
  struct Answer {
    std::int64_t level = 0;
    std::int64_t reasons = 0;
    std::string text;
    Way way = Way::Tablet;
    bool has_words() const { return reasons != 0 || !text.empty(); }
  };

  Result<Answer> check(const NewEvaluation& wish) const;
  Result<FoundVisit> invited(const NewEvaluation& wish) const;
  Result<FoundVisit> with_code(const std::string& code) const;
  Result<Step> step_of(const FoundVisit& visit, const std::optional<FoundEvaluation>& held,
                       const Answer& answer) const;
  sync::Draft draft(const FoundVisit& visit, const std::optional<FoundEvaluation>& held,
                    const Answer& answer, Step step) const;
  bool in_time(const FoundVisit& visit) const;
  bool editable(const FoundEvaluation& held) const;

  DeskContext at_;
  RatingKey key_;
};

}  // namespace yizhan::node
