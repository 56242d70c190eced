// Slip words: dates, times and states as they are printed.
//
// Errors      none.
// Source      ux.md sections 4 and 5.
#pragma once
#include "crdt/life.h"
#include "node/app/feedback_types.h"
#include "node/app/slip_content.h"
#include "node/policy/slots.h"

namespace yizhan::node {

std::string item_name(const std::string& code);
std::string long_date(std::int64_t day);  // 2026年3月5日 周四
std::string short_moment(WallMs at);      // 3月2日 16:02
std::string window_text(const Policy& policy, std::int64_t day, std::int64_t window);
std::string period_text(std::optional<Period> period);  // 午间; empty in regular hours
Certainty certainty_of(crdt::Appointment life);
const char* state_text(crdt::Appointment life);  // 已确认, 候补, 已签到 …
const char* about_text(ComplaintAbout about);    // 等候时间
const char* fact_text(ComplaintFact fact);       // 推诿拖延
SlipFrame slip_frame(const Policy& policy, const std::string& station, const std::string& clerk,
                     WallMs now);

}  // namespace yizhan::node
