// Answers: what a station says of its records, by every way on which it is asked.
//
// What        get, the lists of the days, the requests, the state root, an export, and what a
//             parent holds that has received everything. Asked of a station with sound files they
//             are the truth; asked of another each is the same, or an error that was told.
// Invariants  I1  asking writes nothing of its own into the station's scope.
// Units       none.
// Errors      what a station tells is in Heard, never thrown.
#pragma once
#include <optional>
#include <set>

#include "node/store/sqlite_store.h"
#include "tests/node/store/drafts.h"
#include "tests/storage/parent.h"
#include "tests/storage/station.h"

namespace yizhan::storage {

struct Answers {
  std::map<crdt::Dot, crdt::EntityState> records;
  std::map<std::int64_t, std::vector<std::pair<crdt::Dot, std::int64_t>>> days;
  std::map<std::uint64_t, sync::IdempotencyRow> requests;
  std::string root;
};

struct Heard {
  std::optional<std::string> told;   // the first error that the station told
  std::optional<std::string> wrong;  // the first answer that is neither the truth nor an error
};

struct AskedFor {
  bool by_export = false;
  bool by_sync = false;
};

Answers answers_of(const node::SqliteStore& store, const sync::Scope& scope);
Heard ask(Station& station, const Machine& machine, const Answers& truth, AskedFor asked);

}  // namespace yizhan::storage
