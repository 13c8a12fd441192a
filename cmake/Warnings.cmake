# SPDX-License-Identifier: Apache-2.0
# Warnings are errors. Every target of the project links cancuoc_warnings privately.
add_library(cancuoc_warnings INTERFACE)
target_compile_options(cancuoc_warnings INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Optimized, GCC 12 sees uninitialized storage in std::variant and overlapping copies in std::string where there are
  # none; the sanitized build looks for the real ones.
  target_compile_options(cancuoc_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
