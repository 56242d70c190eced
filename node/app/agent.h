// Agent: who acts for the resident (代办), and on what ground.
//
// What        Checks what the counter takes down of an agent, keeps it on the appointment, and
//             gives it back. The agent is a person of their own: the fields are encrypted under a
//             key of their own.
// Invariants  I1  an agent is never the resident.
//             I2  a written authority is good on the day of the appointment, not only on that of
//                 the booking.
//             I3  of an agent no more is asked than the name and one way to know them again.
// Units       Days since 1970-01-01.
// Errors      BadFormat, field "agent.…"; Conflict, field "agent.valid_until" (it ends before that
//             day) or "agent.document.number" (it is the resident's own).
// Source      domain.md 4.2 (agent: 民法典 165 has name, matters, scope, period), section 5, hard
//             cases 31 to 33. The matter is the item that is booked.
#pragma once
#include "node/app/person_opener.h"
#include "node/app/record_edit.h"
#include "node/app/service_types.h"
#include "node/policy/person_document.h"

namespace yizhan::node {

// In their kept spelling.
struct CheckedAgent {
  std::string name;
  std::optional<DocumentKind> document;
  std::string document_number;
  std::optional<std::string> phone;
  AgentBasis basis = AgentBasis::PowerOfAttorney;
  std::optional<std::int64_t> until;  // last day of the written authority
};

struct Represented {  // what an agent is checked against
  std::string document_number;
  std::int64_t day = 0;  // of the appointment
  std::int64_t today = 0;
};
Result<CheckedAgent> check_agent(const Agent& agent, const Represented& resident);

// Puts the agent into a new appointment; `persons`: how many the draft holds before.
void put_agent(const CheckedAgent& agent, sync::Draft& draft, crdt::RegSet& set);

// Empty: the resident acts for themselves.
Result<std::optional<Agent>> open_agent(PersonOpener& opener, const crdt::EntityState& state);

// 李*; kUnreadable when the name does not open here, empty when nobody acts for the resident.
std::optional<std::string> masked_agent(PersonOpener& opener, const crdt::EntityState& state);

// The materials of the item, and the papers of who acts for the resident.
std::vector<std::string> papers_asked(const std::string& item, const std::optional<Agent>& agent);

// May an appointment with this state be moved to `day`?
Result<void> authority_reaches(const crdt::EntityState& state, std::int64_t day);

}  // namespace yizhan::node
