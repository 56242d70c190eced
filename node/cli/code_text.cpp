#include "node/cli/code_text.h"

#include <unistd.h>

#include <fstream>
#include <iostream>

#include "node/cli/console.h"

namespace yizhan::node::cli {
namespace {

constexpr std::size_t kCodeTextMax = 256;

}  // namespace

Result<std::string> code_text(const std::string& source) {
  std::string text;
  if (source == "-") {
    if (::isatty(STDIN_FILENO) != 0) say("请输入恢复码，然后按回车：");
    std::getline(std::cin, text);
    return text;
  }
  std::ifstream in(source, std::ios::binary);
  if (!in) return fail(Errc::NotFound, "cannot be read: " + source, "--code");
  text.resize(kCodeTextMax);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace yizhan::node::cli
