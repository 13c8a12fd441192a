# SPDX-License-Identifier: Apache-2.0
# cancuoc_add_freestanding_check(NAME check.card.freestanding LIBRARY cancuoc_card)
# Compiles every source of the library for a microcontroller without an operating system, with the compiler's C++
# headers, the C headers that they include (newlib's) and mbedTLS' headers alone, and tests that the objects need
# nothing from outside but what the compiler and mbedTLS provide.
find_program(ARM_COMPILER arm-none-eabi-g++)
find_program(ARM_NM arm-none-eabi-nm)
find_path(MBEDTLS_INCLUDE_DIRECTORY mbedtls/aes.h REQUIRED)

function(cancuoc_add_freestanding_check)
  cmake_parse_arguments(CHECK "" "NAME;LIBRARY" "" ${ARGN})
  if(NOT ARM_COMPILER)
    add_test(NAME ${CHECK_NAME} COMMAND sh -c
             "echo 'Install gcc-arm-none-eabi and libstdc++-arm-none-eabi-dev and configure again.'; exit 1")
    return()
  endif()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${CHECK_LIBRARY})
  file(MAKE_DIRECTORY ${folder}/include)
  file(CREATE_LINK ${MBEDTLS_INCLUDE_DIRECTORY}/mbedtls ${folder}/include/mbedtls SYMBOLIC)
  # Debian's configuration, without the threads of an operating system.
  file(CONFIGURE OUTPUT ${folder}/include/freestanding_config.h CONTENT
       "#include <mbedtls/config.h>\n#undef MBEDTLS_THREADING_C\n#undef MBEDTLS_THREADING_PTHREAD\n")
  get_target_property(sources ${CHECK_LIBRARY} SOURCES)
  get_target_property(source_directory ${CHECK_LIBRARY} SOURCE_DIR)
  get_target_property(include_directories ${CHECK_LIBRARY} INCLUDE_DIRECTORIES)
  list(TRANSFORM include_directories PREPEND -I)
  set(objects)
  foreach(source ${sources})
    cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${source_directory} NORMALIZE)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE relative)
    string(REPLACE "/" "_" name ${relative})
    set(object ${folder}/${name}.o)
    add_custom_command(OUTPUT ${object}
        COMMAND ${CCACHE_PROGRAM} ${ARM_COMPILER} -std=c++20 -mcpu=cortex-m3 -mthumb -Os -ffreestanding
                -fno-exceptions -fno-rtti -fno-threadsafe-statics -Wall -Wextra -Wconversion -Wshadow -Wpedantic
                -Werror ${include_directories} -isystem ${folder}/include
                "-DMBEDTLS_CONFIG_FILE=<freestanding_config.h>" -MMD -MF ${object}.d -c ${source}
                -o ${object}
        DEPENDS ${source} DEPFILE ${object}.d
        COMMENT "Building ${relative} for a microcontroller" VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  add_custom_target(${CHECK_LIBRARY}_freestanding ALL DEPENDS ${objects})
  add_test(NAME ${CHECK_NAME}
           COMMAND sh ${PROJECT_SOURCE_DIR}/tests/checks/freestanding.sh ${ARM_NM} ${source_directory}
                   ${objects})
endfunction()
