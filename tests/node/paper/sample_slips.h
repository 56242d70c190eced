// Sample slips: one of each kind, with the longest and rarest texts that may stand on it.
#pragma once
#include <map>
#include <string>

#include "node/app/slip_content.h"

namespace yizhan::node::paper {

SlipFrame sample_frame();
AppointmentSlip sample_appointment();
// By name: kind and paper.
std::map<std::string, Slip> sample_slips();

}  // namespace yizhan::node::paper
