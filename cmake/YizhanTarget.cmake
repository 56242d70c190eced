# yz_library(crdt_codec SOURCES a.cpp ... LINK yizhan::crdt_base ...) makes yizhan_crdt_codec and the
# alias yizhan::crdt_codec; yz_program(yizhan-sim SOURCES ... LINK ...) makes an executable.
# Two targets by role, so that a preset builds what is run from it and no more.
add_custom_target(programs)
add_custom_target(unit_tests)

function(yz_options target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
  # GCC 12 at -O2 warns without cause of the members of a std::variant that are not held, and of the
  # size when vectors of bytes are compared. clang-tidy knows neither warning.
  target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized -Wno-stringop-overread
                                            -Wno-unknown-warning-option)
  target_compile_definitions(${target} PUBLIC MSGPACK_NO_BOOST MSGPACK_DISABLE_LEGACY_NIL
                             PRIVATE _GLIBCXX_ASSERTIONS)
  if(YZ_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=${YZ_SANITIZE} -fno-sanitize-recover=all
                                            -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${YZ_SANITIZE})
  endif()
  if(YZ_SANITIZE STREQUAL "thread")  # knows no fences; Asio's are beside locks that it does know
    target_compile_definitions(${target} PUBLIC BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endfunction()

function(yz_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(yizhan_${name} STATIC ${ARG_SOURCES})
  add_library(yizhan::${name} ALIAS yizhan_${name})
  yz_options(yizhan_${name})
  yz_precompile(yizhan_${name})
  target_link_libraries(yizhan_${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

function(yz_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  yz_options(${name})
  yz_precompile(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
endfunction()

function(yz_program name)
  yz_executable(${name} ${ARGN})
  add_dependencies(programs ${name})
endfunction()

# A Boost.Test executable of one folder; each suite file has its BOOST_AUTO_TEST_SUITE.
function(yz_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  yz_executable(${name} SOURCES ${ARG_SOURCES} LINK ${ARG_LINK} Boost::unit_test_framework rapidcheck)
  add_dependencies(unit_tests ${name})
  target_compile_definitions(${name} PRIVATE BOOST_TEST_DYN_LINK
                             YZ_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  add_test(NAME ${name} COMMAND ${name} --catch_system_errors=no)
endfunction()
