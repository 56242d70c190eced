#include "node/app/person_opener.h"

namespace yizhan::node {

Result<std::string> PersonOpener::open(const crdt::RegSibling& sibling) {
  const auto* ref = std::get_if<crdt::PersonalRef>(&sibling.value);
  if (ref == nullptr) return std::string();  // removed
  const crdt::SealedBlob* blob = state_.blob(sibling.dot, *ref);
  if (blob == nullptr) return fail(Errc::StorageCorrupt, "a personal field has no blob");
  auto& fields = opened_[{sibling.dot.change(), ref->blob}];
  if (!fields) {
    auto opened = engine_.open(place_.scope, sibling.dot.change(), ref->blob, *blob);
    if (!opened && opened.error().code == Errc::NotFound) {
      return fail(Errc::Gap, "the key of this record has not come yet");
    }
    if (!opened) return fail(opened);
    fields = std::move(*opened);
  }
  if (ref->index >= fields->size()) return fail(Errc::BadFormat, "no such personal field");
  return (*fields)[ref->index];
}

std::optional<crdt::Dot> person_key(const crdt::EntityState& state) {
  for (const crdt::RegSibling& sibling : state.regs) {
    const auto* ref = std::get_if<crdt::PersonalRef>(&sibling.value);
    const crdt::SealedBlob* blob = ref == nullptr ? nullptr : state.blob(sibling.dot, *ref);
    if (blob != nullptr) return blob->key;
  }
  return std::nullopt;
}

}  // namespace yizhan::node
