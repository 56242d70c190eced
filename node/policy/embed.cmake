# Turns the data files of the policy into one C++ source.
#   cmake -DOUT=embedded.cpp -DDIR=node/policy/data -DFILES=policy.toml,calendar_2026.txt -P embed.cmake
string(REPLACE "," ";" FILES "${FILES}")
set(rows "")
foreach(file ${FILES})
  file(READ ${DIR}/${file} text)
  string(APPEND rows "    EmbeddedFile{\"${file}\", R\"data(${text})data\"},\n")
endforeach()
file(WRITE ${OUT} "// Made by node/policy/embed.cmake from node/policy/data/.
#include \"node/policy/embedded.h\"

#include <array>

namespace yizhan::node {

std::span<const EmbeddedFile> embedded_files() {
  static constexpr std::array kFiles = {
${rows}  };
  return kFiles;
}

}  // namespace yizhan::node
")
