#include "tests/cut/cutting_proxy.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace yizhan::cut {
namespace {

constexpr std::size_t kAtOnce = 16 * 1024;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int socket_or_throw() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw std::runtime_error("no socket");
  return fd;
}

void send_at_once(int fd) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool write_all(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t wrote = ::send(fd, bytes, size, MSG_NOSIGNAL);
    if (wrote <= 0) return false;
    bytes += wrote;
    size -= static_cast<std::size_t>(wrote);
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy(std::uint16_t target) : target_(target), listening_(socket_or_throw()) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listening_, plain, size) != 0 || ::listen(listening_, 16) != 0 ||
      ::getsockname(listening_, plain, &size) != 0 || ::pipe2(wake_, O_CLOEXEC) != 0) {
    throw std::runtime_error("no port to listen on");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

CuttingProxy::~CuttingProxy() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ::close(wake_[1]);
  thread_.join();
  for (Pair& pair : pairs_) end(pair);
  ::close(wake_[0]);
  ::close(listening_);
}

void CuttingProxy::refuse() {
  {
    const std::lock_guard lock(mutex_);
    refusing_ = true;
  }
  [[maybe_unused]] const auto woken = ::write(wake_[1], "x", 1);
}

void CuttingProxy::pass(std::size_t until_cut) {
  const std::lock_guard lock(mutex_);
  refusing_ = false;
  cut_ = false;
  left_ = until_cut;
  passed_ = 0;
}

std::size_t CuttingProxy::passed() const {
  const std::lock_guard lock(mutex_);
  return passed_;
}

bool CuttingProxy::was_cut() const {
  const std::lock_guard lock(mutex_);
  return cut_;
}

void CuttingProxy::end(Pair& pair) {
  ::close(pair.child);
  ::close(pair.parent);
}

void CuttingProxy::accept_one() {
  Pair pair{::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC), socket_or_throw()};
  const sockaddr_in address = loopback(target_);
  const std::lock_guard lock(mutex_);
  if (pair.child < 0 || refusing_ ||
      ::connect(pair.parent, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return end(pair);
  }
  send_at_once(pair.child);
  send_at_once(pair.parent);
  pairs_.push_back(pair);
}

bool CuttingProxy::carry(int from, int to) {
  std::array<char, kAtOnce> bytes;
  const std::lock_guard lock(mutex_);
  const std::size_t most = std::min(bytes.size(), left_);
  const ssize_t got = most == 0 ? 0 : ::recv(from, bytes.data(), most, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got > 0) {
    const auto size = static_cast<std::size_t>(got);
    passed_ += size;
    if (!write_all(to, bytes.data(), size)) return false;
    if (left_ == SIZE_MAX) return true;
    left_ -= size;
  }
  if (left_ == 0) {
    cut_ = true;
    left_ = SIZE_MAX;
    return false;
  }
  return got > 0;
}

void CuttingProxy::run() {
  for (;;) {
    std::vector<pollfd> waiting{{listening_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    for (const Pair& pair : pairs_) {
      waiting.push_back({pair.child, POLLIN, 0});
      waiting.push_back({pair.parent, POLLIN, 0});
    }
    ::poll(waiting.data(), waiting.size(), -1);
    bool refusing = false;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      refusing = refusing_;
    }
    std::vector<Pair> standing;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      Pair& pair = pairs_[i];
      const bool stands = !refusing &&
                          (waiting[2 + 2 * i].revents == 0 || carry(pair.child, pair.parent)) &&
                          (waiting[3 + 2 * i].revents == 0 || carry(pair.parent, pair.child));
      if (stands) {
        standing.push_back(pair);
      } else {
        end(pair);
      }
    }
    pairs_ = std::move(standing);
    char drained[16];
    if (waiting[1].revents != 0) {
      [[maybe_unused]] const auto read = ::read(wake_[0], drained, sizeof drained);
    }
    if (waiting[0].revents != 0) accept_one();
  }
}

}  // namespace yizhan::cut
