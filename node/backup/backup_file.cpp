#include "node/backup/backup_file.h"

#include <algorithm>

#include "node/backup/backup_shelf.h"
#include "node/backup/scratch_folder.h"

namespace yizhan::node {
namespace {

tl::unexpected<Error> refuse(Errc code, std::string why) {
  return fail(code, std::move(why), "backup");
}

Result<void> check_keys(const NodeIdentity& identity, const NodeKeys& keys) {
  const sync::Certificate& own = identity.certificate;
  const bool ours = own.sign_key == keys.secrets.sign.public_key() &&
                    own.curve_key == sync::x25519_public(keys.secrets.curve) &&
                    own.box_key == sync::x25519_public(keys.secrets.box);
  if (!ours) return refuse(Errc::BadSignature, "its keys are not those of its certificate");
  return {};
}

Result<void> check_chain(const NodeIdentity& identity) {
  const auto broken = refuse(Errc::BadSignature, "its certificate does not chain to the root");
  if (identity.above.empty()) {
    if (!sync::verify_root(identity.certificate, identity.root_public)) return broken;
    return {};
  }
  const sync::Certificate* issuer = nullptr;
  for (const sync::Certificate& above : identity.above) {
    const auto verified = issuer == nullptr ? sync::verify_root(above, identity.root_public)
                                            : sync::verify_issued(above, *issuer);
    if (!verified) return broken;
    issuer = &above;
  }
  const auto own =
      std::find_if(identity.above.begin(), identity.above.end(),
                   [&](const auto& above) { return above.node() == identity.certificate.issuer; });
  if (own == identity.above.end() || !sync::verify_issued(identity.certificate, *own)) {
    return broken;
  }
  return {};
}

// What is wrong with what was unpacked is wrong with the backup.
tl::unexpected<Error> of_backup(const Error& error) {
  const bool of_disk = error.code == Errc::StorageIo || error.code == Errc::StorageFull;
  return fail(error.code, error.detail, of_disk ? "data_dir" : "backup");
}

}  // namespace

Result<UnpackedNode> open_unpacked(const std::filesystem::path& folder, const Unpacked& unpacked,
                                   sync::Entropy& entropy, const std::function<bool()>& go_on) {
  const NodeFiles files(folder);
  auto identity = files.identity();
  if (!identity) return of_backup(identity.error());
  auto keys = files.keys();
  if (!keys) return of_backup(keys.error());
  if (identity->certificate.node() != unpacked.head.node) {
    return refuse(Errc::BadSignature, "another node is inside than it names");
  }
  if (auto fits = check_keys(*identity, *keys); !fits) return fail(fits);
  if (auto chained = check_chain(*identity); !chained) return fail(chained);
  auto store = SqliteStore::open({folder, false}, entropy);
  if (!store) return of_backup(store.error());
  if ((*store)->database_nonce() != unpacked.manifest.database) {
    return refuse(Errc::BadSignature, "another database is inside than it names");
  }
  auto report = verify(**store, identity->root_public, nullptr, go_on);
  if (!report) return of_backup(report.error());
  if (!report->ok) {
    const VerifyFinding& first = report->findings.front();
    return refuse(Errc::BadChain, first.what + ": " + first.where);
  }
  return UnpackedNode{std::move(*identity), std::move(*keys), std::move(*store),
                      std::move(*report)};
}

Result<VerifiedBackup> verify_backup(const std::filesystem::path& file,
                                     const sync::Secret32& secret,
                                     const std::filesystem::path& scratch, sync::Entropy& entropy,
                                     const std::function<bool()>& go_on) {
  ScratchFolder folder(scratch);
  if (auto made = folder.make(); !made) return fail(made);
  auto unpacked = unpack(file, secret, folder.path(), go_on);
  if (!unpacked) return fail(unpacked);
  auto node = open_unpacked(folder.path(), *unpacked, entropy, go_on);
  if (!node) return fail(node);
  return VerifiedBackup{std::move(*unpacked), std::move(node->report)};
}

bool speaks_of_file(const Error& error) {
  return error.field == "backup" &&
         (error.code == Errc::StorageCorrupt || error.code == Errc::BadChain ||
          error.code == Errc::BadSignature);
}

Result<VerifiedBackup> verify_and_mark(const std::filesystem::path& file,
                                       const sync::Secret32& secret,
                                       const std::filesystem::path& scratch, sync::Entropy& entropy,
                                       WallMs now, const std::function<bool()>& go_on) {
  auto verified = verify_backup(file, secret, scratch, entropy, go_on);
  if (!verified && !speaks_of_file(verified.error())) return verified;
  auto open = OpenFile::to_read(file, "backup");
  if (!open) return verified;
  const auto head = read_head(*open);
  if (!head) return verified;  // the list shows such a file as what it is
  const auto marked = mark_verified(file, *head, verified.has_value(), now);
  if (verified && !marked) verified->mark_failed = true;
  return verified;
}

}  // namespace yizhan::node
