# Turns the files of station-ui into one C++ source.
#   cmake -DOUT=assets.cpp -DDIR=station-ui -DFILES=index.html,app.js -P embed.cmake
string(REPLACE "," ";" FILES "${FILES}")
set(arrays "")
set(rows "")
set(number 0)
foreach(file ${FILES})
  file(READ ${DIR}/${file} hex HEX)
  file(SHA256 ${DIR}/${file} hash)
  string(SUBSTRING ${hash} 0 32 hash)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "([^\n]{100})" "\\1\n" bytes "${bytes}")
  get_filename_component(suffix ${file} LAST_EXT)
  if(suffix STREQUAL ".html")
    set(type "text/html; charset=utf-8")
  elseif(suffix STREQUAL ".js")
    set(type "text/javascript; charset=utf-8")
  elseif(suffix STREQUAL ".css")
    set(type "text/css; charset=utf-8")
  elseif(suffix STREQUAL ".svg")
    set(type "image/svg+xml")
  else()
    message(FATAL_ERROR "no content type is known for ${file}")
  endif()
  string(APPEND arrays "constexpr unsigned char kBytes${number}[] = {\n${bytes}\n};\n")
  set(path "/${file}")
  if(file STREQUAL "index.html")
    set(path "/")
  endif()
  string(APPEND rows
    "    Asset{\"${path}\", \"${type}\", \"\\\"${hash}\\\"\", text(kBytes${number})},\n")
  math(EXPR number "${number} + 1")
endforeach()
set(source "// Made by node/http/embed.cmake from station-ui/.
#include \"node/http/assets.h\"

#include <array>

namespace yizhan::node::http {
namespace {

${arrays}
template <std::size_t N>
std::string_view text(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  static const std::array kAssets = {
${rows}  };
  for (const Asset& asset : kAssets) {
    if (asset.path == path) return &asset;
  }
  return nullptr;
}

}  // namespace yizhan::node::http
")
file(WRITE ${OUT} "${source}")
