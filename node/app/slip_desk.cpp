#include "node/app/slip_desk.h"

#include <algorithm>

#include "node/app/agent.h"
#include "node/app/day_close.h"
#include "node/app/feedback_slips.h"
#include "node/app/next_number.h"
#include "node/app/paper_forms.h"
#include "node/app/printed_number.h"
#include "node/app/record_edit.h"
#include "node/app/record_id.h"
#include "node/app/slip_words.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/service_items.h"

namespace yizhan::node {
namespace {

// The record on which copies of a kind are counted, and its counter.
struct Counted {
  Record record = Record::Appointment;
  crdt::FieldId prints = id(AppointmentField::Prints);
};

Counted counted(SlipKind kind) {
  switch (kind) {
    case SlipKind::Ticket: return {Record::Visit, id(VisitField::Prints)};
    case SlipKind::Evaluation: return {Record::Visit, id(VisitField::RatingPrints)};
    case SlipKind::Complaint: return {Record::Complaint, id(ComplaintField::Prints)};
    default: return {};
  }
}

tl::unexpected<Error> not_found() { return fail(Errc::NotFound, "no such record here", "id"); }

constexpr const char* kUpstream = "该事项办结需上级业务系统。断网时可先收件登记，恢复后再办结。";

std::vector<std::string> to_show(const Appointment& record) {
  std::vector<std::string> materials = papers_asked(record.item, record.agent);
  for (std::string& material : materials) {
    const auto& missing = record.to_bring;
    if (std::find(missing.begin(), missing.end(), material) == missing.end()) continue;
    material += "(待带)";
  }
  return materials;
}

// 李*  139****0002
std::string agent_text(const Agent& agent) {
  return mask_name(agent.name) + (agent.phone ? "  " + mask_phone(*agent.phone) : "");
}

AppointmentSlip content_of(const Policy& policy, const Appointment& record) {
  const std::int64_t day = *parse_date(record.date);
  const std::int64_t window = *parse_minute(record.window);
  AppointmentSlip slip;
  slip.number = record.number;
  slip.certainty = certainty_of(record.life);
  slip.date = long_date(day);
  slip.window = window_text(policy, day, window);
  slip.period = period_text(period_at(policy, {day, window}));
  slip.item = item_name(record.item);
  slip.name = mask_name(record.name);
  slip.phone = record.phone ? mask_phone(*record.phone) : "";
  if (record.agent) slip.agent = agent_text(*record.agent);
  slip.materials = to_show(record);
  const ServiceItem* item = service_item(record.item);
  if (item != nullptr && item->upstream) slip.remarks.emplace_back(kUpstream);
  return slip;
}

DayCloseSlip content_of(const DayClose& closed, std::int64_t day) {
  DayCloseSlip slip;
  slip.date = long_date(day);
  const auto put = [&slip](const char* label, std::int64_t count) {
    slip.counts.emplace_back(label, std::to_string(count));
  };
  put("预约", closed.counts.booked);
  put("到场", closed.counts.arrived);
  put("现场取号", closed.counts.walk_in);
  put("办结", closed.counts.finished);
  put("其中无休", closed.counts.off_hours);
  put("取消", closed.counts.cancelled);
  put("爽约", closed.counts.no_show);
  put("已评价", closed.counts.rated);
  put("未评价", closed.counts.unrated);
  put("投诉", closed.counts.complaints);
  for (const QueueRow& row : closed.left) slip.left.push_back(row.ticket);
  for (const FormStock& stock : closed.forms) {
    slip.forms.push_back(stock.first + " 至 " + stock.last + "：应剩 " +
                         std::to_string(stock.left) + "（发出 " + std::to_string(stock.given) +
                         "，已补录 " + std::to_string(stock.used) + "，作废 " +
                         std::to_string(stock.spoiled) + "）");
  }
  slip.pending = !closed.pending        ? "待上报数量读取失败"
                 : *closed.pending == 0 ? "没有待上报"
                                        : "待上报 " + std::to_string(*closed.pending) + " 条";
  slip.safe_to_power_off = closed.safe_to_power_off;
  return slip;
}

}  // namespace

bool is_counted(SlipKind kind) { return kind != SlipKind::DayList; }

Result<sync::StatePtr> SlipDesk::state_of(const crdt::Dot& record, Record kind) const {
  const auto scope = at_.engine.scope_of(record.stream);
  if (!scope || scope->cls != sync::ScopeClass::Biz) return not_found();
  auto state = at_.reads.entity(*scope, record);
  if (!state) return state;
  const bool is_it = *state != nullptr && !(*state)->deleted && (*state)->kind == id(kind);
  if (!is_it) return not_found();
  return state;
}

Result<crdt::Dot> SlipDesk::count(const Intent& intent, const NewSlip& wish) {
  const auto before = IntentWriter(at_).earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  if (wish.kind == SlipKind::PaperForms) return reserve_forms(intent, wish);
  if (wish.kind == SlipKind::DayClose) return count_day_close(intent, wish);
  return count_record(intent, wish);
}

Result<crdt::Dot> SlipDesk::count_record(const Intent& intent, const NewSlip& wish) {
  const auto record = parse_record_id(wish.id);
  if (!record) return fail(record);
  const Counted on = counted(wish.kind);
  const auto state = state_of(*record, on.record);
  if (!state) return fail(state);
  sync::Draft draft = empty_draft(*at_.engine.scope_of(record->stream));
  if (on.record == Record::Visit) {
    if (auto may = may_print(**state, wish.kind); !may) return fail(may);
    open_to_rating(key_, *record, **state, draft);
  }
  draft.ops.push_back({*record, crdt::CntInc{on.prints, 1}});
  return IntentWriter(at_).write(intent, std::move(draft), *record);
}

Result<crdt::Dot> SlipDesk::count_day_close(const Intent& intent, const NewSlip& wish) {
  const auto day = parse_date(wish.date);
  if (!day) return fail(day);
  const auto closing = at_.reads.closing(at_.own_biz(), *day);
  if (!closing) return fail(closing);
  if (!*closing) return fail(Errc::NotFound, "the day is not closed", "date");
  sync::Draft draft;
  draft.scope = at_.own_biz();
  draft.ops.push_back({**closing, crdt::CntInc{id(DayCloseField::Prints), 1}});
  return IntentWriter(at_).write(intent, std::move(draft), **closing);
}

Result<crdt::Dot> SlipDesk::reserve_forms(const Intent& intent, const NewSlip& wish) {
  if (!at_.engine.self().slot_owner) {
    return fail(Errc::OutOfScope, "only a station numbers its forms");
  }
  const std::int64_t today = china_moment(at_.wall).day;
  const auto first = next_counter(at_, today, wish.count);
  if (!first) return fail(first);
  return IntentWriter(at_).write(
      intent, draft_paper_forms(at_.own_biz(), {today, *first, wish.count, at_.wall}),
      std::nullopt);
}

Result<Slip> SlipDesk::content(const NewSlip& wish, const SlipFrame& frame,
                               const std::optional<crdt::Dot>& record) const {
  switch (wish.kind) {
    case SlipKind::DayList: return day_list(frame, wish.date);
    case SlipKind::PaperForms: return paper_forms(frame, *record);
    case SlipKind::DayClose: return day_close(frame, *record);
    case SlipKind::Ticket: return ticket_slip(at_, key_, frame, *record);
    case SlipKind::Evaluation: return evaluation_slip(at_, key_, frame, *record);
    case SlipKind::Complaint: return complaint_slip(at_, frame, *record);
    default: return appointment(frame, *record);
  }
}

Result<Slip> SlipDesk::fill(const NewSlip& wish, const SlipFrame& frame,
                            const std::optional<crdt::Dot>& record) const {
  auto slip = content(wish, frame, record);
  if (slip) slip->paper = wish.paper;
  return slip;
}

Result<Slip> SlipDesk::appointment(const SlipFrame& frame, const crdt::Dot& record) const {
  const auto state = state_of(record, Record::Appointment);
  if (!state) return fail(state);
  const auto shown =
      show_appointment(at_.engine, {*at_.engine.scope_of(record.stream), record}, **state);
  if (!shown) return fail(shown);
  Slip slip{frame, content_of(at_.policy, *shown), Paper::Roll80};
  slip.frame.copy = shown->prints;
  return slip;
}

Result<Slip> SlipDesk::day_list(const SlipFrame& frame, const std::string& date) const {
  const auto day = parse_date(date);
  if (!day) return fail(day);
  const auto rows = at_.reads.day(at_.own_biz(), *day);
  if (!rows) return fail(rows);
  DayListSlip list{long_date(*day), {}};
  for (const DayEntry& row : *rows) {
    if (certainty_of(row.state) == Certainty::Void) continue;
    const auto state = at_.reads.entity(at_.own_biz(), row.dot);
    if (!state) return fail(state);
    if (*state == nullptr) continue;
    const AppointmentRow shown = show_row(at_.engine, {at_.own_biz(), row.dot}, **state);
    const std::string agent = shown.masked_agent ? "（代办 " + *shown.masked_agent + "）" : "";
    list.rows.push_back({shown.window, shown.number, item_name(shown.item),
                         shown.masked_name + agent, shown.phone_tail, state_text(shown.life)});
  }
  return Slip{frame, std::move(list), Paper::A4};
}

// REQUIRES: its copy was counted durably just now.
Result<Slip> SlipDesk::day_close(const SlipFrame& frame, const crdt::Dot& record) const {
  const auto state = state_of(record, Record::DayClose);
  if (!state) return fail(state);
  const std::int64_t day = number_of(**state, DayCloseField::Date).value_or(0);
  const auto closed = show_day_close({at_.engine, at_.reads, at_.wall, at_.policy}, day, true);
  if (!closed) return fail(closed);
  Slip slip{frame, content_of(*closed, day), Paper::Roll80};
  slip.frame.copy = (*state)->counter(id(DayCloseField::Prints));
  return slip;
}

Result<Slip> SlipDesk::paper_forms(const SlipFrame& frame, const crdt::Dot& record) const {
  const auto state = state_of(record, Record::PaperForms);
  if (!state) return fail(state);
  return Slip{frame, PaperFormsSlip{form_numbers(*at_.engine.scope_of(record.stream), **state)},
              Paper::A4};
}

}  // namespace yizhan::node
