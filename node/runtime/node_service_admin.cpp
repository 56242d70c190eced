// The part of the service that the operator uses.
#include <algorithm>

#include "node/app/roster.h"
#include "node/identity/invitations.h"
#include "node/policy/divisions.h"
#include "node/runtime/node_service.h"
#include "node/store/sqlite_invitations.h"
#include "node/store/store_reads.h"
#include "node/store/verify.h"

namespace yizhan::node {
namespace {

std::int64_t count(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::string division_name(const sync::Division& division) {
  const DivisionEntry* entry = division_at(division.text());
  return entry == nullptr ? division.text() : std::string(entry->name);
}

NodeRole role_shown(sync::Role role) { return static_cast<NodeRole>(role); }

// The chain that a new node at `division` trusts; its last is the node that it dials.
std::vector<sync::Certificate> chain_above(const sync::Engine& engine, const NodeFacts& facts,
                                           const sync::Division& division) {
  std::vector<sync::Certificate> chain = facts.above;
  chain.push_back(engine.self());
  for (const sync::Certificate& member : engine.members()) {
    const bool between = member.role == sync::Role::District && member.node() != engine.node() &&
                         member.home != division && division.within(member.home);
    if (between) {
      chain.push_back(member);
      break;
    }
  }
  return chain;
}

Result<void> may_invite(const sync::Certificate& self, const sync::Division& division,
                        sync::Role role) {
  if (self.role == sync::Role::Station) {
    return fail(Errc::Denied, "a station invites nobody; ask the city or the district", "role");
  }
  if (!division.within(self.home) || division == self.home) {
    return fail(Errc::OutOfScope, "the division is not below this node", "division");
  }
  if (role == sync::Role::District && self.role != sync::Role::Hub) {
    return fail(Errc::Denied, "only the city invites districts", "role");
  }
  if (division_at(division.text()) == nullptr) {
    return fail(Errc::BadFormat, "no such division is known", "division");
  }
  return {};
}

}  // namespace

std::string NodeService::name_of(const Core& core, NodeId node) const {
  const sync::Certificate* member = core.engine.member(node);
  return member == nullptr ? to_hex(view(node)).substr(0, 8) : division_name(member->home);
}

void NodeService::admin_status(Done<AdminStatus> done) {
  calls_.look<AdminStatus>(std::move(done), [this](const Core& core) {
    AdminStatus out;
    out.node = status_of(core);
    const SqliteStore::Counts counts = core.store.counts();
    for (const sync::StreamRow& row : core.engine.streams()) out.changes += count(row.seq);
    out.segments = counts.segments;
    out.entities = counts.entities;
    out.database_bytes = counts.bytes;
    out.dead_letters = counts.dead_letters;
    for (const sync::PeerStatus& peer : core.engine.peers()) {
      const sync::Certificate* member = core.engine.member(peer.node);
      out.peers.push_back({to_hex(view(peer.node)), name_of(core, peer.node),
                           role_shown(member ? member->role : sync::Role::Station), peer.connected,
                           peer.last_contact});
    }
    return out;
  });
}

void NodeService::sync_now(Done<SyncNow> done) {
  calls_.change<SyncNow>(std::move(done), [](Core& core, sync::Effects& effects) {
    core.engine.sync_now(core.wall, core.mono, effects);
    const auto peers = core.engine.peers();
    return SyncNow{std::any_of(peers.begin(), peers.end(),
                               [](const sync::PeerStatus& peer) { return peer.connected; })};
  });
}

void NodeService::sync_log(std::int64_t limit, Done<std::vector<SyncLogRow>> done) {
  calls_.look<std::vector<SyncLogRow>>(std::move(done), [this, limit](const Core&) {
    const auto rows = std::min<std::int64_t>(limit, static_cast<std::int64_t>(log_.size()));
    return std::vector<SyncLogRow>(log_.begin(), log_.begin() + rows);
  });
}

// ---- staff

Result<StaffRow> NodeService::staff_row(const Core& core, const std::string& login) {
  const auto entry = find_login(StoreReads(core.store), roster_scope(core.engine), login);
  if (!entry) return fail(entry);
  if (!*entry) return fail(Errc::NotFound, "nobody has this login", "login");
  const auto has_secret = desk_.has_secret((*entry)->id);
  if (!has_secret) return fail(has_secret);
  return StaffRow{(*entry)->login, (*entry)->display_name, (*entry)->role, (*entry)->disabled,
                  *has_secret};
}

void NodeService::staff(Done<std::vector<StaffRow>> done) {
  calls_.look<std::vector<StaffRow>>(
      std::move(done), [this](const Core& core) -> Result<std::vector<StaffRow>> {
        const auto roster = read_roster(StoreReads(core.store), roster_scope(core.engine));
        if (!roster) return fail(roster);
        std::vector<StaffRow> rows;
        for (const RosterEntry& entry : *roster) {
          auto row = staff_row(core, entry.login);
          if (!row) return fail(row);
          rows.push_back(std::move(*row));
        }
        return rows;
      });
}

void NodeService::add_staff(NewStaff staff, Done<StaffCode> done) {
  calls_.change<StaffCode>(
      std::move(done),
      [this, staff = std::move(staff)](Core& core, sync::Effects& effects) -> Result<StaffCode> {
        const sync::Scope scope = roster_scope(core.engine);
        const auto taken = find_login(StoreReads(core.store), scope, staff.login);
        if (!taken) return fail(taken);
        if (*taken) return fail(Errc::Conflict, "somebody has this login", "login");
        StaffId id;
        CodeEntropy fresh{};
        entropy_.fill(id.value);
        entropy_.fill(fresh);
        const auto written =
            core.engine.write(core.wall, core.mono, draft_new_staff(scope, staff, id), effects);
        if (!written) return fail(written);
        auto code = desk_.issue_code(id, fresh, core.wall);
        if (!code) return fail(code);
        return StaffCode{staff.login, std::move(*code),
                         core.wall + std::chrono::milliseconds(kCodeLifeMs)};
      });
}

void NodeService::disable_staff(std::string login, Done<StaffRow> done) {
  set_disabled(login, true, std::move(done));
}

void NodeService::enable_staff(std::string login, Done<StaffRow> done) {
  set_disabled(login, false, std::move(done));
}

void NodeService::set_disabled(const std::string& login, bool disabled, Done<StaffRow> done) {
  calls_.change<StaffRow>(
      std::move(done),
      [this, login, disabled](Core& core, sync::Effects& effects) -> Result<StaffRow> {
        const sync::Scope scope = roster_scope(core.engine);
        const StoreReads reads(core.store);
        const auto entry = find_login(reads, scope, login);
        if (!entry) return fail(entry);
        if (!*entry) return fail(Errc::NotFound, "nobody has this login", "login");
        const auto state = reads.entity(scope, (*entry)->dot);
        if (!state) return fail(state);
        const auto written =
            core.engine.write(core.wall, core.mono,
                              draft_set_disabled(scope, (*entry)->dot, **state, disabled), effects);
        if (!written) return fail(written);
        if (disabled && calls_.events() != nullptr) calls_.events()->end_sign_ins((*entry)->id);
        auto row = staff_row(core, login);
        if (row) row->disabled = disabled;
        return row;
      });
}

void NodeService::reset_staff(std::string login, Done<StaffCode> done) {
  calls_.change<StaffCode>(
      std::move(done),
      [this, login = std::move(login)](Core& core, sync::Effects&) -> Result<StaffCode> {
        const auto entry = find_login(StoreReads(core.store), roster_scope(core.engine), login);
        if (!entry) return fail(entry);
        if (!*entry) return fail(Errc::NotFound, "nobody has this login", "login");
        CodeEntropy fresh{};
        entropy_.fill(fresh);
        auto code = desk_.issue_code((*entry)->id, fresh, core.wall);
        if (!code) return fail(code);
        if (calls_.events() != nullptr) calls_.events()->end_sign_ins((*entry)->id);
        return StaffCode{login, std::move(*code),
                         core.wall + std::chrono::milliseconds(kCodeLifeMs)};
      });
}

// ---- nodes below

void NodeService::stations(Done<std::vector<StationRow>> done) {
  calls_.look<std::vector<StationRow>>(
      std::move(done), [](const Core& core) -> Result<std::vector<StationRow>> {
        std::vector<StationRow> rows;
        const auto peers = core.engine.peers();
        for (const sync::Certificate& member : core.engine.members()) {
          const NodeId node = member.node();
          if (node == core.engine.node() || !member.home.within(core.engine.self().home)) continue;
          const auto peer =
              std::find_if(peers.begin(), peers.end(),
                           [&](const sync::PeerStatus& status) { return status.node == node; });
          rows.push_back({to_hex(view(node)), division_name(member.home), member.home.text(),
                          role_shown(member.role), core.engine.revoked(node) ? "revoked" : "active",
                          peer == peers.end() ? std::nullopt : peer->last_contact});
        }
        const auto invited = SqliteInvitations(core.store).all();
        if (!invited) return fail(invited);
        for (const Invitation& row : *invited) {
          if (row.used_by) continue;
          rows.push_back({"", row.name, row.division.text(), role_shown(row.role), "invited", {}});
        }
        std::sort(rows.begin(), rows.end(), [](const StationRow& a, const StationRow& b) {
          return std::tie(a.division, a.node) < std::tie(b.division, b.node);
        });
        return rows;
      });
}

void NodeService::new_ticket(NewTicket wish, Done<Ticket> done) {
  calls_.change<Ticket>(
      std::move(done),
      [this, wish = std::move(wish)](Core& core, sync::Effects&) -> Result<Ticket> {
        const auto division = sync::Division::parse(wish.division);
        if (!division) return fail(Errc::BadFormat, division.error().detail, "division");
        const auto role = static_cast<sync::Role>(wish.role);
        if (auto may = may_invite(core.engine.self(), *division, role); !may) return fail(may);
        JoinTicket ticket;
        entropy_.fill(ticket.invitation);
        entropy_.fill(ticket.secret);
        ticket.root_public = facts_.root_public;
        ticket.role = role;
        ticket.division = *division;
        ticket.name = wish.name;
        ticket.carry_only = wish.carry_only;
        ticket.above = chain_above(core.engine, facts_, *division);
        ticket.parent = ticket.above.back().node();
        ticket.expires_at = core.wall + std::chrono::hours(wish.valid_hours);
        auto saved = SqliteInvitations(core.store)
                         .save({ticket.invitation, ticket.secret, ticket.role, ticket.division,
                                ticket.name, ticket.carry_only, ticket.expires_at, std::nullopt});
        if (!saved) return fail(saved);
        return Ticket{ticket_text(ticket), ticket.expires_at};
      });
}

void NodeService::approve_station(ApproveStation approval, Done<ApprovedStation> done) {
  calls_.change<ApprovedStation>(
      std::move(done),
      [approval = std::move(approval)](Core& core,
                                       sync::Effects& effects) -> Result<ApprovedStation> {
        const auto request = parse_request(approval.request);
        if (!request) return fail(request);
        SqliteInvitations invitations(core.store);
        auto invitation = invitations.find(request->invitation);
        if (!invitation) return fail(invitation);
        if (!*invitation) return fail(Errc::NotFound, "no ticket of this node", "request");
        const auto subject =
            accept_request(**invitation, *request, core.engine.self().network, core.wall);
        if (!subject) return fail(subject);
        const NodeId node = subject->node();
        if (core.engine.revoked(node)) {
          return fail(Errc::Conflict, "the machine was revoked", "node");
        }
        if (core.engine.member(node) == nullptr) {
          const auto written = core.engine.certify(core.wall, core.mono, *subject, effects);
          if (!written) return fail(written);
          (*invitation)->used_by = node;
          if (auto saved = invitations.save(**invitation); !saved) return fail(saved);
        }
        const JoinReply reply{request->invitation, *core.engine.member(node)};
        return ApprovedStation{to_hex(view(node)), (*invitation)->name,
                               (*invitation)->division.text(), reply_text(reply)};
      });
}

namespace {

// The one node whose id begins like that.
Result<NodeId> node_called(const sync::Engine& engine, const std::string& begin) {
  std::optional<NodeId> found;
  for (const sync::Certificate& member : engine.members()) {
    if (!to_hex(view(member.node())).starts_with(begin)) continue;
    if (found) return fail(Errc::Conflict, "several nodes begin like that", "node.several");
    found = member.node();
  }
  if (!found) return fail(Errc::NotFound, "no node of that name is known", "node");
  return *found;
}

}  // namespace

void NodeService::revoke_station(RevokeStation wish, Done<RevokedStation> done) {
  calls_.change<RevokedStation>(
      std::move(done),
      [wish = std::move(wish)](Core& core, sync::Effects& effects) -> Result<RevokedStation> {
        const auto node = node_called(core.engine, wish.node);
        if (!node) return fail(node);
        const auto written = core.engine.revoke(core.wall, core.mono, *node, effects);
        if (!written) return fail(written);
        const sync::Certificate& member = *core.engine.member(*node);
        const auto stands = core.engine.revoked(*node).value_or(sync::Engine::Revoked{});
        return RevokedStation{to_hex(view(*node)), division_name(member.home), member.home.text(),
                              static_cast<std::int64_t>(stands.counted),
                              static_cast<std::int64_t>(stands.held)};
      });
}

// ---- what is stored

void NodeService::verify(Done<VerifyReport> done) {
  calls_.study<VerifyReport>(
      std::move(done),
      [this](const SqliteStore& snapshot) {
        return node::verify(snapshot, facts_.root_public, &facts_.journal);
      },
      Damage::Tell);
}

void NodeService::state_roots(Done<std::vector<ScopeRoot>> done) {
  calls_.study<std::vector<ScopeRoot>>(
      std::move(done), [](const SqliteStore& snapshot) { return node::state_roots(snapshot); });
}

}  // namespace yizhan::node
