// HallService: what stands in the hall without a sign-in, and what people say of the service.
//
// What        Displays, tablets and ticket machines, evaluations, complaints. One method per
//             operation of docs/openapi.yaml, as in node/app/service.h, whose invariants hold here
//             too.
// Invariants  I1  what a screen is told holds no name, document or phone.
// Errors      Those of node/app/service.h.
#pragma once
#include "node/app/hall_types.h"
#include "node/app/service.h"

namespace yizhan::node {

class HallService {
 public:
  virtual ~HallService() = default;

  virtual void devices(Done<std::vector<DeviceRow>> done) = 0;
  virtual void add_device(NewDevice device, Done<AddedDevice> done) = 0;
  virtual void remove_device(std::string device, Done<DeviceRow> done) = 0;
  virtual void pair_device(std::string code, Done<PairVerdict> done) = 0;
  // Nobody waits for this.
  virtual void device_seen(std::string device) = 0;

  virtual void display(Done<Display> done) = 0;
  virtual void ticket_screen(Done<TicketScreen> done) = 0;
  virtual void eval_screen(std::int64_t window, Done<EvalScreen> done) = 0;
};

}  // namespace yizhan::node
