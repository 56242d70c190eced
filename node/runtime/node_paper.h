// NodePaper: PaperService over the engine loop and the printers of this machine.
//
// What        A slip is counted on the loop, filled after the commit, then drawn and printed on a
//             thread of its own, where waiting for paper holds up nobody.
// Invariants  I1  one wish is printed once while its answer is remembered (ten minutes).
//             I2  a slip that cannot be printed was counted all the same: its PDF is there to be
//                 shown, and says which copy it is.
// Errors      See node/app/service.h.
#pragma once
#include "node/app/paper_service.h"
#include "node/app/rating_codes.h"
#include "node/paper/printers.h"
#include "node/paper/slip_shelf.h"
#include "node/policy/policy.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodePaper final : public PaperService {
 public:
  struct Setup {
    std::string station_name;
    std::string printer;  // that of the configuration, or empty
    RatingKey rating_key;
  };
  // `calls` and `policy` outlive this.
  NodePaper(LoopCalls& calls, const Policy& policy, Setup setup)
      : calls_(calls),
        policy_(policy),
        station_name_(std::move(setup.station_name)),
        rating_key_(setup.rating_key),
        printers_(std::move(setup.printer)) {}

  void stop() { printing_.stop(); }  // when the last slip is printed; before the loop is stopped

  void policy(Done<PolicyFacts> done) override;
  void calendar(CalendarQuery query, Done<std::vector<CalendarRow>> done) override;
  void print(Intent intent, NewSlip wish, Done<MadeSlip> done) override;
  void slip(std::string slip, Done<std::string> done) override;
  void printers(Done<std::vector<PrinterRow>> done) override;

 private:
  // After the count is durable; `record` is empty for what is not counted.
  void fill(const Intent& intent, const NewSlip& wish, std::optional<crdt::Dot> record,
            const Done<MadeSlip>& done);
  // On the printing thread.
  Result<MadeSlip> make(const Intent& intent, const NewSlip& wish, const Slip& slip);

  LoopCalls& calls_;
  const Policy& policy_;
  std::string station_name_;
  RatingKey rating_key_;
  paper::Printers printers_;
  paper::SlipShelf shelf_;
  Worker printing_;  // last: its jobs use everything above
};

}  // namespace yizhan::node
