#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/.."
cmake --preset release
cmake --build build/release -j"$(nproc)"
ctest --test-dir build/release --output-on-failure -LE nightly
