#include "node/store/journal_scan.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".yzj";
constexpr std::size_t kNameDigits = 8;
constexpr std::uint64_t kClosingBytesMax = 4096;  // a closing of more streams is not looked for
constexpr std::uint64_t kFileBytesMax = 64 * 1024 * 1024;  // one commit may pass the usual 4 MB

std::optional<std::uint64_t> number_of(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name.size() != kNameDigits + kSuffix.size() || !name.ends_with(kSuffix)) return std::nullopt;
  std::uint64_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + kNameDigits, number);
  if (parsed.ec != std::errc() || parsed.ptr != name.data() + kNameDigits) return std::nullopt;
  return number;
}

std::vector<std::uint64_t> numbers_in(const Disk& disk, const fs::path& folder) {
  std::vector<std::uint64_t> numbers;
  for (const std::string& name : disk.names(folder)) {
    if (const auto number = number_of(name)) numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Result<Bytes> read_all(const Disk& disk, const fs::path& path,
                       const std::optional<JournalEnd>& until) {
  const auto size = disk.size(path);
  if (!size || *size > kFileBytesMax) {
    return fail(Errc::StorageIo, "a journal file cannot be read", path.filename().string());
  }
  auto bytes = disk.read(path, 0, static_cast<std::size_t>(*size));
  if (!bytes) return fail(Errc::StorageIo, "a journal file cannot be read", bytes.error().field);
  if (until && until->path == path) bytes->resize(std::min(bytes->size(), until->at));
  return bytes;
}

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

// Sorts a whole record into what the file says. False: it is of another database.
bool take(JournalRecord record, std::size_t at, std::uint64_t nonce, JournalFile& file) {
  if (auto* entry = std::get_if<JournalEntry>(&record)) {
    file.changes.push_back(std::move(entry->change));
    return entry->nonce == nonce;
  }
  if (const auto* closing = std::get_if<JournalClosing>(&record)) return closing->nonce == nonce;
  auto& opening = std::get<JournalOpening>(record);
  const bool ours = opening.nonce == nonce;
  if (at == 0) file.opening = std::move(opening);
  return ours;
}

Result<JournalFile> read_file(const Disk& disk, const fs::path& path, const sync::Secret32& key,
                              std::uint64_t nonce, const std::optional<JournalEnd>& until) {
  const auto bytes = read_all(disk, path, until);
  if (!bytes) return fail(bytes);
  JournalFile file;
  file.path = path;
  file.number = number_of(path).value_or(0);
  for (std::size_t at = 0; at < bytes->size();) {
    auto found = record_at(*bytes, at, key);
    if (!found) {
      if (all_zero(ByteView(*bytes).subspan(at))) break;
      file.damage.push_back(at);
      at = next_mark(*bytes, at + 1, kJournalFrame);
      continue;
    }
    if (!take(std::move(found->record), at, nonce, file)) {
      return fail(Errc::StorageCorrupt,
                  "the journal is of another database than yizhan.db; put back the database that "
                  "belongs to it",
                  "journal");
    }
    at = file.end = found->end;
  }
  return file;
}

}  // namespace

bool JournalScan::damaged() const {
  return std::any_of(files.begin(), files.end(),
                     [](const JournalFile& file) { return !file.damage.empty(); });
}

std::vector<const sync::JournalChange*> JournalScan::changes() const {
  std::vector<const sync::JournalChange*> all;
  for (const JournalFile& file : files) {
    for (const sync::JournalChange& change : file.changes) all.push_back(&change);
  }
  return all;
}

std::vector<std::uint64_t> JournalScan::missing(StreamId stream, std::uint64_t last) const {
  std::set<std::uint64_t> held;
  for (const sync::JournalChange* change : changes()) {
    if (change->stream == stream) held.insert(change->seq);
  }
  const auto known = before.find(stream);
  std::vector<std::uint64_t> seqs;
  for (std::uint64_t seq = known == before.end() ? 1 : known->second + 1; seq <= last; ++seq) {
    if (!held.contains(seq)) seqs.push_back(seq);
  }
  return seqs;
}

std::map<StreamId, std::uint64_t> JournalScan::heads() const {
  std::map<StreamId, std::uint64_t> heads = before;
  for (const sync::JournalChange* change : changes()) {
    std::uint64_t& head = heads[change->stream];
    head = std::max(head, change->seq);
  }
  return heads;
}

fs::path journal_folder(const fs::path& data) { return data / "journal"; }

fs::path journal_file(const fs::path& data, std::uint64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, kNameDigits - std::min(digits.size(), kNameDigits), '0');
  return journal_folder(data) / (digits + std::string(kSuffix));
}

Result<JournalScan> scan_journal(const fs::path& data, const sync::Secret32& key,
                                 std::uint64_t nonce, ScanDepth depth,
                                 const std::optional<JournalEnd>& until, const Disk& disk) {
  JournalScan scan;
  auto numbers = numbers_in(disk, journal_folder(data));
  if (until) {
    std::erase_if(numbers, [&](std::uint64_t number) { return number > number_of(until->path); });
  }
  if (!numbers.empty()) scan.last_number = numbers.back();
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    auto file = read_file(disk, journal_file(data, *number), key, nonce, until);
    if (!file) return fail(file);
    scan.files.insert(scan.files.begin(), std::move(*file));
    const auto& opening = scan.files.front().opening;
    if (depth == ScanDepth::Newest && opening) {
      scan.before = opening->heads;
      break;
    }
  }
  if (!scan.files.empty() && scan.files.back().opening && scan.files.back().damage.empty()) {
    scan.end = JournalEnd{scan.files.back().path, scan.files.back().end};
  }
  return scan;
}

std::optional<JournalScan> scan_closing(const fs::path& data, const sync::Secret32& key,
                                        std::uint64_t nonce, const Disk& disk) {
  const auto numbers = numbers_in(disk, journal_folder(data));
  if (numbers.empty()) return std::nullopt;
  JournalScan scan;
  scan.last_number = numbers.back();
  const fs::path path = journal_file(data, scan.last_number);
  const std::uint64_t size = disk.size(path).value_or(0);
  if (size == 0) return std::nullopt;
  const auto read = std::min<std::uint64_t>(size, kClosingBytesMax);
  const auto last =
      disk.read(path, static_cast<std::size_t>(size - read), static_cast<std::size_t>(read));
  if (!last) return std::nullopt;
  auto closing = closing_of(*last, key);
  if (!closing || closing->nonce != nonce) return std::nullopt;
  scan.before = std::move(closing->heads);
  scan.end = JournalEnd{path, static_cast<std::size_t>(size)};
  return scan;
}

}  // namespace yizhan::node
