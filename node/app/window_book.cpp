#include "node/app/window_book.h"

#include <algorithm>

#include "node/app/record_edit.h"
#include "node/policy/service_items.h"

namespace yizhan::node {
namespace {

using Field = WindowField;

WindowEntry entry_of(const crdt::Dot& dot, const crdt::EntityState& state) {
  WindowEntry entry;
  entry.dot = dot;
  entry.number = number_of(state, Field::Number).value_or(0);
  entry.name = text_of(state, Field::Name);
  entry.closed = number_of(state, Field::Closed).value_or(0) != 0;
  for (const crdt::SetElement& element : state.sets) {
    const auto* group = std::get_if<std::string>(&element.element);
    if (element.field == id(Field::Groups) && group != nullptr) entry.groups.push_back(*group);
  }
  std::sort(entry.groups.begin(), entry.groups.end());
  entry.groups.erase(std::unique(entry.groups.begin(), entry.groups.end()), entry.groups.end());
  return entry;
}

Result<void> known(const std::vector<std::string>& groups) {
  for (const std::string& group : groups) {
    const auto items = service_items();
    const bool offered = std::any_of(items.begin(), items.end(),
                                     [&](const ServiceItem& item) { return item.group == group; });
    if (!offered) return fail(Errc::BadFormat, "no item is in such a group", "groups");
  }
  return {};
}

void add_groups(sync::Draft& draft, const crdt::Dot& record,
                const std::vector<std::string>& groups) {
  for (const std::string& group : groups) {
    draft.ops.push_back({record, crdt::SetAdd{id(Field::Groups), group}});
  }
}

void remove_groups(sync::Draft& draft, const crdt::Dot& record, const crdt::EntityState& state) {
  crdt::SetRem gone{id(Field::Groups), {}};
  for (const crdt::SetElement& element : state.sets) {
    if (element.field == id(Field::Groups)) gone.adds.push_back(element.dot);
  }
  if (!gone.adds.empty()) draft.ops.push_back({record, std::move(gone)});
}

}  // namespace

Result<std::vector<WindowEntry>> read_windows(const Reads& reads, const sync::Scope& scope) {
  const auto dots = reads.windows(scope);
  if (!dots) return fail(dots);
  std::vector<WindowEntry> all;
  for (const crdt::Dot& dot : *dots) {
    const auto state = reads.entity(scope, dot);
    if (!state) return fail(state);
    if (*state != nullptr) all.push_back(entry_of(dot, **state));
  }
  std::sort(all.begin(), all.end(), [](const WindowEntry& a, const WindowEntry& b) {
    return std::tie(a.number, a.dot) < std::tie(b.number, b.dot);
  });
  all.erase(
      std::unique(all.begin(), all.end(),
                  [](const WindowEntry& a, const WindowEntry& b) { return a.number == b.number; }),
      all.end());
  return all;
}

Result<WindowEntry> find_window(const Reads& reads, const sync::Scope& scope, std::int64_t number) {
  auto all = read_windows(reads, scope);
  if (!all) return fail(all);
  const auto found = std::find_if(all->begin(), all->end(),
                                  [&](const WindowEntry& row) { return row.number == number; });
  if (found == all->end()) return fail(Errc::NotFound, "no such window here", "number");
  return std::move(*found);
}

Result<crdt::Dot> add_window(const DeskContext& at, const Intent& intent, const NewWindow& window) {
  IntentWriter writer(at);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  if (auto good = known(window.groups); !good) return fail(good);
  const auto taken = find_window(at.reads, at.own_ref(), window.number);
  if (taken) return fail(Errc::Conflict, "the number is taken", "number");
  if (taken.error().code != Errc::NotFound) return fail(taken);
  sync::Draft draft = empty_draft(at.own_ref());
  RecordEdit(Record::Window, 0)
      .set(Field::Number, window.number)
      .set(Field::Name, window.name)
      .set(Field::Closed, std::int64_t{0})
      .into(draft);
  add_groups(draft, sync::own_op(0), window.groups);
  return writer.write(intent, std::move(draft), std::nullopt);
}

Result<crdt::Dot> change_window(const DeskContext& at, const Intent& intent,
                                const WindowEdit& edit) {
  IntentWriter writer(at);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto window = find_window(at.reads, at.own_ref(), edit.number);
  if (!window) return fail(window);
  const auto state = at.reads.entity(at.own_ref(), window->dot);
  if (!state) return fail(state);
  sync::Draft draft = empty_draft(at.own_ref());
  RecordEdit record(window->dot, **state);
  record.set_if(Field::Name, edit.name);
  if (edit.closed) record.set(Field::Closed, std::int64_t{*edit.closed});
  record.into(draft);
  if (edit.groups) {
    if (auto good = known(*edit.groups); !good) return fail(good);
    remove_groups(draft, window->dot, **state);
    add_groups(draft, window->dot, *edit.groups);
  }
  if (draft.ops.empty()) return window->dot;
  return writer.write(intent, std::move(draft), window->dot);
}

}  // namespace yizhan::node
