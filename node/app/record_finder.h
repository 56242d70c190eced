// Record finder: search and lookup over an index that keeps step with the records.
//
// What        Turns records into index entries, questions into scans, and hits into masked rows.
// Invariants  I1  an answer reflects every change that was told before it was asked.
//             I2  a code with a wrong prefix or check digit is bad_code; nothing is guessed from
//                 it.
//             I3  what another station's number or record asks for is said to be elsewhere, also
//                 when that record is not here; only where people can come.
//             I4  each record is decrypted once for its entry, and again only when it has changed.
// Units       See node/app/search_types.h.
// Errors      BadFormat, field "from", "to", "date" or "after"; storage errors.
// Not here    When the index is built: node/runtime.
// Source      ux.md W3, W4; design.md section 8.
#pragma once
#include <set>

#include "node/app/appointment_view.h"
#include "node/app/reads.h"
#include "node/app/search_types.h"

namespace yizhan::node {

// What the index holds of one record; empty: it is not to be found.
Result<std::optional<SearchRecord>> search_record(const sync::Engine& engine, const Reads& reads,
                                                  const RecordPlace& place,
                                                  const crdt::EntityState& state);

// What a scanned or typed text asks for.
struct LookupText {
  Lookup::Kind kind = Lookup::Kind::None;
  SearchText text;
  bool bad_code = false;
  std::string station;  // the code of the station that issued the number; empty: is none
};
LookupText lookup_text(const std::string& typed, std::int64_t today);

// A record as lists show it, masked; empty: it is not here.
Result<std::optional<RecordRow>> show_record(const sync::Engine& engine, const Reads& reads,
                                             const Policy& policy, const crdt::Dot& dot);

class RecordFinder {
 public:
  // `index` holds what was there when it was built; `changed` names what has changed since.
  explicit RecordFinder(SearchIndex index) : index_(std::move(index)) {}

  void changed(const crdt::Dot& dot) { dirty_.insert(dot); }
  // Brings at most `most` changed records up to date.
  Result<void> keep_step(const sync::Engine& engine, const Reads& reads, std::size_t most);
  bool in_step() const { return dirty_.empty(); }

  Result<RecordPage> search(const sync::Engine& engine, const Reads& reads, const Policy& policy,
                            WallMs now, const RecordQuery& wish);
  Result<Lookup> lookup(const sync::Engine& engine, const Reads& reads, const Policy& policy,
                        WallMs now, const LookupQuestion& wish);
  std::size_t size() const { return index_.size(); }

 private:
  SearchIndex index_;
  std::set<crdt::Dot> dirty_;
};

}  // namespace yizhan::node
