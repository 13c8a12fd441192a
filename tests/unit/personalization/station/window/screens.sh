# SPDX-License-Identifier: Apache-2.0
# Draws the station's main views in both languages, from a seeded demo line with virtual chips, for a person to look at.
# Arguments: the build folder, the folder for the pictures (LANGUAGE-VIEW.png).
set -eu
mkdir -p "$2"
CANCUOC_SCREENSHOTS=$2 QT_QPA_PLATFORM=offscreen \
    "$1/tests/unit/personalization/station/window/test_unit_personalization_station_window" \
    everyViewIsShownWhole atTwiceTheSizeItScrollsInOneDirection
