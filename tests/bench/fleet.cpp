#include "tests/bench/fleet.h"

#include "node/app/state_fields.h"
#include "tests/bench/draft.h"

namespace yizhan::bench {

struct Fleet::City {
  std::unique_ptr<LinkedNode> hub;
  std::vector<std::unique_ptr<LinkedNode>> stations;
};

namespace {

constexpr sync::LinkId kUp = 1;  // to the hub; link i + 1 of the hub is station i
constexpr sync::LinkId kNext = 2;
constexpr sync::LinkId kBefore = 3;

sync::Division home_of(std::size_t station) {
  const std::size_t number = station % Fleet::kStations;
  return *sync::Division::parse("1403/140311/" + std::to_string(140311100 + number));
}

void write(LinkedNode& station, const LinkedNode& neighbour, std::span<const Change> changes) {
  for (const Change& change : changes) {
    if (change.insert != nullptr) {
      station.write(*change.insert);
    } else {
      station.write(*change.update, change.update->kind == 'C' ? neighbour : station);
    }
  }
}

std::map<StreamId, std::uint64_t> held(const LinkedNode& node, const sync::Scope& scope) {
  std::map<StreamId, std::uint64_t> streams;
  for (const sync::StreamRow& row : node.engine().streams()) {
    if (row.scope == scope) streams[row.id] = row.seq;
  }
  return streams;
}

// Everything that `from` has to say goes to `to`, where the link has number `link`.
void pass(LinkedNode& from, LinkedNode& to, sync::LinkId link) {
  from.settle();
  for (sync::SendFrame& frame : from.sent) {
    to.deliver(sync::FrameReceived{link, std::move(frame.bytes)});
  }
  from.sent.clear();
}

// One record of which both changes count: they are about different fields.
void check_kept(const LinkedNode& hub, const sync::Scope& scope, const crdt::Dot& dot,
                const Update& moved, const Update& marked) {
  using node::AppointmentField;
  const auto expect = [&](bool holds, const char* what) {
    if (!holds) throw std::runtime_error("record " + marked.id + ": " + what);
  };
  const sync::StatePtr state = hub.record(scope, dot);
  expect(state != nullptr, "it is not at the hub");
  expect(node::number_of(*state, AppointmentField::Date) == day_of(moved.set[0].second) &&
             node::number_of(*state, AppointmentField::Window) == minute_of(moved.set[1].second),
         "the time that its station gave is lost");
  expect(state->life.size() == 1 && state->life.front().state == life_of(marked.set[0].second),
         "the state that the neighbour gave is lost");
  const crdt::RegSibling* note = state->shown(id(AppointmentField::Note));
  const auto& ref = std::get<crdt::PersonalRef>(note->value);
  const auto fields =
      must(hub.engine().open(scope, note->dot.change(), ref.blob, *state->blob(note->dot, ref)));
  expect(fields.at(ref.index) == marked.set[1].second, "the note of the neighbour is lost");
}

}  // namespace

Fleet::Fleet(const WorkFolder& work, const std::vector<StationWork>& stations)
    : work_(work), city_(sync::test::make_city(51)) {
  City nodes;
  found(nodes);
  connect(nodes);
  for (std::size_t i = 0; i < kStations; ++i) {
    const LinkedNode& station = *nodes.stations[i];
    while (station.engine().members().size() <= kStations) turn(nodes);  // and with them the keys
    nodes.stations[i]->write(*stations[i].before.front().insert);
  }
  for (std::size_t i = 0; i < kStations; ++i) nodes.stations[i]->deliver(sync::LinkClosed{kUp});
  const auto before = [&nodes](std::size_t i) -> LinkedNode& {
    return *nodes.stations[(i + kStations - 1) % kStations];
  };
  for (std::size_t i = 0; i < kStations; ++i) {
    write(*nodes.stations[i], before(i), std::span(stations[i].before).subspan(1));
  }
  tell_neighbours(nodes);
  for (std::size_t i = 0; i < kStations; ++i) {
    write(*nodes.stations[i], before(i), stations[i].last);
    nodes.stations[i]->settle();
  }
  for (const auto& station : nodes.stations) {
    for (const sync::StreamRow& row : station->engine().streams()) {
      const bool own = row.author == station->engine().node();
      if (own && row.scope.cls == sync::ScopeClass::Biz) outstanding_ += row.seq;
    }
    for (const auto& [id, dot] : station->records()) records_[id] = {station->scope(), dot};
  }
  for (const sync::StreamRow& row : nodes.hub->engine().streams()) {
    if (row.scope.cls == sync::ScopeClass::Biz) outstanding_ -= row.seq;
  }
}

// The hub, and its stations by certificate; none has heard of another.
void Fleet::found(City& nodes) {
  nodes.hub = std::make_unique<LinkedNode>(hub_folder(), hub_identity());
  nodes.hub->certify(city_.hub.certificate);
  for (std::size_t i = 0; i < kStations; ++i) {
    sync::test::Member member =
        sync::test::make_member(city_, sync::Role::Station, home_of(i), 700 + i, &city_.hub);
    const sync::Grant neighbour{home_of(i + kStations - 1), false,
                                sync::class_bit(sync::ScopeClass::Biz)};
    member.certificate.write.push_back(neighbour);
    member.certificate.carry.push_back(neighbour);
    sync::sign(member.certificate, city_.hub.secrets.sign);
    members_.push_back(std::move(member));
    nodes.hub->certify(members_.back().certificate);
    nodes.stations.push_back(std::make_unique<LinkedNode>(station_folder(i), station_identity(i)));
  }
  nodes.hub->settle();
}

// Each station has what the one before it holds, over a link of their own.
void Fleet::tell_neighbours(City& nodes) const {
  for (std::size_t i = 0; i < kStations; ++i) {
    const std::size_t n = (i + 1) % kStations;
    LinkedNode& home = *nodes.stations[i];
    LinkedNode& next = *nodes.stations[n];
    for (LinkedNode* node : {&home, &next}) {
      node->settle();
      node->sent.clear();  // said to links that are gone
    }
    next.deliver(sync::LinkOpened{kBefore, members_[i].certificate.curve_key, true});
    home.deliver(sync::LinkOpened{kNext, members_[n].certificate.curve_key, false});
    while (held(next, home.scope()) != held(home, home.scope())) {
      pass(next, home, kNext);
      pass(home, next, kBefore);
    }
    next.deliver(sync::LinkClosed{kBefore});
    home.deliver(sync::LinkClosed{kNext});
    home.settle();
    next.settle();
  }
}

void Fleet::check_conflicts(const Workload& all) const {
  const LinkedNode hub(hub_folder(), hub_identity());
  std::map<std::string, const Update*> moved;  // by its home station, in the last phase
  for (const Update& update : all.updates) {
    if (update.kind == 'U') moved[update.id] = &update;
  }
  for (const Update& update : all.updates) {
    if (update.kind != 'C') continue;
    const auto& [scope, dot] = records_.at(update.id);
    check_kept(hub, scope, dot, *moved.at(update.id), update);
  }
}

sync::Identity Fleet::identity(const sync::test::Member& member, bool below) const {
  sync::Identity out;
  out.certificate = member.certificate;
  out.secrets = {sync::SignKey(member.secrets.sign.seed().clone()), member.secrets.curve.clone(),
                 member.secrets.box.clone()};
  out.epoch.nonce = sync::test::bytes_of<8>(member.certificate.sign_key[0]);
  if (below) {
    out.parent = city_.hub.certificate.node();
    out.trusted.push_back(city_.hub.certificate);
  }
  out.trusted.push_back(member.certificate);
  return out;
}

sync::Identity Fleet::hub_identity() const { return identity(city_.hub, false); }
sync::Identity Fleet::station_identity(std::size_t station) const {
  return identity(members_[station], true);
}
std::filesystem::path Fleet::station_folder(std::size_t station) const {
  return work_.sub("station" + std::to_string(station));
}

// Everyone dials.
void Fleet::connect(City& nodes) const {
  for (std::size_t i = 0; i < kStations; ++i) {
    nodes.hub->deliver(sync::LinkOpened{i + 1, members_[i].certificate.curve_key, false});
    nodes.stations[i]->deliver(sync::LinkOpened{kUp, city_.hub.certificate.curve_key, true});
  }
}

void Fleet::turn(City& nodes) {
  for (std::size_t i = 0; i < kStations; ++i) pass(*nodes.stations[i], *nodes.hub, i + 1);
  nodes.hub->settle();
  for (sync::SendFrame& frame : nodes.hub->sent) {
    nodes.stations[frame.link - 1]->deliver(sync::FrameReceived{kUp, std::move(frame.bytes)});
  }
  nodes.hub->sent.clear();
}

}  // namespace yizhan::bench
