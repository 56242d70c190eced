// Fake service: answers at once; what a test does not use is Unsupported.
#pragma once
#include "node/http/services.h"

namespace yizhan::node {

struct FakeService : Service {
  template <class T>
  static void refuse(const Done<T>& done) {
    done(fail(Errc::Unsupported, "the fake service has no answer"));
  }
  static StaffMember clerk() {
    return {.id = {}, .login = "wangmin", .display_name = "王敏", .role = StaffRole::Clerk};
  }

  void check_secret(SecretTry secret, Done<SecretVerdict> done) override {
    SecretVerdict verdict;
    if (secret.secret == "270418") verdict.staff = clerk();
    done(verdict);
  }
  void first_sign_in(FirstSignIn, Done<SecretVerdict> done) override { refuse(done); }
  void status(Done<NodeStatus> done) override { done(NodeStatus{}); }
  void divisions(Done<std::vector<DivisionRow>> done) override { refuse(done); }
  void items(Done<std::vector<ItemRow>> done) override { done(std::vector<ItemRow>{}); }
  void slots(std::string, Done<std::vector<SlotRow>> done) override { refuse(done); }
  void appointments(AppointmentQuery, Done<AppointmentPage> done) override { refuse(done); }
  void appointment(StaffMember, std::string, Done<Appointment> done) override { refuse(done); }
  void history(std::string, Done<std::vector<HistoryRow>> done) override { refuse(done); }
  void book(Intent, NewAppointment, Done<Appointment> done) override {
    ++bookings;
    refuse(done);
  }
  void edit(Intent, AppointmentEdit, Done<Appointment> done) override { refuse(done); }
  void reschedule(Intent, Reschedule, Done<Appointment> done) override { refuse(done); }
  void cancel(Intent, Cancel, Done<Appointment> done) override { refuse(done); }
  void finish(Intent, std::string, Done<Appointment> done) override { refuse(done); }
  void excuse(Intent, Excuse, Done<Appointment> done) override { refuse(done); }
  void no_show(Intent, std::string, Done<Appointment> done) override { refuse(done); }
  void admin_status(Done<AdminStatus> done) override { refuse(done); }
  void set_clock(WallMs, Done<NodeStatus> done) override { refuse(done); }
  void sync_now(Done<SyncNow> done) override { refuse(done); }
  void sync_log(std::int64_t, Done<std::vector<SyncLogRow>> done) override {
    done(std::vector<SyncLogRow>{});
  }
  void add_staff(NewStaff, Done<StaffCode> done) override { refuse(done); }
  void staff(Done<std::vector<StaffRow>> done) override { refuse(done); }
  void disable_staff(std::string, Done<StaffRow> done) override { refuse(done); }
  void enable_staff(std::string, Done<StaffRow> done) override { refuse(done); }
  void reset_staff(std::string, Done<StaffCode> done) override { refuse(done); }
  void stations(Done<std::vector<StationRow>> done) override { refuse(done); }
  void new_ticket(NewTicket, Done<Ticket> done) override { refuse(done); }
  void approve_station(ApproveStation, Done<ApprovedStation> done) override { refuse(done); }
  void verify(Done<VerifyReport> done) override { refuse(done); }
  void state_roots(Done<std::vector<ScopeRoot>> done) override { refuse(done); }

  int bookings = 0;
};

struct FakeQueue : QueueService {
  template <class T>
  static void refuse(const Done<T>& done) {
    FakeService::refuse(done);
  }
  void windows(Done<std::vector<WindowRow>> done) override { refuse(done); }
  void add_window(Intent, NewWindow, Done<WindowRow> done) override { refuse(done); }
  void change_window(Intent, WindowEdit, Done<WindowRow> done) override { refuse(done); }
  void open_window(StaffMember, std::int64_t, bool, Done<OpenedSeat> done) override {
    refuse(done);
  }
  void close_window(std::int64_t, std::string, Done<WindowRow> done) override { refuse(done); }
  void queue(std::optional<std::int64_t>, Done<Queue> done) override { refuse(done); }
  void visit(std::string, Done<Visit> done) override { refuse(done); }
  void take_ticket(Intent intent, NewVisit wish, Done<Arrival> done) override {
    ++tickets;
    last_login = intent.staff.login;
    Arrival arrival;
    arrival.visit.ticket = "A001";
    arrival.visit.masked_name = wish.name;
    done(arrival);
  }
  void check_in(Intent intent, std::string, Done<Arrival> done) override {
    last_login = intent.staff.login;
    Arrival arrival;
    arrival.visit.ticket = "A002";
    arrival.visit.masked_name = "张*";
    done(arrival);
  }
  void call(Intent, std::string, std::optional<std::string>, Done<Visit> done) override {
    refuse(done);
  }
  void start(Intent, std::string, std::string, Done<Visit> done) override { refuse(done); }
  void recall(Intent, std::string, std::string, Done<Visit> done) override { refuse(done); }
  void miss(Intent, std::string, std::string, Done<Visit> done) override { refuse(done); }
  void give_back(Intent, std::string, Done<Visit> done) override { refuse(done); }
  void hold(Intent, std::string, HoldVisit, Done<Visit> done) override { refuse(done); }
  void resume(Intent, std::string, std::string, Done<Visit> done) override { refuse(done); }
  void transfer(Intent, std::string, TransferVisit, Done<Visit> done) override { refuse(done); }
  void leave(Intent, std::string, LeaveReason, Done<Visit> done) override { refuse(done); }
  void note(Intent, VisitNote, Done<Visit> done) override { refuse(done); }
  void day_close(Done<DayClose> done) override { refuse(done); }
  void spoil_form(Intent, SpoiledForm, Done<DayClose> done) override { refuse(done); }
  void close_day(Intent, WithLeft, Done<DayClose> done) override { refuse(done); }
  void undo(Intent, std::string, Done<Undone> done) override { refuse(done); }
  void finish(Intent, std::string, std::string, FinishVisit, Done<Visit> done) override {
    refuse(done);
  }

  int tickets = 0;
  std::string last_login;  // of whom the last ticket was taken by
};
struct FakeHall : HallService {
  void devices(Done<std::vector<DeviceRow>> done) override { done(std::vector<DeviceRow>{}); }
  void add_device(NewDevice, Done<AddedDevice> done) override { FakeService::refuse(done); }
  void remove_device(std::string, Done<DeviceRow> done) override { FakeService::refuse(done); }
  void pair_device(std::string code, Done<PairVerdict> done) override {
    PairVerdict verdict;
    verdict.retry_after_s = 1;
    if (code == "ABCD2345") {
      verdict.device = DeviceRow{"0011223344556677", DeviceKind::Display, "大厅", {}, true, {}};
      verdict.token = "token-of-a-new-device";
    }
    done(verdict);
  }
  void device_seen(std::string) override { ++seen; }
  void display(Done<Display> done) override { done(Display{}); }
  void ticket_screen(Done<TicketScreen> done) override { done(TicketScreen{}); }
  void eval_screen(std::int64_t window, Done<EvalScreen> done) override {
    EvalScreen screen;
    screen.number = window;
    done(screen);
  }

  int seen = 0;
};
struct FakeFeedback : FeedbackService {
  void evaluate(Intent intent, NewEvaluation wish, Done<EvaluationVerdict> done) override {
    asker = intent.staff.login;
    asked = std::move(wish);
    done(verdict);
  }
  void evaluation_summary(std::string, Done<EvaluationSummary> done) override {
    FakeService::refuse(done);
  }
  void complain(Intent, NewComplaint, Done<ComplaintReceipt> done) override {
    FakeService::refuse(done);
  }
  void complaints(ComplaintQuery, Done<ComplaintPage> done) override { FakeService::refuse(done); }

  std::string asker;
  NewEvaluation asked;
  EvaluationVerdict verdict;
};
struct FakePaper : PaperService {
  void print(Intent intent, NewSlip, Done<MadeSlip> done) override {
    printed_by = intent.staff.login;
    MadeSlip made;
    made.slip = std::string(32, '0');
    made.problem = PrintProblem::PaperOut;
    done(made);
  }
  void slip(std::string, Done<std::string> done) override { FakeService::refuse(done); }
  void printers(Done<std::vector<PrinterRow>> done) override { FakeService::refuse(done); }
  void policy(Done<PolicyFacts> done) override { FakeService::refuse(done); }
  void calendar(CalendarQuery, Done<std::vector<CalendarRow>> done) override {
    FakeService::refuse(done);
  }

  std::string printed_by;
};
struct FakeRecords : RecordsService {
  void sign_in_names(Done<std::vector<NameTile>> done) override { FakeService::refuse(done); }
  void sync_state(Done<SyncState> done) override { FakeService::refuse(done); }
  void health(Done<HealthReport> done) override { FakeService::refuse(done); }
  void verify_now(Done<VerifyReport> done) override { FakeService::refuse(done); }
  void lookup(LookupQuestion wish, Done<Lookup> done) override {
    if (!wish.arriving) return FakeService::refuse(done);
    Lookup found;
    found.bad_code = wish.text == "YZ1:x";
    if (wish.text == "YZ1:1") {
      found.matches.emplace_back().life = crdt::Appointment::Confirmed;
      found.matches.back().id = "mfzgk3tbonswy3a";
    }
    done(std::move(found));
  }
  void overview(std::optional<std::string>, Done<Overview> done) override {
    FakeService::refuse(done);
  }
  void station(std::string, std::optional<std::string>, Done<StationDetail> done) override {
    FakeService::refuse(done);
  }
  void search(RecordQuery, Done<RecordPage> done) override { FakeService::refuse(done); }
};

struct FakeBackups : BackupService {
  void back_up(Done<BackupDone> done) override {
    done(BackupDone{"/var/lib/yizhan/backups/one.yzb", 4096, {1'772'649'000'000}, 1});
  }
};

struct FakeServices {
  operator http::Services() { return {node, queue, hall, feedback, paper, records, backups}; }

  FakeService node;
  FakeQueue queue;
  FakeHall hall;
  FakeFeedback feedback;
  FakePaper paper;
  FakeRecords records;
  FakeBackups backups;
};

}  // namespace yizhan::node
