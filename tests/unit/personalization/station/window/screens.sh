# SPDX-License-Identifier: Apache-2.0
# Draws the station's main views in both languages, from a seeded demo line with virtual chips, for a person to look at.
# Arguments: the build folder, the folder for the pictures (LANGUAGE-VIEW.png).
set -eu
mkdir -p "$2"
programs=$1/tests/unit/personalization/station/window/test_unit_personalization_station
export CANCUOC_SCREENSHOTS="$2" QT_QPA_PLATFORM=offscreen
"${programs}_window" everyViewIsShownWhole atTwiceTheSizeItScrollsInOneDirection
"${programs}_orders_page" everyViewIsShownWhole atTwiceTheSizeItScrollsInOneDirection
"${programs}_reports_page" everyReportIsShownWhole atTwiceTheSizeItScrollsInOneDirection
