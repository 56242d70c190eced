// API: from a checked HTTP request to a call of Service, and back to an HTTP response.
//
// What        check() decides on the head alone whether a request may go on; answer() reads its
//             body, calls Service and replies. One operation of docs/openapi.yaml each.
// Invariants  I1  nothing of a body is looked at before check() let its head pass.
//             I2  check, answer and everything that touches sign-ins run on the io thread; Service
//                 may call back from any thread.
// Errors      Every failure is a problem+json response.
// Not here    Sockets and framing: connection.h. Rules of the service: behind Service.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "node/app/help_board.h"
#include "node/http/assets.h"
#include "node/http/event_hub.h"
#include "node/http/message.h"
#include "node/http/router.h"
#include "node/http/services.h"
#include "node/identity/device_passes.h"
#include "node/identity/sign_ins.h"

namespace yizhan::node::http {

struct ApiSetup {
  SignInPolicy sign_ins;
  std::set<std::string> hosts;  // see allowed_hosts
  std::vector<DevicePass> devices;
  std::string run;  // 16 hex digits, see EventHub
  std::function<MonoMs()> now;
  std::function<SignInEntropy()> entropy;
  std::function<void(std::function<void()>)> post;  // runs it on the io thread
};

struct Checked {
  std::optional<Response> refusal;
  const Route* route = nullptr;
  const Asset* asset = nullptr;
  std::size_t body_max = 0;
};

class Api {
 public:
  Api(Services services, ApiSetup setup);

  Checked check(Request& head);
  void answer(const Checked& checked, const Request& request, const Reply& reply);

  EventHub& events() { return events_; }
  void heartbeat();  // a page that only listens is there all the same
  void end_sign_ins(StaffId staff) { sign_ins_.end_staff(staff); }
  // From now on only these; who listens as another is let go.
  void change_devices(std::vector<DevicePass> devices);
  // With what the page of this request listens for events.
  Listener listener_of(const Request& request) const;

 private:
  std::optional<Response> refuse_channel(const Request& head) const;
  std::optional<Response> admit(const Route& route, Request& head);
  std::optional<Response> admit_person(Access access, const Request& head);
  // Whether a device of the hall may ask this; then it does so in place of a person.
  bool admit_device(Access access, Request& head);
  bool may_see(const Listener& listener, Audience audience);

#define ROUTE(method, path, access, body_max, operation, queries) \
  void operation(const Request& request, const Reply& reply);
#include "node/http/routes.def"
#undef ROUTE

  void on_member(const Request& request, const Reply& reply,
                 const std::function<void(const std::string& login)>& act);
  void open_device(const Result<PairVerdict>& verdict, const Reply& reply);
  void note_seen(const DeviceRow& device);
  void tell_staff(const DeviceRow& device, PrintProblem trouble);
  void reply_help(const Result<void>& done, const Reply& reply, int status = 200);
  void open_sign_in(const Result<SecretVerdict>& verdict, const std::string& old_token,
                    const Reply& reply);
  Response signed_in(const StaffMember& staff, const std::string& csrf, bool locked,
                     std::int64_t expires_in_s) const;

  Services services_;
  ApiSetup setup_;
  SignIns sign_ins_;
  DevicePasses passes_;
  EventHub events_;
  HelpBoard help_;
};

}  // namespace yizhan::node::http
