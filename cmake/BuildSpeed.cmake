# ccache and mold when present; one heavy template unit at a time.
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
