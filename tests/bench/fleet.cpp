#include "tests/bench/fleet.h"

namespace yizhan::bench {

struct Fleet::City {
  std::unique_ptr<LinkedNode> hub;
  std::vector<std::unique_ptr<LinkedNode>> stations;
};

Fleet::Fleet(const WorkFolder& work, const std::vector<std::vector<Change>>& changes)
    : work_(work), city_(sync::test::make_city(51)) {
  City nodes;
  nodes.hub = std::make_unique<LinkedNode>(hub_folder(), hub_identity());
  nodes.hub->certify(city_.hub.certificate);
  for (std::size_t i = 0; i < kStations; ++i) {
    const std::string home = "1403/140311/" + std::to_string(140311100 + i);
    members_.push_back(sync::test::make_member(city_, sync::Role::Station,
                                               *sync::Division::parse(home), 700 + i, &city_.hub));
    nodes.hub->certify(members_.back().certificate);
    nodes.stations.push_back(std::make_unique<LinkedNode>(station_folder(i), station_identity(i)));
  }
  nodes.hub->settle();
  connect(nodes);
  for (std::size_t i = 0; i < kStations; ++i) {
    while (!nodes.stations[i]->write(*changes[i].front().insert)) turn(nodes);  // keys arrive
  }
  for (std::size_t i = 0; i < kStations; ++i) {
    LinkedNode& station = *nodes.stations[i];
    station.deliver(sync::LinkClosed{1});
    for (const Change& change : std::span(changes[i]).subspan(1)) {
      if (change.insert != nullptr) {
        station.write(*change.insert);
      } else {
        station.write(*change.update);
      }
    }
    station.settle();
    outstanding_ += changes[i].size() + 1;  // and the one that opens the stream
  }
  for (const sync::StreamRow& row : nodes.hub->engine().streams()) {
    if (row.scope.cls == sync::ScopeClass::Biz) outstanding_ -= row.seq;
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

// Everyone dials; link i + 1 of the hub is station i.
void Fleet::connect(City& nodes) const {
  for (std::size_t i = 0; i < kStations; ++i) {
    nodes.hub->deliver(sync::LinkOpened{i + 1, members_[i].certificate.curve_key, false});
    nodes.stations[i]->deliver(sync::LinkOpened{1, city_.hub.certificate.curve_key, true});
  }
}

void Fleet::turn(City& nodes) {
  for (std::size_t i = 0; i < kStations; ++i) {
    nodes.stations[i]->settle();
    for (sync::SendFrame& frame : nodes.stations[i]->sent) {
      nodes.hub->deliver(sync::FrameReceived{i + 1, std::move(frame.bytes)});
    }
    nodes.stations[i]->sent.clear();
  }
  nodes.hub->settle();
  for (sync::SendFrame& frame : nodes.hub->sent) {
    nodes.stations[frame.link - 1]->deliver(sync::FrameReceived{1, std::move(frame.bytes)});
  }
  nodes.hub->sent.clear();
}

}  // namespace yizhan::bench
