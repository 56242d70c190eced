// HTTP server: the node's listener for browsers on loopback, and for its operator on a Unix socket.
//
// What        Owns one thread that accepts, reads, checks and answers; hands events to open pages.
// Invariants  I1  TCP binds 127.0.0.1 or ::1 only.
//             I2  the Unix socket has mode 0600, and a peer of another uid is let go unread.
//             I3  after stop() nothing more is read or sent; answers of Service are then dropped.
//             I4  Service has given all its answers before the server is destroyed.
// Errors      BadFormat (field "http.listen"), Denied (an address that is not loopback), Busy (the
//             address is taken), StorageIo (the socket's file).
// Not here    TLS and addresses of the LAN: design.md section 13.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "node/http/limits.h"
#include "node/http/services.h"
#include "node/identity/sign_ins.h"

namespace yizhan::node::http {

struct HttpOptions {
  std::string listen = "127.0.0.1:8080";  // port 0: any free one; empty: no TCP
  std::vector<std::string> hosts;         // further names in Host, see allowed_hosts
  std::string unix_socket;                // path; empty: none
  SignInPolicy sign_ins;
  std::vector<DevicePass> devices;
  std::function<SignInEntropy()> entropy;
  std::function<MonoMs()> now;
  Timeouts timeouts;
};

class HttpServer {
 public:
  static Result<std::unique_ptr<HttpServer>> start(HttpOptions options, Services services);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  PageEvents& events();
  std::string tcp_address() const;  // with the real port; empty when there is no TCP
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::node::http
