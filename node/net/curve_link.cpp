#include "node/net/curve_link.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <zmq.hpp>

#include "crdt/base/check.h"
#include "node/net/binder.h"
#include "node/net/dialer.h"
#include "node/net/endpoint.h"
#include "node/net/self_test.h"
#include "node/net/sockets.h"
#include "node/net/wake_fd.h"

namespace yizhan::node {
namespace {

SteadyTime steady_now() { return std::chrono::steady_clock::now(); }

Result<void> check(const LinkOptions& options) {
  if (!options.bind.empty()) {
    if (const auto good = check_bind_address(options.bind); !good) return fail(good);
  }
  if (options.dial.empty()) return {};
  if (const auto good = check_dial_address(options.dial); !good) return fail(good);
  if (!usable_curve_key(options.dial_key)) {
    return fail(Errc::BadFormat, "the parent's CURVE key is not usable", "dial_key");
  }
  return {};
}

}  // namespace

struct CurveLink::Impl {
  WakeFd wake;
  std::unique_ptr<ZapGate> gate;
  std::unique_ptr<Binder> binder;
  std::unique_ptr<Dialer> dialer;
  Intake intake;  // what the next poll returns
  std::atomic<bool> allowed_changed{false};

  Result<void> listen(const CurveKeyPair& own, const LinkOptions& options);
  void act(SteadyTime now);
  void wait(std::chrono::milliseconds timeout);
  void receive(SteadyTime now);
};

// The order is the protection: handler, self-test, and only then the address.
Result<void> CurveLink::Impl::listen(const CurveKeyPair& own, const LinkOptions& options) {
  auto started = ZapGate::start(process_context(), [this] { wake.raise(); });
  if (!started) return fail(started);
  gate = std::move(*started);
  const auto refused = prove_strangers_are_refused(process_context(), options);
  if (!refused) return fail(refused);
  auto opened = Binder::open(process_context(), own, options, *gate);
  if (!opened) return fail(opened);
  binder = std::move(*opened);
  return {};
}

void CurveLink::Impl::act(SteadyTime now) {
  if (dialer) dialer->act(now, intake);
  if (!binder) return;
  if (allowed_changed.exchange(false)) binder->drop_refused(now, intake);
  binder->end_idle(now, intake);
}

void CurveLink::Impl::wait(std::chrono::milliseconds timeout) {
  if (dialer) {
    const auto until_due = std::chrono::ceil<std::chrono::milliseconds>(
        std::min(dialer->due(), steady_now() + timeout) - steady_now());
    timeout = std::min(timeout, until_due);
  }
  if (!intake.events.empty()) timeout = {};
  std::vector<zmq::pollitem_t> items{{nullptr, wake.fd(), ZMQ_POLLIN, 0}};
  if (binder && binder->handle() != nullptr) items.push_back({binder->handle(), 0, ZMQ_POLLIN, 0});
  if (dialer) {
    for (void* handle : dialer->handles()) items.push_back({handle, 0, ZMQ_POLLIN, 0});
  }
  zmq::poll(items, std::max(timeout, std::chrono::milliseconds(0)));
  wake.clear();
}

void CurveLink::Impl::receive(SteadyTime now) {
  if (dialer) dialer->receive(now, intake);
  if (binder) binder->receive(now, intake);
}

CurveLink::CurveLink(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

CurveLink::~CurveLink() = default;

Result<std::unique_ptr<CurveLink>> CurveLink::start(const LinkOptions& options) {
  if (const auto good = check(options); !good) return fail(good);
  const auto own = curve_keypair_from_secret(options.secret);
  if (!own) return fail(own);
  auto impl = std::make_unique<Impl>();
  if (!options.bind.empty()) {
    if (const auto listening = impl->listen(*own, options); !listening) return fail(listening);
  }
  if (!options.dial.empty()) {
    impl->dialer = std::make_unique<Dialer>(process_context(), *own, options);
  }
  return std::unique_ptr<CurveLink>(new CurveLink(std::move(impl)));
}

void CurveLink::set_allowed(const std::vector<CurveKey>& keys, bool others) {
  if (!impl_->gate) return;
  impl_->gate->set_allowed(keys, others);
  impl_->allowed_changed = true;
  impl_->wake.raise();
}

LinkEvents CurveLink::poll(std::chrono::milliseconds timeout) {
  impl_->act(steady_now());
  impl_->wait(timeout);
  impl_->act(steady_now());
  impl_->receive(steady_now());
  return std::exchange(impl_->intake, {}).events;
}

void CurveLink::wake() { impl_->wake.raise(); }

bool CurveLink::send(LinkId link, ByteView frame) {
  YZ_CHECK(!frame.empty() && frame.size() <= kLinkFrameBytesMax);
  const SteadyTime now = steady_now();
  return (impl_->dialer && impl_->dialer->send(link, frame, now, impl_->intake)) ||
         (impl_->binder && impl_->binder->send(link, frame, now, impl_->intake));
}

void CurveLink::drop(LinkId link) {
  if (impl_->dialer) impl_->dialer->drop(link, steady_now(), impl_->intake);
  if (impl_->binder) impl_->binder->drop(link, steady_now(), impl_->intake);
}

void CurveLink::drop_all() {
  if (impl_->dialer) impl_->dialer->drop_all(steady_now(), impl_->intake);
  if (impl_->binder) impl_->binder->drop_all(steady_now(), impl_->intake);
}

std::string CurveLink::bound_address() const { return listening() ? impl_->binder->address() : ""; }

bool CurveLink::listening() const { return impl_->binder && impl_->binder->handle() != nullptr; }

}  // namespace yizhan::node
