#include "node/runtime/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace yizhan::node {

void start_log(const std::string& level) {
  auto logger =
      std::make_shared<spdlog::logger>("yizhan", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

void log_error(const std::string& text) { spdlog::error("{}", text); }
void log_warn(const std::string& text) { spdlog::warn("{}", text); }
void log_info(const std::string& text) { spdlog::info("{}", text); }
void log_debug(const std::string& text) { spdlog::debug("{}", text); }

}  // namespace yizhan::node
