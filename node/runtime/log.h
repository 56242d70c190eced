// Log: what the node tells its operator, one line an event, on standard error.
//
// What        Levels error, warn, info, debug; one line an event, with its time.
// Invariants  Nobody's data, secret or key is ever passed in here.
// Errors      none: a log that cannot be written is lost.
// Source      reliability.md D11.
#pragma once
#include <string>
#include <vector>

namespace yizhan::node {

void start_log(const std::string& level);
void log_error(const std::string& text);
void log_warn(const std::string& text);
void log_info(const std::string& text);
void log_debug(const std::string& text);
// The last lines of this run from info on, oldest first; with or without start_log.
std::vector<std::string> last_log_lines();

}  // namespace yizhan::node
