#include "node/app/agent.h"

#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/materials.h"

namespace yizhan::node {
namespace {

using Field = AppointmentField;

tl::unexpected<Error> of_agent(const Error& error) {
  return fail(error.code, error.detail, "agent." + error.field);
}

Result<void> check_document(const Document& document, const Represented& resident,
                            CheckedAgent& out) {
  const auto kind = parse_document_kind(document.kind);
  if (!kind) return of_agent(kind.error());
  auto number = parse_document(*kind, document.number, resident.today);
  if (!number) return of_agent(number.error());
  if (*number == resident.document_number) {
    return fail(Errc::Conflict, "the agent is the resident", "agent.document.number");
  }
  out.document = *kind;
  out.document_number = std::move(*number);
  return {};
}

tl::unexpected<Error> too_short() {
  return fail(Errc::Conflict, "the authority ends before that day", "agent.valid_until");
}

Result<void> check_until(const std::optional<std::string>& until, std::int64_t day,
                         CheckedAgent& out) {
  const bool ends = out.basis == AgentBasis::PowerOfAttorney;
  if (ends != until.has_value()) {
    return fail(Errc::BadFormat, ends ? "is missing" : "a guardian's does not end so",
                "agent.valid_until");
  }
  if (!ends) return {};
  const auto last = parse_date(*until);
  if (!last) return fail(Errc::BadFormat, last.error().detail, "agent.valid_until");
  if (*last < day) return too_short();
  out.until = *last;
  return {};
}

}  // namespace

Result<CheckedAgent> check_agent(const Agent& agent, const Represented& resident) {
  CheckedAgent out;
  auto name = parse_person_name(agent.name);
  if (!name) return of_agent(name.error());
  out.name = std::move(*name);
  if (!agent.document && !agent.phone) {
    return fail(Errc::BadFormat, "neither a document nor a phone", "agent.phone");
  }
  if (agent.document) {
    if (auto known = check_document(*agent.document, resident, out); !known) return fail(known);
  }
  if (agent.phone) {
    auto phone = parse_phone(*agent.phone);
    if (!phone) return of_agent(phone.error());
    out.phone = std::move(*phone);
  }
  out.basis = agent.basis;
  if (auto until = check_until(agent.valid_until, resident.day, out); !until) return fail(until);
  return out;
}

void put_agent(const CheckedAgent& agent, sync::Draft& draft, crdt::RegSet& set) {
  PersonFields person(std::nullopt, static_cast<std::uint8_t>(draft.personal.size()));
  const auto put = [&set](AppointmentField field, crdt::Value value) {
    set.assigns.push_back({id(field), std::move(value), {}});
  };
  put(Field::AgentName, person.add(agent.name));
  if (agent.document) {
    put(Field::AgentDocumentKind, static_cast<std::int64_t>(*agent.document));
    put(Field::AgentDocumentNumber, person.add(agent.document_number));
  }
  if (agent.phone) put(Field::AgentPhone, person.add(*agent.phone));
  put(Field::AgentGround, static_cast<std::int64_t>(agent.basis));
  if (agent.until) put(Field::AuthorityUntil, *agent.until);
  person.put_into(draft);
}

Result<std::optional<Agent>> open_agent(PersonOpener& opener, const crdt::EntityState& state) {
  const auto basis = number_of(state, Field::AgentGround);
  if (!basis) return std::optional<Agent>();
  auto name = opener.shown(Field::AgentName);
  auto number = name ? opener.shown(Field::AgentDocumentNumber) : name;
  auto phone = number ? opener.shown(Field::AgentPhone) : number;
  if (!phone) return fail(phone);
  Agent out;
  out.name = std::move(*name);
  if (const auto kind = number_of(state, Field::AgentDocumentKind)) {
    out.document = Document{node::name(static_cast<DocumentKind>(*kind)), std::move(*number)};
  }
  if (!phone->empty()) out.phone = std::move(*phone);
  out.basis = static_cast<AgentBasis>(*basis);
  if (const auto until = number_of(state, Field::AuthorityUntil))
    out.valid_until = date_text(*until);
  return std::optional(std::move(out));
}

std::optional<std::string> masked_agent(PersonOpener& opener, const crdt::EntityState& state) {
  if (!number_of(state, Field::AgentGround)) return std::nullopt;
  const auto name = opener.shown(Field::AgentName);
  return name ? mask_name(*name) : kUnreadable;
}

std::vector<std::string> papers_asked(const std::string& item, const std::optional<Agent>& agent) {
  std::vector<std::string> papers = materials_of(item);
  if (!agent) return papers;
  for (std::string& paper : papers_of(agent->basis)) papers.push_back(std::move(paper));
  return papers;
}

Result<void> authority_reaches(const crdt::EntityState& state, std::int64_t day) {
  const auto until = number_of(state, Field::AuthorityUntil);
  if (until && *until < day) return too_short();
  return {};
}

}  // namespace yizhan::node
