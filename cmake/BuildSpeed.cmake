# ccache and mold when present; one heavy template unit at a time; the standard library read once.
# ccache takes what a unit includes from the compiler's own list: preprocessing it once more to find
# out costs every unit that is not known yet a tenth of its time.
find_program(YZ_CCACHE ccache)
if(YZ_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_DEPEND=1 ${YZ_CCACHE})
endif()
find_program(YZ_MOLD mold)
if(YZ_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
set_property(GLOBAL PROPERTY JOB_POOLS heavy=1)

# Where nothing is cached, a third of an unoptimised unit is the standard library. Not where ccache
# works: it knows no precompiled header of another folder. Not in a release: a header that is not
# included where it is used shows there.
option(YZ_PCH "precompile the standard library's headers" OFF)
set(YZ_PCH_HEADERS <algorithm> <array> <atomic> <chrono> <condition_variable> <cstdint> <deque>
    <filesystem> <fstream> <functional> <iostream> <map> <memory> <mutex> <optional> <set> <span>
    <sstream> <string> <string_view> <thread> <tuple> <unordered_map> <variant> <vector>)

# The first target to ask makes it: it has the fewest definitions, and all others have those too.
function(yz_precompile target)
  get_property(maker GLOBAL PROPERTY YZ_PCH_MAKER)
  if(NOT YZ_PCH)
    return()
  elseif(maker)
    target_precompile_headers(${target} REUSE_FROM ${maker})
  else()
    target_precompile_headers(${target} PRIVATE ${YZ_PCH_HEADERS})
    set_property(GLOBAL PROPERTY YZ_PCH_MAKER ${target})
  endif()
endfunction()
