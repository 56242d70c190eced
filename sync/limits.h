// Limits of the sync engine, each with its reason. Nothing in sync/ holds more than these.
#pragma once
#include <cstddef>
#include <cstdint>

namespace yizhan::sync {

constexpr std::uint32_t kWireVersion = 0;            // 0 until the first release (ADR-0003)
constexpr std::size_t kFrameBytesMax = 65'536;       // one ZeroMQ message (design.md section 13)
constexpr std::size_t kFrameBytesMin = 1'024;        // 2G must work: 400 ms at 20 kbit/s
constexpr std::size_t kObjectBytesMax = 128 * 1024;  // largest message before fragmenting
constexpr std::size_t kSegmentChangesMax = 256;      // one signature check per 256 changes
constexpr std::size_t kSegmentBytesMax = 48 * 1024;  // expanded bytes at which a segment is sealed
// Encoded body: 48 KiB and one change of 32 KiB, and what the dictionary may add to the expanded
// form, 23 bytes a foreign stream. An object with its header stays below kObjectBytesMax.
constexpr std::size_t kBodyBytesMax = 104 * 1024;
constexpr std::size_t kCoverRun = 16;                // small segments that are worth covering
constexpr std::size_t kDictionaryMax = 1'024;        // foreign streams one segment may refer to
constexpr std::size_t kCertificateBytesMax = 2'048;  // three keys, a dozen grants, one signature
constexpr std::size_t kGrantsMax = 16;               // read, write or carry grants each
constexpr std::size_t kDivisionDepthMax = 6;         // province to village, with room
constexpr std::size_t kKeyRowsPerMessage = 256;      // about 30 kB
constexpr std::size_t kVectorEntriesPerMessage = 2'048;  // about 66 kB
constexpr std::size_t kRevokedStreamsMax = 384;   // of one node: what an operation of 16 KiB holds
constexpr std::size_t kQuarantinedRunsMax = 384;  // likewise
constexpr std::size_t kReceiptEntriesMax = 2'048;
constexpr std::size_t kScopesPerMessage = 1'024;  // three a station below one district, with room
constexpr std::size_t kLanes = 4;
// Byte credit a receiver grants before anything was committed, by lane (sync-notes.md C6).
constexpr std::size_t kLaneCredit[kLanes] = {64 * 1024, 256 * 1024, 512 * 1024, 128 * 1024};
constexpr std::size_t kPersonalFieldsMax = 16;       // fields of one person in one change
constexpr std::size_t kPersonalBytesMax = 8 * 1024;  // their plaintext
constexpr std::int64_t kPingMs = 15'000;             // idle link: one ping
constexpr std::int64_t kSilenceMs = 45'000;          // nothing heard: the session is over
constexpr std::int64_t kHelloMs = 20'000;            // unanswered HELLO: 2G needs several seconds
constexpr std::int64_t kReceiptDelayMs = 100;        // hub: gather commits into one signature
// A node that opened another epoch may have forgotten whom it certified: so long it takes them in.
constexpr std::int64_t kReopenedMs = 30LL * 24 * 3600 * 1000;
constexpr std::size_t kUnknownLinksMax = 64;  // at once, of keys that nobody here knows
constexpr std::int64_t kFullVectorMs = 24LL * 3600 * 1000;  // truth check regardless of digests

}  // namespace yizhan::sync
