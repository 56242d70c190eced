// Result and Error: expected failures are values.
//
// What        Every operation that can fail in daily life (offline, stale, refused, corrupt, full)
//             returns Result<T>. Bugs of our own stop the process through CHECK; exceptions live
//             only inside node/ adapters.
// Invariants  A failed operation has changed nothing unless its contract says otherwise.
// Units       none.
// Errors      Errc names the decision the caller has to take, not the place where things broke.
// Not here    Error texts for people: node/http/problem.h.
// Source      tl::expected 1.0.0; style.md section 5.
#pragma once
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace yizhan {

enum class Errc {
  BadFormat,       // bytes, field or argument do not have the required shape
  LimitExceeded,   // an input is larger than its stated limit
  BadSignature,    // a seal, certificate, receipt or HELLO does not verify
  BadChain,        // a head, body hash or state root differs from what was signed or stored
  Gap,             // changes before this one are missing; ask for them first
  UnknownAuthor,   // no certificate is known for the author (yet)
  OutOfScope,      // the author or reader has no right in this scope
  WrongStream,     // a stream id is not its author's
  UnknownVersion,  // wire or file version that this program does not speak
  NotFound,        // no such record, staff member, slot, key
  Conflict,        // the same key with another body, a stale revision, a transition not allowed
  NoCapacity,      // the slot is full
  Denied,          // not signed in, wrong secret, not allowed
  Expired,         // ticket, sign-in or one-time code past its time or already used
  Throttled,       // too many tries; wait
  Busy,            // another process or request holds it
  Unreachable,     // the peer does not answer
  StorageIo,       // the disk refused
  StorageFull,     // no space left
  StorageCorrupt,  // stored bytes fail their check, or the file is not ours
  Unsupported      // the platform lacks something that is required
};

// Stable English name of a code, as it stands in problem+json and logs.
const char* name(Errc code);

struct Error {
  Errc code;
  std::string detail;  // for operators; never personal data, secrets or keys
  std::string field;   // the input field, option or config key at fault; empty when none
  friend bool operator==(const Error&, const Error&) = default;
};

// tl::expected is not [[nodiscard]]; this is why the class exists.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(Errc code, std::string detail, std::string field = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail), std::move(field)});
}

// Propagates the error of one result as the error of another.
template <class T>
tl::unexpected<Error> fail(const Result<T>& failed) {
  return tl::unexpected<Error>(failed.error());
}

}  // namespace yizhan
