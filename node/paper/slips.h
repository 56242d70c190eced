// Slips: how each kind of slip is laid out, and its PDF.
//
// What        One function per kind, from its content to blocks; `make_pdf` puts them on paper.
// Invariants  I1  a QR holds `YZ1:` and a printed number or an evaluation code, nothing else.
//             I2  what is not confirmed says so in white on black, above everything else.
//             I3  from the second copy on a slip says 补打.
// Units       Millimetres and points.
// Errors      See node/paper/page.h.
// Source      ux.md section 5 Print; design.md section 5 (numbers).
#pragma once
#include "node/paper/page.h"

namespace yizhan::node::paper {

Result<Pdf> make_pdf(const Slip& slip);

// The roll; the resident's half of A5, which also tells what to bring; the stub of the station.
enum class Part : unsigned char { Roll, Resident, Stub };
Blocks appointment_blocks(const SlipFrame& frame, const AppointmentSlip& slip, Part part);
Blocks ticket_blocks(const SlipFrame& frame, const TicketSlip& slip);
Blocks evaluation_blocks(const SlipFrame& frame, const EvaluationSlip& slip);
Blocks complaint_blocks(const SlipFrame& frame, const ComplaintSlip& slip);
Blocks day_close_blocks(const SlipFrame& frame, const DayCloseSlip& slip);
Blocks day_list_blocks(const SlipFrame& frame, const DayListSlip& slip);
Blocks paper_forms_blocks(const SlipFrame& frame, const PaperFormsSlip& slip);

// What slips share.
std::string code_text(const std::string& number);  // YZ1:…
void add_head(Blocks& blocks, const SlipFrame& frame, const std::string& title);
void add_foot(Blocks& blocks, const SlipFrame& frame);  // printed when and by whom, saved, copy
std::string joined(const std::vector<std::string>& texts, const char* between);

}  // namespace yizhan::node::paper
