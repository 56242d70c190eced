#include "node/store/verify_log.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "crdt/codec/change_codec.h"
#include "node/store/log_tables.h"
#include "sync/membership.h"

namespace yizhan::node {
namespace {

// One stream while its chain is followed from its first change.
class ChainCheck {
 public:
  ChainCheck(const Numbering& numbering, const Members& members, const std::set<NodeId>& revoked,
             VerifyReport& report)
      : numbering_(numbering), members_(members), revoked_(revoked), report_(report) {}

  void stream(const SqliteStore& store, std::int64_t number, Log& log);

 private:
  bool load(const SqliteStore& store, std::int64_t number);
  void segment(const SQLite::Statement& row);
  Result<void> check(const sync::SegmentHeader& header, const SQLite::Statement& row) const;
  Result<void> follow(const sync::SegmentHeader& header, sync::SegmentBody body);
  void tail(const SqliteStore& store, std::int64_t number);
  void end(std::int64_t number, Log& log);
  void find(std::string what, const std::string& where) {
    report_.findings.push_back({std::move(what), where + " of stream " + name_});
  }

  const Numbering& numbering_;
  const Members& members_;
  const std::set<NodeId>& revoked_;
  VerifyReport& report_;
  sync::StreamRow row_;
  std::string name_;
  std::vector<Head> heads_;  // heads_[seq]: after that change; [0] before the first
  std::vector<crdt::Change> changes_;
  std::uint64_t sealed_ = 0;
};

bool ChainCheck::load(const SqliteStore& store, std::int64_t number) {
  SQLite::Statement select(store.sql(),
                           "SELECT scope, author, epoch, nonce, seq, head, sealed, sid"
                           " FROM stream WHERE n = ?");
  select.bind(1, number);
  if (!select.executeStep()) return false;
  const auto id = id_from<StreamId>(blob_of(select.getColumn(7)));
  const auto author = id_from<NodeId>(blob_of(select.getColumn(1)));
  const auto head = id_from<Head>(blob_of(select.getColumn(5)));
  const Bytes nonce = blob_of(select.getColumn(3));
  name_ = to_hex(blob_of(select.getColumn(7))).substr(0, 8);
  if (!id || !author || !head || nonce.size() != row_.epoch.nonce.size()) return false;
  row_.id = *id;
  row_.scope = numbering_.scope_at(select.getColumn(0).getInt64());
  row_.author = *author;
  row_.epoch.counter = select.getColumn(2).getUInt();
  std::copy(nonce.begin(), nonce.end(), row_.epoch.nonce.begin());
  row_.seq = from_sql(select.getColumn(4).getInt64());
  row_.head = *head;
  row_.sealed = from_sql(select.getColumn(6).getInt64());
  return true;
}

Result<void> ChainCheck::check(const sync::SegmentHeader& header,
                               const SQLite::Statement& row) const {
  if (header.stream != row_.id || header.first != from_sql(row.getColumn(1).getInt64()) ||
      header.last != from_sql(row.getColumn(2).getInt64()) ||
      header.body_size != row.getColumn(5).getUInt()) {
    return fail(Errc::BadFormat, "the row's columns differ from its header");
  }
  const auto author = members_.find(row_.author);
  if (author == members_.end()) {
    if (row_.seq == 0) return {};  // nothing of it counts
    return fail(Errc::UnknownAuthor, "no certificate of the author");
  }
  if (!author->second.may_write(row_.scope)) return fail(Errc::OutOfScope, "the author's scope");
  return verify_seal(header, author->second.sign_key);
}

Result<void> ChainCheck::follow(const sync::SegmentHeader& header, sync::SegmentBody body) {
  if (header.first > heads_.size()) return fail(Errc::Gap, "changes before it are missing");
  if (header.previous != heads_[static_cast<std::size_t>(header.first - 1)]) {
    return fail(Errc::BadChain, "it does not continue the chain");
  }
  Head head = header.previous;
  for (std::size_t i = 0; i < body.changes.size(); ++i) {
    const std::uint64_t seq = body.changes[i].id.seq;
    head = sync::next_head(head, seq, body.expanded[i]);
    if (seq < heads_.size()) continue;
    heads_.push_back(head);
    changes_.push_back(std::move(body.changes[i]));
  }
  sealed_ = std::max(sealed_, header.last);
  return {};
}

void ChainCheck::segment(const SQLite::Statement& row) {
  ++report_.segments;
  const Bytes container = blob_of(row.getColumn(6));
  const std::string where = "segment " + std::to_string(row.getColumn(0).getInt64()) + " (seq " +
                            std::to_string(row.getColumn(1).getInt64()) + " to " +
                            std::to_string(row.getColumn(2).getInt64()) + ")";
  if (row.getColumn(4).getInt64() != container_tag(container)) return find("seal", where);
  const auto header = sync::peek_header(container);
  if (!header) return find("seal", where + ": " + header.error().detail);
  if (const auto good = check(*header, row); !good) {
    return find("seal", where + ": " + good.error().detail);
  }
  auto body = open_body(*header, container);
  if (!body) return find("chain", where + ": " + body.error().detail);
  if (const auto good = follow(*header, std::move(*body)); !good) {
    find("chain", where + ": " + good.error().detail);
  }
}

void ChainCheck::tail(const SqliteStore& store, std::int64_t number) {
  SQLite::Statement select(store.sql(),
                           "SELECT id, b FROM tail WHERE id >= ? AND id < ? ORDER BY id");
  SQLite::bind(select, Numbering::dot(number, 0, 0), Numbering::dot(number + 1, 0, 0));
  while (select.executeStep()) {
    const std::uint64_t seq = numbering_.dot_at(select.getColumn(0).getInt64()).seq;
    const Bytes expanded = blob_of(select.getColumn(1));
    auto change = crdt::decode_expanded(expanded, {row_.id, seq});
    if (!change || seq != heads_.size()) {
      find("chain", "tail " + std::to_string(seq));
      continue;
    }
    heads_.push_back(sync::next_head(heads_.back(), seq, expanded));
    changes_.push_back(std::move(*change));
  }
}

void ChainCheck::end(std::int64_t number, Log& log) {
  const std::string where = "stream " + std::to_string(number);
  const std::uint64_t stored = heads_.size() - 1;
  const std::uint64_t last = std::min(stored, row_.seq);
  const bool fits = last == row_.seq && heads_[static_cast<std::size_t>(last)] == row_.head &&
                    sealed_ == row_.sealed;
  if (!fits) find("chain", where + ": its last change differs from its row");
  if (!changes_.empty()) {
    const auto open = sync::epoch_open_of(changes_.front());
    const bool own = open && sync::stream_id(*open) == row_.id && open->scope == row_.scope &&
                     open->node == row_.author && open->epoch == row_.epoch;
    if (!own) find("chain", where + ": its first change describes another stream");
  }
  if (last > 0) {
    const Head& head = heads_[static_cast<std::size_t>(last)];
    log.digests[row_.scope].add(sync::stream_term(row_.id, last, head));
  }
  report_.changes += static_cast<std::int64_t>(last);
  changes_.resize(static_cast<std::size_t>(last));
  if (last < stored || revoked_.contains(row_.author)) log.cut.emplace_back(row_, heads_);
  log.scopes[row_.scope][row_.id] = std::move(changes_);
}

void ChainCheck::stream(const SqliteStore& store, std::int64_t number, Log& log) {
  if (!load(store, number)) return find("chain", "stream " + std::to_string(number));
  heads_.push_back(sync::first_head(row_.id));
  SQLite::Statement select(store.sql(),
                           "SELECT n, first, last, content, tag, raw, z FROM seg"
                           " WHERE stream = ? ORDER BY first, last");
  select.bind(1, number);
  while (select.executeStep()) segment(select);
  tail(store, number);
  end(number, log);
}

void check_keyring(const SqliteStore& store, const Numbering& numbering, Log& log,
                   VerifyReport& report) {
  SQLite::Statement select(store.sql(), "SELECT key, wrapped, scope, generation, tag FROM keyring");
  while (select.executeStep()) {
    const sync::KeyRow row{numbering.dot_at(select.getColumn(0).getInt64()),
                           numbering.scope_at(select.getColumn(2).getInt64()),
                           select.getColumn(3).getUInt(), blob_of(select.getColumn(1))};
    if (row.key.seq <= log.scopes[row.scope][row.key.stream].size()) {
      log.digests[row.scope].add(sync::key_term(row));
    }
    const bool tagged = select.getColumn(4).getInt64() == key_row_tag(row);
    if (!tagged || !sync::decode_key_row(encode(row))) {
      report.findings.push_back({"keyring", "row " + select.getColumn(0).getString()});
    }
  }
}

// What the operations of the auth scopes give, by the certificates that stand.
sync::Standing standing_of(const SqliteStore& store, const sync::Key32& root_public,
                           const Members& members, const Log& log) {
  sync::Membership membership(root_public);
  for (const auto& [node, certificate] : members) membership.trust(certificate);
  for (const sync::StreamRow& row : store.streams()) {
    const auto scope = log.scopes.find(row.scope);
    const bool read = scope != log.scopes.end() && scope->second.contains(row.id);
    if (row.scope.cls != sync::ScopeClass::Auth || !read) continue;
    for (const crdt::Change& change : scope->second.at(row.id)) {
      for (std::size_t i = 0; i < change.ops.size(); ++i) {
        const auto* op = std::get_if<crdt::Opaque>(&change.ops[i].body);
        if (op == nullptr || !sync::is_authority_op(op->kind)) continue;
        auto decoded = sync::decode_authority_op(row.scope, row.author, change.dot(i), *op);
        if (decoded) membership.put(std::move(*decoded));
      }
    }
  }
  return membership.standing();
}

}  // namespace

Members check_certificates(const SqliteStore& store, const sync::Key32& root_public,
                           VerifyReport& report) {
  Members members;
  const auto find = [&report](ByteView node) {
    report.findings.push_back({"certificate", "certificate " + to_hex(node).substr(0, 8)});
  };
  SQLite::Statement select(store.sql(), "SELECT node, b FROM certificate");
  while (select.executeStep()) {
    const Bytes node = blob_of(select.getColumn(0));
    const auto certificate = sync::decode_certificate(blob_of(select.getColumn(1)));
    if (certificate && equal(view(certificate->node()), node)) {
      members[certificate->node()] = *certificate;
    } else {
      find(node);
    }
  }
  for (const auto& [node, certificate] : members) {
    const auto issuer = members.find(certificate.issuer);
    const bool good =
        certificate.issuer == NodeId{}
            ? verify_root(certificate, root_public).has_value()
            : issuer != members.end() && verify_issued(certificate, issuer->second).has_value();
    if (!good) find(view(node));
  }
  return members;
}

Log check_log(const SqliteStore& store, const Numbering& numbering, const Members& members,
              VerifyReport& report, const std::function<bool()>& go_on) {
  Log log;
  std::vector<std::int64_t> numbers;
  SQLite::Statement select(store.sql(), "SELECT n FROM stream WHERE author IS NOT NULL");
  while (select.executeStep()) numbers.push_back(select.getColumn(0).getInt64());
  std::set<NodeId> revoked;
  for (const sync::Revocation& revocation : store.revocations()) revoked.insert(revocation.node);
  for (const std::int64_t number : numbers) {
    if (!go_on()) return log;
    ChainCheck(numbering, members, revoked, report).stream(store, number, log);
  }
  check_keyring(store, numbering, log, report);
  return log;
}

void check_revocations(const SqliteStore& store, const sync::Key32& root_public,
                       const Members& members, const Log& log, VerifyReport& report) {
  const auto find = [&report](NodeId node) {
    report.findings.push_back({"revocation", "revocation of " + to_hex(view(node)).substr(0, 8)});
  };
  const sync::Standing standing = standing_of(store, root_public, members, log);
  auto wanted = standing.revoked;
  SQLite::Statement select(store.sql(), "SELECT node, b FROM revocation");
  while (select.executeStep()) {
    const auto node = id_from<NodeId>(blob_of(select.getColumn(0)));
    const auto held = sync::decode_revocation(blob_of(select.getColumn(1)));
    const auto found = node ? wanted.find(*node) : wanted.end();
    if (found == wanted.end() || !held || *held != found->second) find(node.value_or(NodeId{}));
    if (found != wanted.end()) wanted.erase(found);
  }
  for (const auto& [node, revocation] : wanted) find(node);
  for (const auto& [row, heads] : log.cut) {
    const std::uint64_t stored = heads.size() - 1;
    const auto revocation = standing.revoked.find(row.author);
    std::uint64_t counts = members.contains(row.author) ? stored : 0;
    if (revocation != standing.revoked.end()) {
      const sync::Cut cut = sync::cut_of(revocation->second, row.id);
      const bool ours = cut.seq > stored || cut.seq == 0 ||
                        sync::head_tag(heads[static_cast<std::size_t>(cut.seq)]) == cut.tag;
      counts = ours ? std::min(counts, cut.seq) : 0;
    }
    if (row.seq != counts) find(row.author);
  }
}

void restamp(const SqliteStore& store, const sync::Key32& root_public, const Members& members,
             Log& log) {
  const sync::Standing standing = standing_of(store, root_public, members, log);
  const std::vector<sync::StreamRow> rows = store.streams();
  for (auto& [scope, changes] : log.scopes) restamp(changes, rows, standing.quarantines);
}

void check_receipts(const SqliteStore& store, const Numbering& numbering, const Members& members,
                    VerifyReport& report) {
  // A station that has just joined trusts its hub by its own identity; certificates come after.
  if (members.empty()) return;
  SQLite::Statement select(store.sql(), "SELECT scope, b FROM receipt");
  while (select.executeStep()) {
    const sync::Scope scope = numbering.scope_at(select.getColumn(0).getInt64());
    const auto receipt = sync::decode_receipt(blob_of(select.getColumn(1)));
    const auto hub = receipt ? members.find(receipt->hub) : members.end();
    const bool good = hub != members.end() && receipt->scope == scope &&
                      verify_receipt(*receipt, hub->second.sign_key).has_value();
    if (!good) report.findings.push_back({"receipt", "receipt of " + text(scope)});
  }
}

void check_scope_keys(const SqliteStore& store, const Numbering& numbering, const Log& log,
                      VerifyReport& report) {
  // What the auth scopes' operations give for one generation of one scope.
  struct Given {
    std::set<sync::Key32> public_keys;
    std::set<std::pair<NodeId, Bytes>> boxes;
  };
  std::map<std::pair<sync::Scope, std::uint32_t>, Given> given;
  for (const auto& [scope, streams] : log.scopes) {
    if (scope.cls != sync::ScopeClass::Auth) continue;
    for (const auto& [stream, changes] : streams) {
      for (const crdt::Change& change : changes) {
        for (const crdt::Op& op : change.ops) {
          const auto* control = std::get_if<crdt::Opaque>(&op.body);
          const bool is_key = control != nullptr &&
                              control->kind == static_cast<std::uint16_t>(crdt::OpKind::ScopeKey);
          const auto key = is_key ? sync::decode_scope_key(control->payload)
                                  : Result<sync::ScopeKeyOp>(fail(Errc::NotFound, "another op"));
          if (!key) continue;
          Given& known = given[{key->scope, key->generation}];
          known.public_keys.insert(key->public_key);
          known.boxes.insert(key->boxes.begin(), key->boxes.end());
        }
      }
    }
  }
  SQLite::Statement select(store.sql(), "SELECT scope, generation, b FROM scope_key");
  while (select.executeStep()) {
    const sync::Scope scope = numbering.scope_at(select.getColumn(0).getInt64());
    const auto key = sync::decode_scope_key(blob_of(select.getColumn(2)));
    bool good = key && key->scope == scope && key->generation == select.getColumn(1).getUInt();
    if (good) {
      const Given& known = given[{key->scope, key->generation}];
      good = known.public_keys.contains(key->public_key);
      for (const auto& box : key->boxes) good = good && known.boxes.contains(box);
    }
    if (!good) report.findings.push_back({"scope_key", "key of " + text(scope)});
  }
}

}  // namespace yizhan::node
