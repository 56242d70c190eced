// Paper forms: numbers reserved for forms that are filled in by hand.
//
// What        Takes the next numbers of the day from the series of printed numbers, so that none of
//             them is ever given to another slip. Counts what should be left of them, and marks
//             what was thrown away.
// Invariants  I1  a number is reserved once, also across restarts and restores from the journal.
//             I2  a form is entered or spoiled, never both; what was called spoiled by mistake can
//                 be entered again.
// Units       Days since 1970-01-01, China time; counters of the day.
// Errors      BadFormat or NotFound, field "paper_number"; spoil_form(): Conflict (entered), same
//             field; those of intent_writer.h; storage errors.
// Source      ux.md section 5 Print (应急手写单), W13 (cash-up of blank forms);
//             node/app/printed_number.h.
#pragma once
#include "node/app/intent_writer.h"
#include "node/app/queue_types.h"
#include "node/app/state_fields.h"
#include "sync/draft.h"

namespace yizhan::node {

struct NewForms {
  std::int64_t day = 0;
  std::int64_t first = 1;
  std::int64_t count = 1;
  WallMs at;
};
sync::Draft draft_paper_forms(const sync::Scope& scope, const NewForms& forms);
std::vector<std::string> form_numbers(const sync::Scope& scope, const crdt::EntityState& state);

// A form by the number that is printed on it.
struct PaperForm {
  crdt::Dot forms;  // the record that holds it
  sync::StatePtr state;
  std::int64_t counter = 0;
  bool used() const { return is_in(PaperFormsField::Used); }
  bool spoiled() const { return is_in(PaperFormsField::Spoiled); }

 private:
  bool is_in(PaperFormsField field) const;
};
Result<PaperForm> find_paper_form(const Reads& reads, const sync::Scope& scope, WallMs now,
                                  const std::string& number);

// Of every lot of which something is left.
Result<std::vector<FormStock>> form_stock(const Reads& reads, const sync::Scope& scope);
// The record of the form.
Result<crdt::Dot> spoil_form(const DeskContext& at, const Intent& intent, const SpoiledForm& form);

}  // namespace yizhan::node
