#include "node/app/paper_forms.h"

#include "node/app/printed_number.h"

namespace yizhan::node {

sync::Draft draft_paper_forms(const sync::Scope& scope, const NewForms& forms) {
  sync::Draft draft;
  draft.scope = scope;
  crdt::RegSet set;
  const auto put = [&set](PaperFormsField field, std::int64_t value) {
    set.assigns.push_back({id(field), value, {}});
  };
  put(PaperFormsField::Day, forms.day);
  put(PaperFormsField::First, forms.first);
  put(PaperFormsField::Count, forms.count);
  put(PaperFormsField::At, forms.at.value);
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{id(Record::PaperForms)}});
  draft.ops.push_back({sync::own_op(0), std::move(set)});
  return draft;
}

std::vector<std::string> form_numbers(const sync::Scope& scope, const crdt::EntityState& state) {
  const std::int64_t day = number_of(state, PaperFormsField::Day).value_or(0);
  const std::int64_t first = number_of(state, PaperFormsField::First).value_or(0);
  const std::int64_t count = number_of(state, PaperFormsField::Count).value_or(0);
  std::vector<std::string> numbers;
  for (std::int64_t counter = first; counter < first + count; ++counter) {
    numbers.push_back(printed_number(scope.division.code(), day, counter));
  }
  return numbers;
}

}  // namespace yizhan::node
