#include "node/runtime/node_paper.h"

#include <malloc.h>

#include "node/app/calendar_view.h"
#include "node/app/intents.h"
#include "node/app/slip_desk.h"
#include "node/app/slip_words.h"
#include "node/paper/slips.h"
#include "node/policy/china_time.h"
#include "node/runtime/clocks.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

std::string new_slip_name() {
  SystemEntropy entropy;
  std::array<std::uint8_t, 16> bytes{};
  entropy.fill(bytes);
  return to_hex(bytes);
}

}  // namespace

void NodePaper::policy(Done<PolicyFacts> done) {
  done(PolicyFacts{policy_.version, date_text(policy_.effective_from), false, station_name_,
                   policy_values(policy_)});
}

void NodePaper::calendar(CalendarQuery query, Done<std::vector<CalendarRow>> done) {
  calls_.look<std::vector<CalendarRow>>(std::move(done),
                                        [this, query = std::move(query)](const Core& core) {
                                          return calendar_rows(policy_, query, core.wall);
                                        });
}

void NodePaper::print(Intent intent, NewSlip wish, Done<MadeSlip> done) {
  if (!is_counted(wish.kind)) return fill(intent, wish, std::nullopt, done);
  const auto counted = [this, intent, wish, done](const Result<crdt::Dot>& record) {
    if (!record) return done(fail(record));
    if (wish.kind == SlipKind::Appointment && calls_.events() != nullptr) {
      calls_.events()->appointment_changed(wish.id);
    }
    fill(intent, wish, *record, done);
  };
  calls_.change<crdt::Dot>(counted, [this, intent, wish](Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return SlipDesk({core.engine, reads, policy_, core.wall, core.mono, effects}, rating_key_)
        .count(intent, wish);
  });
}

void NodePaper::fill(const Intent& intent, const NewSlip& wish, std::optional<crdt::Dot> record,
                     const Done<MadeSlip>& done) {
  const auto drawn = [this, intent, wish, done](const Result<Slip>& slip) {
    if (!slip) return done(fail(slip));
    printing_.post([this, intent, wish, done, slip = *slip] { done(make(intent, wish, slip)); });
  };
  calls_.look<Slip>(drawn, [this, intent, wish, record](const Core& core) {
    const StoreReads reads(core.store);
    sync::Effects none;
    const SlipDesk desk({core.engine, reads, policy_, core.wall, core.mono, none}, rating_key_);
    return desk.fill(wish, slip_frame(policy_, station_name_, intent.staff.display_name, core.wall),
                     record);
  });
}

Result<MadeSlip> NodePaper::make(const Intent& intent, const NewSlip& wish, const Slip& slip) {
  const paper::Wish key{intent_key(intent), intent.request_hash};
  const auto before = shelf_.made_for(key, mono_now());
  if (!before) return fail(before);
  if (*before) return **before;
  auto pdf = paper::make_pdf(slip);
  ::malloc_trim(0);  // embedding a Chinese font takes tens of MiB for a moment
  if (!pdf) return fail(pdf);
  MadeSlip made;
  made.slip = new_slip_name();
  made.pages = pdf->pages;
  made.copy = slip.frame.copy;
  made.problem = printers_.print(wish.printer, *pdf, wish.paper);
  if (const auto* forms = std::get_if<PaperFormsSlip>(&slip.content)) made.numbers = forms->numbers;
  shelf_.put(key, made, std::move(pdf->bytes), mono_now());
  return made;
}

void NodePaper::slip(std::string slip, Done<std::string> done) {
  auto pdf = shelf_.pdf(slip, mono_now());
  if (!pdf) return done(fail(Errc::NotFound, "no such slip any more", "slip"));
  done(std::move(*pdf));
}

void NodePaper::printers(Done<std::vector<PrinterRow>> done) {
  printing_.post([this, done] { done(printers_.list()); });
}

}  // namespace yizhan::node
