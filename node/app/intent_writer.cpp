#include "node/app/intent_writer.h"

#include "node/app/intents.h"

namespace yizhan::node {
namespace {

constexpr std::uint16_t kCreated = 201;
constexpr std::uint16_t kOk = 200;

}  // namespace

Result<std::optional<crdt::Dot>> IntentWriter::earlier(const Intent& intent) const {
  const auto row = at_.reads.idempotency(intent_key(intent));
  if (!row) return std::optional<crdt::Dot>();
  if (row->request != intent.request_hash) {
    return fail(Errc::Conflict, "the key was used for another request", "Idempotency-Key");
  }
  return std::optional(row->entity);
}

Result<crdt::Dot> IntentWriter::write(const Intent& intent, sync::Draft draft,
                                      std::optional<crdt::Dot> record) {
  draft.staff = intent.staff.id;
  draft.idempotency =
      sync::IdempotencyRow{intent_key(intent), intent.request_hash,
                           record.value_or(sync::own_op(0)), record ? kOk : kCreated, at_.wall};
  const auto written = at_.engine.write(at_.wall, at_.mono, draft, at_.effects);
  if (!written && written.error().code == Errc::NotFound) {
    return fail(Errc::Gap, "the key of this record has not come yet");
  }
  if (!written) return fail(written);
  return record ? *record : crdt::Dot{written->id.stream, written->id.seq, 0};
}

}  // namespace yizhan::node
