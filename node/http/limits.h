// Limits of everything that comes in over HTTP; at limit + 1 a request is refused.
//
// What        Named bounds with their reason. Field limits stand at the fields (and in
//             docs/openapi.yaml); body limits in routes.def.
// Units       Bytes and counts as named; times are std::chrono.
// Source      reliability.md D8, D12.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace yizhan::node::http {

constexpr std::size_t kHeadBytesMax = 8192;    // what browsers send is below 2 kB
constexpr std::size_t kTargetBytesMax = 2048;  // path and query
constexpr std::size_t kHeadersMax = 64;
constexpr std::size_t kCookieBytesMax = 4096;
constexpr std::size_t kQueryKeysMax = 16;

constexpr std::size_t kJsonDepthMax = 8;
constexpr std::size_t kJsonKeysMax = 128;               // members of an object, entries of an array
constexpr std::size_t kJsonStringMax = 16384;           // bytes
constexpr std::int64_t kJsonIntMax = 9007199254740991;  // 2^53 - 1: what a browser can hold

constexpr std::size_t kConnectionsMax = 64;          // over TCP
constexpr std::size_t kSocketConnectionsMax = 8;     // the operator's own reserve
constexpr std::size_t kSubscribersMax = 32;          // windows, tablets and screens of a large hall
constexpr std::size_t kSubscriberQueueMax = 64;      // events that a slow reader may lag behind
constexpr std::size_t kEventsKept = 256;             // for Last-Event-ID
constexpr std::size_t kLingerBytesMax = 256 * 1024;  // read and dropped after a refusal

struct Timeouts {
  std::chrono::milliseconds head{5'000};    // from the first byte of a request
  std::chrono::milliseconds body{15'000};   // from the end of its head
  std::chrono::milliseconds idle{30'000};   // between requests
  std::chrono::milliseconds write{20'000};  // one answer, or one burst of events
  std::chrono::milliseconds linger{2'000};  // for the peer to read a refusal
};
constexpr std::int64_t kTimeMax = 4'102'444'800'000;  // milliseconds: 2100-01-01

}  // namespace yizhan::node::http
