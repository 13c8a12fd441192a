# SPDX-License-Identifier: Apache-2.0
# Tesseract reads the document number, birth date and expiry date of each card's MRZ with their check digits, as they
# are computed here. It is no judge of the fillers, which it miscounts, nor of a lone digit behind them.
#
#   read_mrz.py RECORDS FOLDER...   FOLDER: what `cancuoc face render` wrote
import csv
import os
import subprocess
import sys
import tempfile

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def with_check_digit(text):
    """Doc 9303-3, 4.9."""
    weighed = sum((7, 3, 1)[i % 3] * CHARACTERS.index(c) for i, c in enumerate(text))
    return text + str(weighed % 10)


def mrz_date(iso):
    return iso[2:4] + iso[5:7] + iso[8:10] if iso else "991231"


def expected(record):
    sex = {"M": "M", "F": "F"}[record["sex"]]
    return [
        "IDVNM" + with_check_digit(record["number"][3:]) + record["number"],
        with_check_digit(mrz_date(record["birth_date"])) + sex + with_check_digit(mrz_date(record["expiry_date"])) + "VNM",
    ]


def pages(pictures):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("\n".join(pictures) + "\n")
        names.flush()
        command = ["tesseract", names.name, "-", "--psm", "6", "-c", "tessedit_char_whitelist=" + CHARACTERS + "<"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return text.split("\f")


def main():
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with open(sys.argv[1], encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    wrong = 0
    for folder in sys.argv[2:]:
        read = pages([os.path.join(folder, record["number"] + "-back-resin.png") for record in records])
        for record, page in zip(records, read):
            lines = [line.replace(" ", "") for line in page.splitlines()]
            for part in expected(record):
                if not any(line.startswith(part) for line in lines):
                    print(f"line {records.index(record) + 2} of the records, {folder}: not read: {part}", lines)
                    wrong += 1
    print(f"{len(records)} records in {len(sys.argv) - 2} layouts, {wrong} lines not read")
    return 1 if wrong else 0


sys.exit(main())
