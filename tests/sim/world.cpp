#include "tests/sim/world.h"

#include <algorithm>

#include "crdt/base/check.h"

namespace yizhan::sim {
namespace {

constexpr Micros kClerksBegin = 30 * kSecond;
constexpr Micros kFaultsBegin = kMinute;
constexpr Micros kFaultsEnd = 15 * kMinute;
constexpr Micros kMachineWindow = 30 * kSecond;
constexpr Micros kAgreementWithin = 2 * kHour;
constexpr Micros kDeadClockLasts = 2 * kHour;
constexpr std::uint64_t kFullEvery = 64;  // events
constexpr std::int64_t kChangesAimed = 480;
constexpr std::uint64_t kDeadClockEvery = 16;  // seeds
constexpr std::uint64_t kLastWordsEvery = 4;   // seeds
constexpr int kLastWordsMax = 64;
constexpr std::size_t kHub = 0;

sync::SignKey draw_key(sync::Entropy& entropy) {
  sync::Key32 seed;
  entropy.fill(seed);
  return sync::SignKey(sync::Secret32(seed));
}

}  // namespace

SeedResult run_seed(std::uint64_t seed, std::ostream* text) { return World(seed, text).run(); }

World::World(std::uint64_t seed, std::ostream* text)
    : context_(seed, text, kFaultsBegin, kFaultsEnd),
      prng_(seed, "world"),
      entropy_(Prng(seed, "founding")),
      root_(draw_key(entropy_)),
      net_(context_, *this),
      oracles_(context_, nodes_),
      clerks_(context_, nodes_, oracles_),
      theft_(context_, nodes_, net_) {}

SeedResult World::run() {
  found();
  Agenda& agenda = context_.agenda;
  agenda.at(kClerksBegin, [this] { clerks_.work(kFaultsEnd, kChangesAimed); });
  agenda.at(kFaultsBegin, [this] { begin_faults(); });
  agenda.at(kFaultsEnd, [this] { mend(); });
  run_agenda();

  SeedResult result;
  result.seed = context_.seed;
  result.events = agenda.ran();
  result.changes = oracles_.history().size();
  result.faults = context_.faults.counts();
  result.checks = context_.verdict.checks();
  result.violation = context_.verdict.violation();
  result.trace = context_.trace.finish();
  return result;
}

void World::run_agenda() {
  std::size_t turn = 0;
  while (!done_ && !context_.verdict.broken() && context_.agenda.run_one()) {
    oracles_.on_in_flight(net_.bytes_in_flight_max());
    if (context_.agenda.ran() % kFullEvery == 0) oracles_.full(++turn % nodes_.size());
  }
}

// ---- founding

void World::found() {
  enrol(sync::Role::Hub, "1403", std::nullopt, false);
  const bool large = prng_.per_mille(250);
  const std::size_t districts = large ? 1 + prng_.below(3) : 1;
  for (std::size_t d = 0; d < districts; ++d) {
    const std::string home = "1403/14031" + std::to_string(1 + d);
    const std::size_t district = enrol(sync::Role::District, home, kHub, prng_.per_mille(300));
    const std::size_t stations = large ? 1 + prng_.below(4) : 2;
    for (std::size_t s = 0; s < stations; ++s) {
      const std::string code = "/14031" + std::to_string(1 + d) + "10" + std::to_string(s);
      enrol(sync::Role::Station, home + code, district, false);
    }
  }
  for (const auto& node : nodes_) node->commit_now();
}

std::size_t World::enrol(sync::Role role, const std::string& home,
                         std::optional<std::size_t> parent, bool carry_only) {
  sync::NodeSecrets secrets = sync::make_node_secrets(entropy_);
  sync::Certificate certificate =
      sync::standard_certificate(role, *sync::Division::parse(home), carry_only);
  if (role == sync::Role::District && !carry_only && prng_.per_mille(500)) {
    // A district desk that books for its stations: a third writer in their scopes.
    const std::uint8_t records = sync::class_bit(sync::ScopeClass::Biz);
    certificate.write.push_back({certificate.home, true, records});
  }
  certificate.network = sync::network_id(root_.public_key());
  certificate.sign_key = secrets.sign.public_key();
  certificate.curve_key = sync::x25519_public(secrets.curve);
  certificate.box_key = sync::x25519_public(secrets.box);
  certificate.not_before = kCityBegins;
  certificate.not_after = kCityBegins + std::chrono::milliseconds(kYearMs);
  certificate.serial = 1;
  std::vector<sync::Certificate> trusted;
  if (parent) {
    const auto issued = nodes_[kHub]->certify(certificate);
    YZ_CHECK(issued.has_value());
    certificate = *nodes_[kHub]->engine()->member(certificate.node());
    trusted = nodes_[*parent]->enrolment().trusted;
  } else {
    sync::sign(certificate, root_);
  }
  trusted.push_back(certificate);
  Enrolment enrolment(std::move(secrets), certificate);
  enrolment.root_public = root_.public_key();
  entropy_.fill(enrolment.epoch.nonce);
  enrolment.parent = parent;
  enrolment.trusted = std::move(trusted);
  const std::size_t index = nodes_.size();
  nodes_.push_back(std::make_unique<Node>(context_, *this, index, std::move(enrolment)));
  if (parent) net_.add_line(index, *parent);
  nodes_.back()->boot();
  if (!parent) {
    const auto issued = nodes_[kHub]->certify(certificate);
    YZ_CHECK(issued.has_value());
  }
  return index;
}

// ---- phases

void World::begin_faults() {
  net_.begin_faults();
  theft_.plan(kFaultsBegin, kFaultsEnd);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    context_.agenda.after(prng_.between(0, kMachineWindow), [this, i] { machine_window(i); });
  }
}

// Once per window and machine: does it fail?
void World::machine_window(std::size_t index) {
  if (!context_.faulty()) return;
  context_.agenda.after(kMachineWindow, [this, index] { machine_window(index); });
  Node& node = *nodes_[index];
  const Micros now = context_.now();
  if (!node.up()) return;
  if (context_.faults.strikes(Fault::ClockStep, now, prng_)) {
    const std::int64_t most = prng_.per_mille(300) ? 10 * kYearMs : 3600 * 1000;
    node.clock().step(prng_.between(-most, most));
  }
  if (context_.faults.strikes(Fault::ClockAhead, now, prng_)) {
    node.clock().set({kCityBegins.value + 10 * kYearMs}, now);
  }
  if (context_.faults.strikes(Fault::ClockFrozen, now, prng_)) node.clock().freeze(now);
  if (!node.has_backup()) node.back_up();
  if (!context_.faults.strikes(Fault::Crash, now, prng_)) return;
  if (context_.faults.strikes(Fault::ClockTo1970, now, prng_)) node.clock().set({0}, now);
  node.crash();
  lose_history(index);
}

// What the machine has lost, it has to get back from the others.
void World::lose_history(std::size_t index) {
  Node& node = *nodes_[index];
  if (index == kHub && context_.faults.strikes(Fault::HubWiped, context_.now(), prng_)) {
    node.wipe();
  } else if (context_.faults.strikes(Fault::PutBack, context_.now(), prng_)) {
    node.put_back();
  } else {
    return;
  }
  oracles_.on_put_back(index);
}

void World::restart(std::size_t node, Micros delay) {
  context_.agenda.after(delay, [this, node] {
    if (!nodes_[node]->up()) nodes_[node]->boot();
  });
}

void World::went_down(std::size_t node) {
  net_.node_down(node);
  const bool long_dark = prng_.per_mille(200);
  restart(node,
          long_dark ? prng_.between(kMinute, 4 * kMinute) : prng_.between(200 * kMs, 20 * kSecond));
}

void World::mend() {
  net_.heal();
  nodes_[kHub]->vouch({kCityBegins.value + context_.now() / kMs});
  for (std::size_t i = 0; i < nodes_.size(); ++i) restart(i, 0);
  deadline_ = context_.now() + kAgreementWithin;
  context_.agenda.after(kSecond, [this] { await_agreement(); });
}

void World::await_agreement() {
  oracles_.settle_losses();
  if (!oracles_.converged()) {
    if (context_.now() > deadline_) return oracles_.not_converged_in_time();
    context_.agenda.after(2 * kSecond, [this] { await_agreement(); });
    return;
  }
  oracles_.at_quiescence();
  if (!last_words_said_ && context_.seed % kLastWordsEvery == kLastWordsEvery - 1) {
    return last_words();
  }
  if (clock_died_ || context_.seed % kDeadClockEvery > 1) {
    done_ = true;
    return;
  }
  dead_clock();
}

// The city is quiet but for a last few changes, and the hub dies just after it has committed each
// of them: what it owes them must not wait for a change that never comes.
void World::last_words() {
  last_words_said_ = true;
  last_words_ = kLastWordsMax;
  const Micros until = context_.now() + kMinute;
  clerks_.work(until, static_cast<std::int64_t>(2 * nodes_.size()));
  deadline_ = until + kAgreementWithin;
  context_.agenda.at(until, [this] { await_agreement(); });
}

// Two hours with one station's clock dead: at 1970 in one seed, ten years ahead in the next.
void World::dead_clock() {
  clock_died_ = true;
  Node& station = *nodes_.back();
  const bool ahead = context_.seed % kDeadClockEvery == 1;
  context_.faults.count(ahead ? Fault::ClockAhead : Fault::ClockTo1970);
  station.crash();
  station.clock().set({ahead ? kCityBegins.value + 10 * kYearMs : 0}, context_.now());
  const Micros until = context_.now() + kDeadClockLasts;
  clerks_.work(until, kChangesAimed / 8);
  deadline_ = until + kAgreementWithin;
  context_.agenda.at(until, [this] { await_agreement(); });
}

// ---- what nodes and lines need of each other

void World::send(std::size_t node, sync::LinkId link, Bytes frame) {
  net_.send(node, link, std::move(frame));
}

void World::committed(std::size_t node, const std::vector<sync::Write>& writes) {
  oracles_.on_commit(node, writes);
  const bool admitted = std::any_of(writes.begin(), writes.end(), [](const sync::Write& write) {
    return std::holds_alternative<sync::PutSegment>(write);
  });
  if (node != kHub || last_words_ == 0 || !admitted) return;
  --last_words_;
  context_.faults.count(Fault::CrashAfterCommit);
  context_.agenda.after(kMs, [this] { nodes_[kHub]->crash(); });
}

const sync::Key32& World::curve_key(std::size_t node) const {
  return nodes_[node]->certificate().curve_key;
}

void World::on_sent(std::size_t from, std::size_t to, sync::LinkId link, ByteView frame) {
  oracles_.on_sent(from, to, link, frame);
}

// The station at the end of the last line, writing into the division of another line's child.
HostileAuthor World::hostile_author(std::size_t line) const {
  const Node& author = *nodes_.back();
  const Node& victim = *nodes_[1 + line % (nodes_.size() - 2)];
  return {author.certificate().network,
          author.certificate().node(),
          &author.enrolment().secrets.sign,
          {author.certificate().home, sync::ScopeClass::Biz},
          {victim.certificate().home, sync::ScopeClass::Biz}};
}

}  // namespace yizhan::sim
