// Frame tap: writes every message that a process takes from or gives to ZeroMQ into a file.
//
// What        Loaded with LD_PRELOAD into a real node by tests/prove/canary, it stands where CURVE
//             has opened what came, and not yet closed what goes.
// Units       The file named by YZ_FRAME_TAP: length (4 bytes, big-endian), bytes, and so on.
// Errors      What cannot be written is lost; the test counts what it finds.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <vector>

namespace {

void note(const void* data, std::size_t size) {
  static std::mutex mutex;
  static const int fd = [] {
    const char* path = std::getenv("YZ_FRAME_TAP");
    return path == nullptr ? -1 : ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }();
  if (fd < 0 || size == 0) return;
  std::vector<std::uint8_t> record;
  for (int shift = 24; shift >= 0; shift -= 8) {
    record.push_back(static_cast<std::uint8_t>(size >> shift));
  }
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  record.insert(record.end(), bytes, bytes + size);
  const std::lock_guard lock(mutex);
  static_cast<void>(::write(fd, record.data(), record.size()) == 0);
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int zmq_msg_recv(zmq_msg_t* message, void* socket, int flags) {
  static const auto real = next<decltype(&zmq_msg_recv)>("zmq_msg_recv");
  const int got = real(message, socket, flags);
  if (got > 0) note(zmq_msg_data(message), zmq_msg_size(message));
  return got;
}

int zmq_msg_send(zmq_msg_t* message, void* socket, int flags) {
  static const auto real = next<decltype(&zmq_msg_send)>("zmq_msg_send");
  note(zmq_msg_data(message), zmq_msg_size(message));
  return real(message, socket, flags);
}

int zmq_send(void* socket, const void* data, std::size_t size, int flags) {
  static const auto real = next<decltype(&zmq_send)>("zmq_send");
  note(data, size);
  return real(socket, data, size, flags);
}

int zmq_recv(void* socket, void* data, std::size_t size, int flags) {
  static const auto real = next<decltype(&zmq_recv)>("zmq_recv");
  const int got = real(socket, data, size, flags);
  if (got > 0) note(data, std::min(static_cast<std::size_t>(got), size));
  return got;
}
}
