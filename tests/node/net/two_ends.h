// Two ends: a parent that binds and children that dial, over real CURVE sockets on loopback.
#pragma once
#include <functional>

#include "node/net/curve_link.h"

namespace yizhan::node::test {

CurveKeyPair key_pair(std::uint8_t seed);
CurveKey from_z85(const char* printable);
// The pairs of zmq_curve(7), "Test key values", whose secrets everybody has.
struct PublishedPair {
  const char* public_key;
  const char* secret;
};
constexpr PublishedPair kPublishedPairs[] = {
    {"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID", "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"},
    {"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"}};

// One end, and everything that it has reported.
class End {
 public:
  explicit End(const LinkOptions& options);
  void poll(std::chrono::milliseconds wait = std::chrono::milliseconds(5));

  CurveLink& link() { return *link_; }
  std::vector<LinkUp> ups;
  std::vector<LinkId> downs;
  std::vector<LinkFrame> frames;
  bool up(LinkId id) const;  // came up and has not gone down

 private:
  std::unique_ptr<CurveLink> link_;
};

LinkOptions parent_options(std::uint8_t seed, const std::string& bind = "tcp://127.0.0.1:0");
LinkOptions child_options(std::uint8_t seed, std::uint8_t parent, const std::string& address);

// Polls all ends until `holds`; false when it does not within `patience`.
bool until(const std::vector<End*>& ends, const std::function<bool()>& holds,
           std::chrono::milliseconds patience = std::chrono::seconds(60));

}  // namespace yizhan::node::test
