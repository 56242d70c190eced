#include "tests/storage/answers.h"

#include "node/store/database_copy.h"
#include "node/store/verify.h"

namespace yizhan::storage {
namespace {

constexpr std::int64_t kFirstDay = 20'000;  // of the drafts
constexpr std::int64_t kDays = 7;
constexpr int kNumbers = 200;
constexpr int kRounds = 40;
constexpr sync::LinkId kLink = 7;

std::uint64_t request_key(int number) {
  return node::test::booking(sync::Scope{}, number).idempotency->key;
}

class Asking {
 public:
  Asking(Station& station, const Machine& machine, const Answers& truth)
      : station_(station), store_(station.store()), machine_(machine), truth_(truth) {}

  void records();
  void days();
  void requests();
  void root();
  void exported();
  void received();
  void end();
  Heard heard;

 private:
  template <class T>
  bool answers(const Result<T>& answer) {
    if (answer) return true;
    tell(answer.error().detail);
    return false;
  }
  void tell(const std::string& what) {
    if (!heard.told) heard.told = what;
  }
  void expect(bool right, const std::string& what) {
    if (!right && !heard.wrong) heard.wrong = what;
  }

  Station& station_;
  const node::SqliteStore& store_;
  const Machine& machine_;
  const Answers& truth_;
};

void Asking::records() {
  for (const auto& [dot, wanted] : truth_.records) {
    const auto state = store_.entity(machine_.scope, dot);
    if (answers(state)) expect(*state && **state == wanted, "get of a record");
  }
}

void Asking::days() {
  for (std::int64_t day = kFirstDay; day < kFirstDay + kDays; ++day) {
    const auto rows = store_.day(machine_.scope, day);
    if (!answers(rows)) continue;
    std::vector<std::pair<crdt::Dot, std::int64_t>> said;
    for (const auto& row : *rows) said.emplace_back(row.dot, row.window * 100 + row.state);
    const auto wanted = truth_.days.find(day);
    const bool right = wanted == truth_.days.end() ? said.empty() : said == wanted->second;
    expect(right, "the list of a day");
  }
}

void Asking::requests() {
  for (int number = 1; number < kNumbers; ++number) {
    const std::uint64_t key = request_key(number);
    const auto row = store_.idempotency(key);
    const auto wanted = truth_.requests.find(key);
    const bool right = wanted == truth_.requests.end() ? !row : row == wanted->second;
    if (right) continue;
    const auto damage = station_.store().commit();  // what a read met is remembered
    if (answers(damage)) expect(false, "the answer to a request that came again");
  }
}

void Asking::root() {
  const auto roots = state_roots(store_);
  if (!answers(roots)) return;
  bool right = false;
  for (const node::ScopeRoot& row : *roots) {
    right = right || (row.scope == sync::text(machine_.scope) && row.state_root == truth_.root);
  }
  expect(right, "the state root");
}

void Asking::exported() {
  const node::test::TempFolder folder;
  const auto copied = copy_database(store_, folder.path() / "yizhan.db", [] { return true; });
  if (!answers(copied)) return;
  sim::SimEntropy entropy{sim::Prng(1, "export")};
  const auto copy = node::SqliteStore::open({folder.path(), false}, entropy);
  if (!answers(copy)) return;
  const auto roots = state_roots(**copy);
  if (!answers(roots)) return;
  bool right = false;
  for (const node::ScopeRoot& row : *roots) right = right || row.state_root == truth_.root;
  expect(right, "an export");
}

// A parent that holds nothing is sent everything.
void Asking::received() {
  Parent parent(machine_, 1, 1);
  station_.notices.clear();
  std::int64_t now = station_.now();
  parent.deliver(sync::LinkOpened{kLink, machine_.station.certificate.curve_key, false}, now);
  station_.deliver(sync::LinkOpened{kLink, machine_.city.hub.certificate.curve_key, true});
  for (int round = 0; round < kRounds; ++round) {
    now += 200;
    station_.pass_time(200);
    parent.pass_time(now);
    if (const auto turn = station_.turn(); !answers(turn)) return;
    if (station_.sent.empty() && parent.sent.empty() && round > kRounds / 2) break;
    for (; !station_.sent.empty(); station_.sent.pop_front()) {
      parent.deliver(sync::FrameReceived{kLink, station_.sent.front().bytes}, now);
    }
    for (; !parent.sent.empty(); parent.sent.pop_front()) {
      station_.deliver(sync::FrameReceived{kLink, parent.sent.front().bytes});
    }
  }
  if (parent.root(machine_.scope) == truth_.root) return;
  for (const sync::Notice& notice : station_.notices) {
    if (notice.kind == sync::Notice::Kind::Refused) return tell(notice.detail);
  }
  expect(false, "what the parent received");
}

void Asking::end() {
  if (const auto failure = station_.store().failure()) tell(failure->detail);
}

}  // namespace

Answers answers_of(const node::SqliteStore& store, const sync::Scope& scope) {
  Answers said;
  const auto visited =
      store.for_each_entity(scope, [&](const crdt::Dot& dot, const crdt::EntityState& state) {
        said.records.emplace(dot, state);
      });
  if (!visited) throw Broken("the truth cannot be read: " + visited.error().detail);
  for (std::int64_t day = kFirstDay; day < kFirstDay + kDays; ++day) {
    const auto rows = store.day(scope, day);
    for (const auto& row : rows.value()) {
      said.days[day].emplace_back(row.dot, row.window * 100 + row.state);
    }
  }
  for (int number = 1; number < kNumbers; ++number) {
    if (const auto row = store.idempotency(request_key(number))) {
      said.requests[request_key(number)] = *row;
    }
  }
  const auto roots = state_roots(store);
  for (const node::ScopeRoot& row : roots.value()) {
    if (row.scope == sync::text(scope)) said.root = row.state_root;
  }
  return said;
}

Heard ask(Station& station, const Machine& machine, const Answers& truth, AskedFor asked) {
  Asking asking(station, machine, truth);
  asking.records();
  asking.days();
  asking.requests();
  asking.root();
  if (asked.by_export) asking.exported();
  if (asked.by_sync) asking.received();
  asking.end();
  return asking.heard;
}

}  // namespace yizhan::storage
