# SPDX-License-Identifier: Apache-2.0
# Sanitized builds carry their own label, so that `ctest -L sanitize` names what ran under them.
set(CANCUOC_TEST_LABELS "")
if(CANCUOC_SANITIZE)
  list(APPEND CANCUOC_TEST_LABELS sanitize)
endif()
if(CANCUOC_THREAD_SANITIZE)
  list(APPEND CANCUOC_TEST_LABELS thread-sanitize)
endif()

# What is tested is compiled as its build type says. The tests' own code is compiled with less optimization, and its
# arithmetic is not what UndefinedBehaviorSanitizer looks for: half of a build's time is theirs.
add_library(cancuoc_test_code INTERFACE)
target_link_libraries(cancuoc_test_code INTERFACE cancuoc_around_libraries)
if(CANCUOC_SANITIZE)
  target_compile_options(cancuoc_test_code INTERFACE -fno-sanitize=undefined)
elseif(CMAKE_BUILD_TYPE STREQUAL Release)
  target_compile_options(cancuoc_test_code INTERFACE -O1)
endif()

# Builds what is tested under ThreadSanitizer, the tests with the label `threads`.
add_custom_target(thread_tests)

# cancuoc_add_test(NAME unit.host.lds SOURCES a.cpp LIBRARIES lib [LABELS nightly] [TIMEOUT seconds] [LAUNCHER sh script])
# One doctest executable; doctest's runner and main() are compiled once for all of them. Without CANCUOC_UNIT_TESTS the
# unit.* are left out.
add_library(cancuoc_test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/unit/main.cpp)
target_link_libraries(cancuoc_test_main PRIVATE cancuoc_test_code cancuoc_warnings)

# Most of what a test's compilation takes is reading the same headers. It pays from the fifth source file on.
function(cancuoc_precompile_test_headers target)
  list(LENGTH ARGN count)
  if(CANCUOC_SANITIZE AND count GREATER 4)
    target_precompile_headers(${target} PRIVATE
        <doctest/doctest.h> <algorithm> <array> <chrono> <filesystem> <fstream> <functional> <map> <memory> <optional>
        <set> <span> <string> <string_view> <variant> <vector>)
  endif()
endfunction()

function(cancuoc_add_test)
  cmake_parse_arguments(TEST "" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS;LAUNCHER" ${ARGN})
  string(REPLACE "." "_" target "test_${TEST_NAME}")
  add_executable(${target} ${TEST_SOURCES} $<TARGET_OBJECTS:cancuoc_test_main>)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${target} PRIVATE
      CANCUOC_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  target_link_libraries(${target} PRIVATE ${TEST_LIBRARIES} cancuoc_test_code cancuoc_warnings)
  cancuoc_precompile_test_headers(${target} ${TEST_SOURCES})
  if(NOT CANCUOC_UNIT_TESTS AND TEST_NAME MATCHES "^unit\\.")
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  add_test(NAME ${TEST_NAME} COMMAND ${TEST_LAUNCHER} $<TARGET_FILE:${target}>)
  set_property(GLOBAL APPEND PROPERTY CANCUOC_TEST_PROGRAMS ${target})
  if("threads" IN_LIST TEST_LABELS)
    add_dependencies(thread_tests ${target})
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  set_tests_properties(${TEST_NAME} PROPERTIES
      LABELS "${TEST_LABELS};${CANCUOC_TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT})
endfunction()

# cancuoc_add_fuzzer(NAME lds_sod SOURCES a.cpp LIBRARIES lib [CORPUS folder])
# The default run replays the corpus and explores for 5 seconds; the nightly run explores for a minute.
function(cancuoc_add_fuzzer)
  if(NOT CANCUOC_FUZZ)
    return()
  endif()
  cmake_parse_arguments(FUZZ "" "NAME;CORPUS" "SOURCES;LIBRARIES" ${ARGN})
  set(target "fuzz_${FUZZ_NAME}")
  add_executable(${target} ${FUZZ_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE ${FUZZ_LIBRARIES} cancuoc_warnings)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  set(found ${CMAKE_CURRENT_BINARY_DIR}/found/${FUZZ_NAME})
  file(MAKE_DIRECTORY ${found})
  add_test(NAME fuzz.${FUZZ_NAME}
           COMMAND ${target} -max_total_time=5 -timeout=10 -rss_limit_mb=2048 ${found} ${FUZZ_CORPUS})
  add_test(NAME fuzz.${FUZZ_NAME}.nightly
           COMMAND ${target} -max_total_time=60 -timeout=10 -rss_limit_mb=2048 ${found} ${FUZZ_CORPUS})
  set_tests_properties(fuzz.${FUZZ_NAME} PROPERTIES LABELS "fuzz;${CANCUOC_TEST_LABELS}" TIMEOUT 120)
  set_tests_properties(fuzz.${FUZZ_NAME}.nightly PROPERTIES LABELS "nightly;${CANCUOC_TEST_LABELS}" TIMEOUT 300)
endfunction()
