// Node service: Service over the engine loop.
//
// What        Each call becomes a task of the loop; its answer comes after the commit. Secrets are
//             hashed on a thread of their own in between.
// Invariants  I1  every call is answered exactly once, also when the loop stops.
//             I2  pages are told of every record that was written here, after its commit.
// Errors      See node/app/service.h.
// Source      style.md section 6; ADR-0008.
#pragma once
#include <atomic>
#include <deque>

#include "node/app/person_memo.h"
#include "node/app/record_history.h"
#include "node/app/records_types.h"
#include "node/app/service.h"
#include "node/backup/make_backup.h"
#include "node/identity/node_files.h"
#include "node/identity/secret_desk.h"
#include "node/policy/policy.h"
#include "node/runtime/loop_calls.h"
#include "node/runtime/worker.h"
#include "node/store/sqlite_verifiers.h"
#include "node/store/verify_journal.h"

namespace yizhan::node {

struct NodeFacts {
  std::string name;
  std::string version;
  sync::Key32 root_public{};
  std::optional<NodeId> parent;
  std::vector<sync::Certificate> above;
  std::filesystem::path data_dir;
  JournalOwner journal;
  const Policy& policy;  // outlives the service
  std::string printer;   // of slips; empty: the default of CUPS
  BackupPlan backups = {};
};

class NodeService final : public Service {
 public:
  // `store` is the loop's; it and `calls` outlive the service.
  NodeService(SqliteStore& store, LoopCalls& calls, NodeFacts facts, const Pepper& pepper);
  ~NodeService() override;

  void stop();  // when no sign-in is being hashed; before the loop is stopped
  void on_notices(const std::vector<sync::Notice>& notices);  // on the loop's thread
  NodeStatus status_of(const Core& core) const;
  std::vector<Route> routes(const Core& core) const;  // to the node above; none at a hub

  void check_secret(SecretTry secret, Done<SecretVerdict> done) override;
  void first_sign_in(FirstSignIn first, Done<SecretVerdict> done) override;

  void status(Done<NodeStatus> done) override;
  void set_clock(WallMs said, Done<NodeStatus> done) override;
  void divisions(Done<std::vector<DivisionRow>> done) override;
  void items(Done<std::vector<ItemRow>> done) override;
  void slots(std::string date, Done<std::vector<SlotRow>> done) override;

  void appointments(AppointmentQuery query, Done<AppointmentPage> done) override;
  void appointment(StaffMember staff, std::string id, Done<Appointment> done) override;
  void history(std::string id, Done<std::vector<HistoryRow>> done) override;
  void book(Intent intent, NewAppointment booking, Done<Appointment> done) override;
  void edit(Intent intent, AppointmentEdit edit, Done<Appointment> done) override;
  void reschedule(Intent intent, Reschedule to, Done<Appointment> done) override;
  void cancel(Intent intent, Cancel cancel, Done<Appointment> done) override;
  void finish(Intent intent, std::string id, Done<Appointment> done) override;
  void excuse(Intent intent, Excuse excuse, Done<Appointment> done) override;
  void no_show(Intent intent, std::string id, Done<Appointment> done) override;

  void admin_status(Done<AdminStatus> done) override;
  void sync_now(Done<SyncNow> done) override;
  void sync_log(std::int64_t limit, Done<std::vector<SyncLogRow>> done) override;
  void add_staff(NewStaff staff, Done<StaffCode> done) override;
  void staff(Done<std::vector<StaffRow>> done) override;
  void disable_staff(std::string login, Done<StaffRow> done) override;
  void enable_staff(std::string login, Done<StaffRow> done) override;
  void reset_staff(std::string login, Done<StaffCode> done) override;
  void stations(Done<std::vector<StationRow>> done) override;
  void new_ticket(NewTicket ticket, Done<Ticket> done) override;
  void approve_station(ApproveStation request, Done<ApprovedStation> done) override;
  void verify(Done<VerifyReport> done) override;
  void state_roots(Done<std::vector<ScopeRoot>> done) override;

 private:
  // A write of one appointment: answers with the record as it is durable.
  void write(Done<Appointment> done, LoopCalls::Work<crdt::Dot> work);

  struct Try;
  using Begin = std::function<Result<SecretAttempt>(std::optional<Account> account)>;
  void try_secret(std::string login, Done<SecretVerdict> done, Begin begin);
  void finish_secret(const std::shared_ptr<Try>& attempt);
  Result<SecretVerdict> verdict(Try& attempt);

  sync::Scope roster_scope(const sync::Engine& engine) const;
  std::string name_of(const Core& core, NodeId node) const;
  Result<StaffRow> staff_row(const Core& core, const std::string& login);
  void set_disabled(const std::string& login, bool disabled, Done<StaffRow> done);
  Result<std::vector<HistoryRow>> history_rows(const Core& core,
                                               const std::vector<RecordChange>& changes) const;
  void tell_status();
  void log_notice(const sync::Notice& notice);

  SqliteStore& store_;
  NodeFacts facts_;
  const Policy& policy_;
  SystemEntropy entropy_;
  SqliteVerifiers verifiers_;
  SecretDesk desk_;
  LoopCalls& calls_;
  PersonMemo people_;  // on the loop's thread
  std::atomic<bool> telling_{false};
  std::deque<SyncLogRow> log_;  // newest first; on the loop's thread
  Worker hashing_;              // last: its jobs use everything above
};

}  // namespace yizhan::node
