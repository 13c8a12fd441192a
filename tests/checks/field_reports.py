#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Looks up every test that field_reports.tsv names in the test programs given.

field_reports.py TABLE PROGRAM...
"""
import subprocess
import sys


def test_cases(program):
    listing = subprocess.run([program, "--list-test-cases", "--no-version"], capture_output=True, text=True, check=True)
    return set(listing.stdout.splitlines())


def rows(table):
    with open(table, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.startswith("#"):
                yield number, line.rstrip("\n").split("\t")


def main(table, programs):
    known = set().union(*map(test_cases, programs))
    complaints = []
    reports = 0
    for number, columns in rows(table):
        if len(columns) != 3 or not all(columns):
            complaints.append(f"{table}:{number}: a row has threads, what happened, and tests, parted by tabs")
            continue
        reports += 1
        complaints += [f"{table}:{number}: no test is named \"{name}\""
                       for name in columns[2].split("; ") if name not in known]
    print("\n".join(complaints) or f"The tests of all {reports} reports are there.")
    return 1 if complaints or not reports else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
