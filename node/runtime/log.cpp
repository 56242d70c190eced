#include "node/runtime/log.h"

#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace yizhan::node {
namespace {

constexpr std::size_t kLinesKept = 400;

std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> kept_lines() {
  static const auto kept = [] {
    auto sink = std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(kLinesKept);
    sink->set_level(spdlog::level::info);  // a line of debug each second would push all else out
    return sink;
  }();
  return kept;
}

}  // namespace

void start_log(const std::string& level) {
  auto logger = std::make_shared<spdlog::logger>(
      "yizhan",
      spdlog::sinks_init_list{std::make_shared<spdlog::sinks::stderr_sink_mt>(), kept_lines()});
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

void log_error(const std::string& text) { spdlog::error("{}", text); }
void log_warn(const std::string& text) { spdlog::warn("{}", text); }
void log_info(const std::string& text) { spdlog::info("{}", text); }
void log_debug(const std::string& text) { spdlog::debug("{}", text); }

std::vector<std::string> last_log_lines() {
  std::vector<std::string> lines = kept_lines()->last_formatted();
  for (std::string& line : lines) line.erase(line.find_last_not_of('\n') + 1);
  return lines;
}

}  // namespace yizhan::node
