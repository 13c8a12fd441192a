# SPDX-License-Identifier: Apache-2.0
# Tesseract reads the numbers and all check digits of each card's MRZ, cut out of the printed resin by where Doc 9303
# has them; what it must read is computed here. It is not asked for letters and fillers, which it miscounts. Where check
# digits tell it that it has misread, it looks once more, line by line, as a reader of MRZs does.
#
#   read_mrz.py RECORDS (LAYOUT.json FOLDER)...   FOLDER: what `cancuoc face render` wrote at 300 dpi
import csv
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib

DOTS = 300 / 25.4
PITCH = 30
MARGIN = 20


def check_digit(text):
    """Doc 9303-3, 4.9; digits, and fillers as 0."""
    return str(sum((7, 3, 1)[i % 3] * int(c if c != "<" else 0) for i, c in enumerate(text)) % 10)


def mrz_date(iso):
    return iso[2:4] + iso[5:7] + iso[8:10] if iso else "991231"


def composite_digit(document, national, birth, expiry):
    return check_digit(document + national[:12] + "<<" + national[12] + birth + expiry + "<" * 11)


def is_consistent(read):
    """Whether what was read has its form and its check digits, so that a reader of MRZs takes it."""
    if [len(part) for part in read] != [10, 13, 7, 8]:
        return False
    document, national, birth, expiry = read[0], read[1], read[2], read[3][:7]
    return (
        check_digit(document[:9]) == document[9]
        and check_digit(national[:12] + "<<") == national[12]
        and check_digit(birth[:6]) == birth[6]
        and check_digit(expiry[:6]) == expiry[6]
        and composite_digit(document, national, birth, expiry) == read[3][7]
    )


def expected(record):
    number, birth, expiry = record["number"], mrz_date(record["birth_date"]), mrz_date(record["expiry_date"])
    document = number[3:] + check_digit(number[3:])
    national = check_digit(number + "<<")
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    national = number + national
    return [document, national, birth, expiry + composite_digit(document, national, birth, expiry)]


# Line and columns, from 0, of the characters above.
PARTS = [
    (0, range(5, 15)),
    (0, [*range(15, 27), 29]),
    (1, range(0, 7)),
    (1, [*range(8, 15), 29]),
]


def read_grey_png(path):
    """Rows of a PNG of 8 grey bits whose rows are not filtered, as the resin's is."""
    with open(path, "rb") as file:
        data = file.read()
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert (depth, colour) == (8, 0), path
    packed, at = b"", 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(packed)
    rows = [raw[y * (width + 1) : (y + 1) * (width + 1)] for y in range(height)]
    assert all(row[0] == 0 for row in rows), path
    return [row[1:] for row in rows]


def cut_out(rows, box, spacing):
    """For each of the parts the rows of its picture."""
    left = round((box[0] + (box[2] - 76.2) / 2) * DOTS)
    width = 13 * PITCH + 2 * MARGIN
    parts = []
    for line, columns in PARTS:
        baseline = round((box[1] + 2.76 + line * spacing) * DOTS)
        parts.append([])
        for y in range(baseline - 36, baseline + 5):
            cells = b"".join(rows[y][left + c * PITCH : left + (c + 1) * PITCH] for c in columns)
            parts[-1].append((b"\xff" * MARGIN + cells).ljust(width, b"\xff"))
    return parts


def read_each(pictures, folder, page_segmentation):
    """What tesseract reads in each picture, in words."""
    names = os.path.join(folder, "names.txt")
    paths = [os.path.join(folder, f"{index}.pgm") for index in range(len(pictures))]
    for picture, path in zip(pictures, paths):
        with open(path, "wb") as file:
            file.write(b"P5 %d %d 255\n" % (len(picture[0]), len(picture)) + b"".join(picture))
    with open(names, "w", encoding="ascii") as file:
        file.write("\n".join(paths) + "\n")
    command = ["tesseract", names, "-", "--dpi", "300", "--psm", page_segmentation]
    command += ["-c", "tessedit_char_whitelist=0123456789"]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    return [page.replace(" ", "").split() for page in text.split("\f")][: len(paths)]


def read_mrz_of(cards, folder):
    """What tesseract reads of each card: its parts as one block, and each alone where that is not consistent."""
    white = [b"\xff" * len(cards[0][0][0])] * MARGIN
    blocks = [sum((part + white for part in parts), white) for parts in cards]
    texts = read_each(blocks, folder, "6")
    for index, text in enumerate(texts):
        if not is_consistent(text):
            lines = read_each([white + part + white for part in cards[index]], folder, "13")
            texts[index] = ["".join(words) for words in lines]
    return texts


def main():
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with open(sys.argv[1], encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    wrong = 0
    for layout, folder in zip(sys.argv[2::2], sys.argv[3::2]):
        with open(layout, encoding="utf-8") as file:
            mrz = next(element for element in json.load(file)["back"] if element["type"] == "mrz")
        with tempfile.TemporaryDirectory() as scratch:
            cards = []
            for record in records:
                rows = read_grey_png(os.path.join(folder, record["number"] + "-back-resin.png"))
                cards.append(cut_out(rows, mrz["box"], mrz["lineSpacing"]))
            for index, (record, read) in enumerate(zip(records, read_mrz_of(cards, scratch))):
                if read != expected(record):
                    print(f"record {index + 1} in {folder}: {read} instead of {expected(record)}")
                    wrong += 1
    print(f"{len(records)} records in {len(sys.argv[2::2])} layouts, {wrong} not read")
    return 1 if wrong else 0


sys.exit(main())
