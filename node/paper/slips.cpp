#include "node/paper/slips.h"

namespace yizhan::node::paper {
namespace {

Blocks blocks_of(const SlipFrame& frame, const SlipContent& content) {
  struct Visitor {
    const SlipFrame& frame;
    Blocks operator()(const AppointmentSlip& slip) const {
      return appointment_blocks(frame, slip, Part::Roll);
    }
    Blocks operator()(const TicketSlip& slip) const { return ticket_blocks(frame, slip); }
    Blocks operator()(const EvaluationSlip& slip) const { return evaluation_blocks(frame, slip); }
    Blocks operator()(const ComplaintSlip& slip) const { return complaint_blocks(frame, slip); }
    Blocks operator()(const DayCloseSlip& slip) const { return day_close_blocks(frame, slip); }
    Blocks operator()(const DayListSlip& slip) const { return day_list_blocks(frame, slip); }
    Blocks operator()(const PaperFormsSlip& slip) const { return paper_forms_blocks(frame, slip); }
  };
  return std::visit(Visitor{frame}, content);
}

// An appointment has a stub of its own; of everything else both halves are the same.
Result<Pdf> make_a5_of(const Slip& slip) {
  if (const auto* appointment = std::get_if<AppointmentSlip>(&slip.content)) {
    return make_a5(appointment_blocks(slip.frame, *appointment, Part::Resident),
                   appointment_blocks(slip.frame, *appointment, Part::Stub));
  }
  const Blocks blocks = blocks_of(slip.frame, slip.content);
  return make_a5(blocks, blocks);
}

}  // namespace

Result<Pdf> make_pdf(const Slip& slip) {
  switch (slip.paper) {
    case Paper::Roll80: return make_roll(blocks_of(slip.frame, slip.content));
    case Paper::A5: return make_a5_of(slip);
    case Paper::A4: return make_a4(blocks_of(slip.frame, slip.content));
  }
  return fail(Errc::Unsupported, "no such paper", "paper");
}

std::string code_text(const std::string& number) { return "YZ1:" + number; }

void add_head(Blocks& blocks, const SlipFrame& frame, const std::string& title) {
  blocks.emplace_back(Text{frame.station, 11, true, Align::Center});
  blocks.emplace_back(Text{title, 14, true, Align::Center});
  if (frame.copy > 1) {
    blocks.emplace_back(
        Text{"补打 第" + std::to_string(frame.copy) + "次", 10.5, true, Align::Center});
  }
  blocks.emplace_back(Gap{1});
}

void add_foot(Blocks& blocks, const SlipFrame& frame) {
  blocks.emplace_back(Rule{true});
  blocks.emplace_back(
      Text{"打印 " + frame.printed_at + " " + frame.printed_by + " · 已存本机", 10});
}

std::string joined(const std::vector<std::string>& texts, const char* between) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

}  // namespace yizhan::node::paper
