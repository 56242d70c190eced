#include "tests/storage/day.h"

#include "sync/read_chain.h"
#include "tests/node/store/drafts.h"

namespace yizhan::storage {
namespace {

constexpr int kRounds = 12;  // of one exchange
constexpr sync::LinkId kLink = 1;

}  // namespace

Day::Day(const DayPlan& plan, Tally& tally)
    : plan_(plan),
      tally_(tally),
      machine_(plan.seed),
      chance_(plan.seed, "day"),
      disk_(plan.traits),
      parent_(machine_, plan.seed),
      recovery_(machine_, ledger_, plan.seed, tally) {
  disk_.on_step([this] {
    if (!chance_.per_mille(plan_.crashes)) return;
    const Mark mark = ledger_.mark(now_, done_until_, parent_.held());
    states_.push_back({disk_.after_crash(chance_), mark, plan_.word});
  });
}

// What the station still writes while it ends is looked at by nobody.
Day::~Day() {
  disk_.on_step(nullptr);
  station_.reset();
}

void Day::run() {
  start();
  exchange();
  commit();
  for (const PlannedFault& fault : plan_.faults) disk_.plan(fault);
  for (int i = 0; i < plan_.acts && !over_; ++i) {
    act();
    examine_all();
  }
  if (!over_) stop_and_start();
  examine_all();
  for (const auto& [fault, times] : disk_.struck()) tally_.faults[fault] += times;
}

void Day::act() {
  switch (chance_.below(16)) {
    case 0: return stop_and_start();
    case 1:
    case 2:
    case 3: return exchange();
    case 4:
    case 5: return pass_time();
    case 6:
    case 7:
    case 8: check_in(); break;
    case 9: book(); [[fallthrough]];
    default: book();
  }
  commit();
}

void Day::book() {
  if (over_) return;
  const auto written = station_->write(node::test::booking(machine_.scope, ++number_));
  if (!written) after_an_error(written.error());
}

// Of one who is booked; the change also moves the appointment.
void Day::check_in() {
  if (ledger_.changes().empty() || over_) return book();
  const sync::JournalChange& one = ledger_.changes()[chance_.below(ledger_.changes().size())];
  const crdt::Dot dot{one.stream, one.seq, 0};
  const auto state = station_->store().entity(machine_.scope, dot);
  if (!state) return after_an_error(state.error());
  if (*state == nullptr) return book();  // that was a check-in itself
  const int number = 3 * static_cast<int>(chance_.below(10));
  const auto written =
      station_->write(node::test::edit(machine_.scope, dot, **state, number == 0 ? 3 : number));
  if (!written) after_an_error(written.error());
}

void Day::commit() {
  if (over_) return;
  for (sync::JournalChange& change : station_->take_written()) ledger_.begin(std::move(change));
  const auto done = station_->turn();
  if (done) {
    ledger_.acknowledge(now_);
  } else {
    after_an_error(done.error());
  }
}

void Day::pass_time() {
  const std::int64_t ms = chance_.between(20, 900);
  now_ += ms;
  station_->pass_time(ms);
  done_until_ = now_;
  parent_.pass_time(now_);
  commit();
}

// Both say what they have to say, until they have said it.
void Day::exchange() {
  for (int round = 0; round < kRounds && !over_; ++round) {
    pass_time();
    if (over_) return;
    while (!station_->sent.empty()) {
      parent_.deliver(sync::FrameReceived{kLink, station_->sent.front().bytes}, now_);
      station_->sent.pop_front();
    }
    while (!parent_.sent.empty()) {
      station_->deliver(sync::FrameReceived{kLink, parent_.sent.front().bytes});
      parent_.sent.pop_front();
    }
    commit();
  }
}

void Day::connect() {
  parent_.deliver(sync::LinkClosed{kLink}, now_);
  parent_.sent.clear();
  parent_.deliver(sync::LinkOpened{kLink, machine_.station.certificate.curve_key, false}, now_);
  station_->deliver(sync::LinkOpened{kLink, machine_.city.hub.certificate.curve_key, true});
}

void Day::stop_and_start() {
  station_.reset();
  examine_all();
  start();
}

void Day::start() {
  for (int attempt = 0;; ++attempt) {
    station_ = std::make_unique<Station>(machine_, disk_, folder_, chance_.next(), now_);
    const auto started = station_->start();
    if (started) break;
    station_.reset();
    if (plan_.word == Word::Kept || (plan_.word == Word::Failed && attempt > 0)) {
      throw Broken("refused to start: " + started.error().detail);
    }
    disk_.mend();
    if (attempt == 0) continue;
    ++tally_.refused;
    over_ = true;
    return;
  }
  machine_.epoch = station_->history().identity().epoch;
  connect();
}

// The disk refused something. Without room the station goes on, else it is started again.
void Day::after_an_error(const Error& error) {
  if (plan_.word == Word::Kept) throw Broken("the disk is whole, yet: " + error.detail);
  tally_.note(error.detail);
  const bool stopped = station_->store().failure().has_value();
  if (!stopped && error.code == Errc::StorageFull) {
    examine_all();
    ledger_.drop_begun();
    disk_.mend();
    connect();
    return;
  }
  if (stopped && station_->store().commit()) throw Broken("goes on after an error of the disk");
  station_.reset();
  examine_all();
  disk_.mend();
  start();
  if (over_) return;
  const Mark mark = ledger_.mark(now_, done_until_, parent_.held());
  over_ = !recovery_.holds(*station_, mark, plan_.word);
  examine_all();
  if (!over_) settle_ledger();
}

// Of what was begun and not acknowledged: what stands is seen by everyone from now on.
void Day::settle_ledger() {
  std::map<StreamId, std::uint64_t> held;
  for (const sync::StreamRow& row : station_->store().streams()) held[row.id] = row.seq;
  std::vector<sync::JournalChange> begun(
      ledger_.changes().begin() + static_cast<std::ptrdiff_t>(ledger_.acknowledged()),
      ledger_.changes().end());
  ledger_.drop_begun();
  for (sync::JournalChange& change : begun) {
    if (change.seq <= held[change.stream]) ledger_.begin(std::move(change));
  }
  ledger_.acknowledge(now_);
}

void Day::examine_all() {
  std::vector<CrashState> states;
  states.swap(states_);
  for (CrashState& state : states) recovery_.examine(std::move(state));
}

}  // namespace yizhan::storage
