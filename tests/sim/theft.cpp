#include "tests/sim/theft.h"

namespace yizhan::sim {
namespace {

constexpr std::uint64_t kSeedsPerMille = 400;
constexpr std::uint64_t kStolenPerMille = 700;
constexpr Micros kUnnoticed = 90 * kSecond;
constexpr std::size_t kHub = 0;

}  // namespace

void Theft::plan(Micros begin, Micros end) {
  if (!prng_.per_mille(kSeedsPerMille)) return;
  std::vector<std::size_t> stations;
  for (std::size_t i = 0; i + 1 < nodes_.size(); ++i) {
    if (nodes_[i]->certificate().role == sync::Role::Station) stations.push_back(i);
  }
  if (stations.empty()) return;
  victim_ = stations[prng_.below(stations.size())];
  issuer_ = prng_.per_mille(500) ? kHub : *nodes_[victim_]->enrolment().parent;
  stolen_ = prng_.per_mille(kStolenPerMille);
  context_.agenda.at(prng_.between(begin, end - 2 * kUnnoticed), [this] { steal(); });
}

void Theft::steal() {
  if (stolen_) {
    context_.faults.count(Fault::Stolen);
    nodes_[victim_]->forge_own_certificate();
  }
  context_.agenda.after(prng_.between(0, kUnnoticed), [this] {
    // The hub learns of the theft while the district is out of reach.
    if (issuer_ == kHub && prng_.per_mille(500)) {
      net_.cut_off(*nodes_[victim_]->enrolment().parent);
    }
    revoke();
  });
}

void Theft::revoke() {
  Node& issuer = *nodes_[issuer_];
  const NodeId victim = nodes_[victim_]->certificate().node();
  const bool done = issuer.up() && issuer.engine()->revoked(victim).has_value();
  if (done && !context_.faulty()) return;
  if (!done && issuer.up() && issuer.revoke(victim)) context_.faults.count(Fault::Revoke);
  // A crash, or an earlier database, may take it back: whoever revoked it looks again.
  context_.agenda.after(5 * kSecond, [this] { revoke(); });
}

}  // namespace yizhan::sim
