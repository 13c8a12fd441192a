# SPDX-License-Identifier: Apache-2.0
# Sanitizers apply to the whole build, so that a report never stops at a library's border.
if(CANCUOC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CANCUOC_THREAD_SANITIZE)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
if(CANCUOC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(CANCUOC_SANITIZE)
  find_program(CANCUOC_LINKER ld.lld)
  if(CANCUOC_LINKER)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

# cancuoc_compile_quickly(): the rooms of this folder that follow spend their time in what they call, so that the
# sanitized build does not optimize them.
macro(cancuoc_compile_quickly)
  if(CANCUOC_SANITIZE)
    add_compile_options(-O0)
  endif()
endmacro()

# For code around what the sanitizers look at, the command line and the tests: no fuzzer steers by it, and most of its
# cost is in compiling it.
add_library(cancuoc_around_libraries INTERFACE)
if(CANCUOC_SANITIZE)
  target_compile_options(cancuoc_around_libraries INTERFACE -O0 -fno-sanitize=fuzzer-no-link)
endif()

# cancuoc_compile_together(target): with CANCUOC_COMPILE_TOGETHER the files of a room that includes large templates are
# compiled in few pieces. Without it each file shows that it includes what it needs.
function(cancuoc_compile_together target)
  if(CANCUOC_COMPILE_TOGETHER)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # It takes the pieces for headers.
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()

# cancuoc_precompile_headers(target): for a room whose files have names of their own in common, what most of them include
# is read once. With GCC it brings warnings of what is right.
function(cancuoc_precompile_headers target)
  if(CANCUOC_COMPILE_TOGETHER AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_precompile_headers(${target} PRIVATE
        <algorithm> <array> <chrono> <filesystem> <functional> <map> <memory> <optional> <set> <span> <string>
        <string_view> <variant> <vector>)
  endif()
endfunction()
