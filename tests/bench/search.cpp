// search: one question over 100,000 records in memory; turn by turn with a bare scan of the same
// texts for the same bytes. Also what a record takes in memory.
#include <malloc.h>

#include <memory>
#include <stdexcept>

#include "node/app/search_index.h"
#include "tests/bench/report.h"
#include "tests/bench/workload.h"

namespace yizhan::bench {
namespace {

constexpr std::size_t kRecords = 100'000;
constexpr int kTurns = 21;
constexpr std::size_t kBytesMax = 300;  // a record, as search_index.h promises

node::SearchRecord record_of(const Insert& insert, std::size_t number) {
  node::SearchRecord record;
  record.dot.stream.value[0] = static_cast<std::uint8_t>(number % 20);
  record.dot.seq = number + 1;
  record.name = insert.values[Name];
  record.document = insert.values[Idno];
  record.phone_tail = insert.values[Phone].substr(insert.values[Phone].size() - 4);
  record.number = "140311100-0305-0017-8";
  record.day = static_cast<std::int64_t>(number / 500);
  record.window = 540;
  record.latest = {record.dot.change()};
  return record;
}

std::size_t heap() { return ::mallinfo2().uordblks; }

std::int64_t bare_scan(const std::vector<std::string>& texts, const std::string& wanted) {
  std::int64_t found = 0;
  for (const std::string& text : texts) found += text.find(wanted) != std::string::npos ? 1 : 0;
  return found;
}

}  // namespace

std::vector<Report> search() {
  const std::vector<Insert> records = inserts(20, kRecords / 20);
  const std::size_t before = heap();
  auto index = std::make_unique<node::SearchIndex>();
  for (std::size_t i = 0; i < kRecords; ++i) index->put(record_of(records[i], i));
  const std::size_t bytes = (heap() - before) / kRecords;
  if (bytes > kBytesMax) throw std::runtime_error("a record takes " + std::to_string(bytes) + " B");

  std::vector<std::string> texts;
  texts.reserve(records.size());
  for (const Insert& insert : records) {
    texts.push_back(insert.values[Name] + insert.values[Idno] + insert.values[Phone]);
  }
  std::vector<Report> reports;
  for (const auto& [name, typed] :
       {std::pair("search initials", "lgq"), std::pair("search name", "桂华"),
        std::pair("search digits", "0017")}) {
    node::SearchQuestion question;
    question.text = node::search_text(typed);
    std::vector<double> ours;
    std::vector<double> bare;
    std::int64_t seen = 0;  // used, so that no scan is left out
    for (int turn = 0; turn < kTurns; ++turn) {
      const double begun = now_ms();
      seen += index->find(question, [](const crdt::ChangeId&) { return false; }).total;
      const double between = now_ms();
      seen += bare_scan(texts, typed);
      ours.push_back(between - begun);
      bare.push_back(now_ms() - between);
    }
    if (seen < 0) throw std::runtime_error("nothing can be found less than never");
    reports.push_back({name, median(ours), median(bare)});
  }
  return reports;
}

}  // namespace yizhan::bench
