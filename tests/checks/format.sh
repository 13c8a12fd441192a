# SPDX-License-Identifier: Apache-2.0
# Every source file stands as .clang-format wants it. Argument: the root of the sources.
set -eu
cd "$1"
find card host personalization qr tests tools \( -name '*.cpp' -o -name '*.hpp' -o -name '*.h' \) -exec \
    clang-format-14 --dry-run -Werror {} +
