#include "node/app/paper_forms.h"

#include <algorithm>
#include <set>

#include "node/app/printed_number.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

std::set<std::int64_t> counters(const crdt::EntityState& state, PaperFormsField field) {
  std::set<std::int64_t> out;
  for (const crdt::SetElement& element : state.sets) {
    const auto* counter = std::get_if<std::int64_t>(&element.element);
    if (element.field == id(field) && counter != nullptr) out.insert(*counter);
  }
  return out;
}

FormStock stock_of(const sync::Scope& scope, const crdt::EntityState& state) {
  const auto numbers = form_numbers(scope, state);
  if (numbers.empty()) return {};
  const auto used = counters(state, PaperFormsField::Used);
  auto spoiled = counters(state, PaperFormsField::Spoiled);
  // Entered on one side of a cut line and called spoiled on the other: it was filled in.
  std::erase_if(spoiled, [&](std::int64_t counter) { return used.contains(counter); });
  FormStock stock;
  stock.first = numbers.front();
  stock.last = numbers.back();
  stock.given = static_cast<std::int64_t>(numbers.size());
  stock.used = static_cast<std::int64_t>(used.size());
  stock.spoiled = static_cast<std::int64_t>(spoiled.size());
  stock.left = stock.given - stock.used - stock.spoiled;
  return stock;
}

crdt::SetRem not_spoiled(const PaperForm& form) {
  crdt::SetRem gone{id(PaperFormsField::Spoiled), {}};
  for (const crdt::SetElement& element : form.state->sets) {
    const bool here = element.field == id(PaperFormsField::Spoiled) &&
                      element.element == crdt::Value(form.counter);
    if (here) gone.adds.push_back(element.dot);
  }
  return gone;
}

}  // namespace

bool PaperForm::is_in(PaperFormsField field) const {
  return counters(*state, field).contains(counter);
}

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

Result<PaperForm> find_paper_form(const Reads& reads, const sync::Scope& scope, WallMs now,
                                  const std::string& number) {
  const auto none = fail(Errc::NotFound, "no form with this number was printed", "paper_number");
  const auto parsed = parse_printed_number(number, china_moment(now).day);
  if (!parsed) return fail(Errc::BadFormat, "no number of a form", "paper_number");
  if (parsed->station != scope.division.code()) return none;
  const auto forms = reads.paper_forms(scope, parsed->day, parsed->counter);
  if (!forms) return fail(forms);
  if (!*forms) return none;
  auto state = reads.entity(scope, **forms);
  if (!state) return fail(state);
  if (*state == nullptr) return none;
  PaperForm form;
  form.forms = **forms;
  form.state = std::move(*state);
  form.counter = parsed->counter;
  return form;
}

Result<std::vector<FormStock>> form_stock(const Reads& reads, const sync::Scope& scope) {
  const auto lots = reads.all_paper_forms(scope);
  if (!lots) return fail(lots);
  std::vector<FormStock> out;
  for (const crdt::Dot& lot : *lots) {
    const auto state = reads.entity(scope, lot);
    if (!state) return fail(state);
    if (*state == nullptr) continue;
    FormStock stock = stock_of(scope, **state);
    if (stock.left > 0) out.push_back(std::move(stock));
  }
  return out;
}

Result<crdt::Dot> spoil_form(const DeskContext& at, const Intent& intent, const SpoiledForm& wish) {
  IntentWriter writer(at);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto form = find_paper_form(at.reads, at.own_biz(), at.wall, wish.number);
  if (!form) return fail(form);
  if (form->used()) return fail(Errc::Conflict, "the form was entered", "paper_number");
  if (form->spoiled() == wish.spoiled) return form->forms;
  sync::Draft draft;
  draft.scope = at.own_biz();
  if (wish.spoiled) {
    draft.ops.push_back({form->forms, crdt::SetAdd{id(PaperFormsField::Spoiled), form->counter}});
  } else {
    draft.ops.push_back({form->forms, not_spoiled(*form)});
  }
  return writer.write(intent, std::move(draft), form->forms);
}

}  // namespace yizhan::node
