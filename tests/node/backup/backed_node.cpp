#include "tests/node/backup/backed_node.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "node/store/verify.h"

namespace yizhan::node::test {
namespace {

sync::NodeSecrets copy_of(const sync::NodeSecrets& secrets) {
  return {sync::SignKey(secrets.sign.seed().clone()), secrets.curve.clone(), secrets.box.clone()};
}

}  // namespace

Bytes bytes_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put_bytes(const fs::path& file, const Bytes& bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
}

// The same members as SmallCity makes of this seed.
BackedNode::BackedNode(std::uint64_t seed)
    : seed_(seed),
      members_(sync::test::make_city(seed)),
      member_(sync::test::make_member(members_, sync::Role::Station,
                                      sync::test::division("1403/140311/140311100"), seed + 1000,
                                      &members_.hub)),
      city_(seed),
      root_public_(members_.root.public_key()) {
  city_.connect();
  city_.run(1000);
  fs::create_directories(data());
  const NodeFiles files(data());
  NodeKeys keys{copy_of(member_.secrets), Pepper(sync::test::bytes_of<32>(seed))};
  BOOST_REQUIRE(files.save_keys(keys).has_value());
  sync::test::SeededEntropy entropy(seed + 5);
  code_ = new_recovery(files, entropy).value();
  NodeIdentity identity;
  identity.name = "荫营镇便民服务中心";
  identity.root_public = root_public_;
  identity.certificate = member_.certificate;
  identity.epoch.nonce = sync::test::bytes_of<8>(member_.certificate.serial + 77);
  identity.parent = members_.hub.certificate.node();
  identity.above = {members_.hub.certificate};
  BOOST_REQUIRE(files.save_identity(identity).has_value());
  fs::permissions(data() / "secrets.yz", fs::perms::owner_read | fs::perms::owner_write);
}

void BackedNode::work(int count) {
  for (int i = 0; i < count; ++i) {
    BOOST_REQUIRE(city_.station->write(booking(city_.scope, ++number_)).has_value());
    city_.station->commit();
    if (number_ % 5 == 0) city_.run(100);
  }
}

void BackedNode::settle() {
  city_.hang_up();
  city_.station->close();
  const fs::path from = city_.station->folder();
  fs::remove_all(data() / "journal");
  for (const char* name : {"yizhan.db", "yizhan.db-wal", "yizhan.db-shm"})
    fs::remove(data() / name);
  fs::copy_file(from / "yizhan.db", data() / "yizhan.db");
  fs::copy(from / "journal", data() / "journal");
  city_.station->open(false);
  city_.connect();
  city_.run(500);
}

BackupPlan BackedNode::plan() const {
  BackupPlan plan;
  plan.data = data();
  plan.shelf = data() / "backups";
  plan.program = "0.0.1";
  return plan;
}

Result<BackupMade> BackedNode::back_up(WallMs now) {
  sync::test::SeededEntropy entropy(seed_ + static_cast<std::uint64_t>(now.value));
  auto store = SqliteStore::open({data(), false}, entropy);
  BOOST_REQUIRE(store.has_value());
  const auto snapshot = (*store)->snapshot();
  BOOST_REQUIRE(snapshot.has_value());
  return make_backup(**snapshot, plan(), entropy, now, [] { return true; });
}

Result<Restored> BackedNode::restore(const fs::path& file, bool replace) {
  return restore_with(file, member_.secrets.box, replace, [](RestoreStep) {});
}

Result<Restored> BackedNode::restore_with(const fs::path& file, const sync::Secret32& secret,
                                          bool replace,
                                          const std::function<void(RestoreStep)>& on_step) {
  sync::test::SeededEntropy entropy(++seed_);
  return node::restore({file, data(), replace}, secret, entropy,
                       {WallMs{1'790'000'500'000}, MonoMs{5}}, on_step);
}

std::string BackedNode::facts() const {
  sync::test::SeededEntropy entropy(1);
  const auto store = SqliteStore::open({data(), false}, entropy);
  BOOST_REQUIRE_MESSAGE(store.has_value(), (store ? std::string() : store.error().detail));
  const auto report = verify(**store, root_public_);
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(report->ok);
  const auto roots = state_roots(**store);
  BOOST_REQUIRE(roots.has_value());
  std::string all;
  for (const ScopeRoot& row : *roots) {
    all += row.scope + " " + row.log_digest + " " + row.state_root + "\n";
  }
  return all;
}

std::vector<std::string> BackedNode::beside() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root())) {
    const std::string name = entry.path().filename().string();
    if (name != "data") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

NodeKeys BackedNode::keys() const {
  return {copy_of(member_.secrets), Pepper(sync::test::bytes_of<32>(seed_))};
}

}  // namespace yizhan::node::test
