// The API of the hall's devices.
#include "node/http/api.h"
#include "node/http/device_json.h"
#include "node/http/guard.h"
#include "node/http/handler.h"

namespace yizhan::node::http {
namespace {

constexpr TextRule kDevice{.min = 16, .max = 16, .shape = is_hex};

}  // namespace

void Api::devices(const Request&, const Reply& reply) {
  services_.hall.devices(reply_with<std::vector<DeviceRow>>(
      reply, [](const auto& rows) { return json_response(devices_json(rows)); }));
}

void Api::add_device(const Request& request, const Reply& reply) {
  auto device = read_body(request, reply, read_new_device);
  if (!device) return;
  services_.hall.add_device(std::move(*device),
                            reply_with<AddedDevice>(reply, [](const AddedDevice& added) {
                              return json_response(added_device_json(added), 201);
                            }));
}

void Api::remove_device(const Request& request, const Reply& reply) {
  if (auto empty = no_body(request); !empty) return reply(problem(empty.error()));
  const std::string& device = request.params.at("device");
  if (!check_text(device, kDevice, "device")) {
    return reply(problem(Error{Errc::NotFound, "no device has such an id", "device"}));
  }
  services_.hall.remove_device(device, reply_with<DeviceRow>(reply, [](const DeviceRow&) {
                                 Response response;
                                 response.status = 204;
                                 return response;
                               }));
}

void Api::this_device(const Request& request, const Reply& reply) {
  if (!request.device) {
    return reply(problem(Error{Errc::NotFound, "this browser is not paired", "yz_dev"}));
  }
  Response response = json_response(device_json(*request.device));
  response.headers.emplace_back("Set-Cookie", device_cookie(device_token(request)));
  reply(std::move(response));
}

void Api::pair_device(const Request& request, const Reply& reply) {
  auto code = read_body(request, reply, read_pairing_code);
  if (!code) return;
  services_.hall.pair_device(std::move(*code), [this, reply](const Result<PairVerdict>& verdict) {
    setup_.post([=, this] { open_device(verdict, reply); });
  });
}

// On the io thread, where the pass of the new device has come before this.
void Api::open_device(const Result<PairVerdict>& verdict, const Reply& reply) {
  if (!verdict) return reply(problem(verdict.error()));
  if (!verdict->device) {
    const Error error = verdict->waiting
                            ? Error{Errc::Throttled, "too many wrong codes", "code"}
                            : Error{Errc::Denied, "the code is wrong, used or too old", "code"};
    return reply(problem_wait(error, verdict->waiting ? 429 : 401, verdict->retry_after_s));
  }
  Response response = json_response(device_json(*verdict->device));
  response.headers.emplace_back("Set-Cookie", device_cookie(verdict->token));
  reply(std::move(response));
}

}  // namespace yizhan::node::http
