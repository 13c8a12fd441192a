# SPDX-License-Identifier: Apache-2.0
# Warnings are errors. Every target of the project links cancuoc_warnings privately.
add_library(cancuoc_warnings INTERFACE)
target_compile_options(cancuoc_warnings INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wpedantic -Werror)
