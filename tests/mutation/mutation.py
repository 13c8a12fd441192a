#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Changes one thing at a time in what guards the chip, and sees whether a test notices: its access control, its
protocols and channels, the loading of a document and the transactions.

    mutation.py --source DIR --build DIR [--seed N] [--count N] [--minutes N] [--jobs N] [--only PLACE]...

DIR of --build is a built release tree: a mutant is compiled with the flags that stand there, and with the
assertions of the standard library, for an index out of range is noticed by nothing else. It takes the place of
its object in a copy of the chip's library, and is linked into copies of the test programs. Nothing in the
source tree or the build tree changes. Prints a table and the mutants that no test noticed; the exit status is
1 when fewer than 90 of 100 were noticed.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import threading
import time

STORAGE = "test_unit_card_storage"
CORE = "test_unit_card_core"
MANAGER = "test_unit_card_applets_manager"
EMRTD = "test_unit_card_applets_emrtd"
PROTOCOLS = "test_unit_card_emrtd_protocols"
TERMINAL = "test_unit_card_applets_terminal_authentication"
POWER = "test_unit_card_applets_power_failure"

# What is mutated, and the tests that answer for it, the quickest first. A header names the sources that use it.
TARGETS = {
    "card/storage/object_store.cpp": [STORAGE],
    "card/storage/wear_levelled_flash.cpp": [STORAGE],
    "card/core/fault_guard.hpp": [CORE],
    "card/core/dispatcher.cpp": [CORE],
    "card/core/command_chain.cpp": [CORE],
    "card/applets/emrtd/access_attempts.cpp": [EMRTD, POWER],
    "card/applets/emrtd/access_condition.hpp": [EMRTD],
    "card/applets/emrtd/elementary_file.hpp": [EMRTD],
    "card/applets/emrtd/file_system.cpp": [EMRTD],
    "card/applets/emrtd/protocol_profile.cpp": [EMRTD],
    "card/applets/emrtd/symmetric_cipher.cpp": [PROTOCOLS, EMRTD],
    "card/applets/emrtd/basic_access_control.cpp": [PROTOCOLS, EMRTD],
    "card/applets/emrtd/pace.cpp": [PROTOCOLS, EMRTD],
    "card/applets/emrtd/chip_authentication.cpp": [PROTOCOLS, EMRTD],
    "card/applets/emrtd/terminal_authentication.cpp": [TERMINAL],
    "card/applets/emrtd/certified_key.cpp": [TERMINAL],
    "card/applets/emrtd/cv_certificate.cpp": [TERMINAL],
    "card/applets/emrtd/secure_messaging.cpp": [PROTOCOLS, EMRTD],
    "card/applets/emrtd/emrtd_application.cpp": [EMRTD, TERMINAL, POWER],
    "card/applets/emrtd/trust_points.cpp": [TERMINAL, POWER],
    "card/applets/emrtd/emrtd_personalization.cpp": [EMRTD, MANAGER],
    "card/applets/emrtd/document_check.cpp": [EMRTD, MANAGER],
    "card/applets/emrtd/document_security_object.cpp": [EMRTD],
    "card/applets/emrtd/mrz_information.cpp": [EMRTD],
    "card/applets/manager/data_loader.cpp": [MANAGER, POWER],
    "card/applets/manager/card_life_cycle.hpp": [MANAGER],
    "card/applets/manager/issuer_domain.cpp": [MANAGER, POWER],
    "card/applets/manager/key_set.cpp": [MANAGER, POWER],
    "card/applets/manager/secure_channel_protocol_02.cpp": [MANAGER],
    "card/applets/manager/secure_channel_protocol_03.cpp": [MANAGER],
}
HEADER_USERS = {
    "card/core/fault_guard.hpp": ["tests/unit/card/core/fault_guard_test.cpp"],
    "card/applets/emrtd/access_condition.hpp": [
        "card/applets/emrtd/file_system.cpp",
        "card/applets/emrtd/emrtd_application.cpp",
        "tests/unit/card/applets/access_condition_test.cpp",
    ],
    "card/applets/emrtd/elementary_file.hpp": [
        "card/applets/emrtd/elementary_file.cpp",
        "card/applets/emrtd/file_system.cpp",
        "card/applets/emrtd/emrtd_personalization.cpp",
        "card/applets/emrtd/emrtd_application.cpp",
        "card/applets/emrtd/document_check.cpp",
        "card/applets/emrtd/document_security_object.cpp",
        "card/applets/emrtd/mrz_information.cpp",
        "card/applets/emrtd/security_infos.cpp",
        "card/applets/emrtd/trust_points.cpp",
        "tests/unit/card/applets/access_condition_test.cpp",
    ],
    "card/applets/manager/card_life_cycle.hpp": ["card/applets/manager/issuer_domain.cpp"],
}
LIBRARY = "card/libcancuoc_card.a"
TEST_SECONDS = 300


class Mutant:
    def __init__(self, path, line, kind, text, before, after):
        self.path, self.line, self.kind, self.text = path, line, kind, text
        self.before, self.after = before, after


def closing(text, opening):
    """Where the parenthesis that opens at `opening` closes."""
    depth = 0
    for at in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return None


def code_spans(text):
    """The text with comments, strings and preprocessor lines blanked, so that nothing in them is changed."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|^[ ]*#[^\n]*', blank, text, flags=re.S | re.M)


def find_mutants(path, text):
    code = code_spans(text)
    found = []

    def add(kind, begin, end, replacement, constant=False):
        line_number = text.count("\n", 0, begin) + 1
        line = code.splitlines()[line_number - 1]
        # What is decided when compiling fails there or changes sizes, unless it is a constant condition; wiping
        # memory shows in no answer.
        if not constant and re.search(r"static_assert|constexpr|template|\bwipe\(|\[\[nodiscard\]\]", line):
            return
        mutated = text[:begin] + replacement + text[end:]
        before = text.splitlines()[line_number - 1].strip()
        after = mutated.splitlines()[line_number - 1].strip()
        found.append(Mutant(path, line_number, kind, mutated, before, after))

    for match in re.finditer(r"\b(?:if|while) (\()", code):
        end = closing(code, match.start(1))
        condition = text[match.start(1) + 1 : end]
        if end is not None and "const std::optional" not in condition and "= " not in condition.replace("== ", "").replace("!= ", "").replace("<= ", "").replace(">= ", ""):
            add("negated condition", match.start(1) + 1, end, "!(" + condition + ")")
    swaps = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&"}
    for match in re.finditer(r" (<=|>=|==|!=|<|>|&&|\|\|)(?= |\n)", code):
        kind = "swapped connective" if match.group(1) in ("&&", "||") else "changed comparison"
        add(kind, match.start(1), match.end(1), swaps[match.group(1)])
    for match in re.finditer(r" ([+-]) (?=\w)", code):
        add("swapped sign", match.start(1), match.end(1), "-" if match.group(1) == "+" else "+")
    for match in re.finditer(r"(?<![\w.<\[x])([0-9]{1,3})(?![\w.>\]x'])", code):
        add("changed number", match.start(1), match.end(1), str(int(match.group(1)) + 1))
    for match in re.finditer(r"\breturn (true|false);", code):
        add("changed result", match.start(1), match.end(1), "false" if match.group(1) == "true" else "true")
    # Internal errors and full stores answer what the static sizes rule out.
    for match in re.finditer(r"StatusWord::(?!InternalError|NotEnoughMemory)(\w+)", code):
        other = "SecurityStatusNotSatisfied" if match.group(1) == "Success" else "Success"
        add("swapped status word", match.start(1), match.end(1), other)
    # What is free becomes barred, what is for some is free.
    for match in re.finditer(r"AccessCondition::(\w+)", code):
        other = "Never" if match.group(1) == "Always" else "Always"
        add("swapped access condition", match.start(1), match.end(1), other, constant=True)
    statement = r"^[ ]+(?!return|const |auto |using |break|continue|static_cast|constexpr|std::\w+(?:<[^;]*>)? \w+[{;=]|\w+(?:::\w+)* \w+[{;(=]|\w+(?:::\w+)* \w+;)[\w*+>()\[\].:-]+[^;{}\n]*;$"
    for match in re.finditer(statement, code, flags=re.M):
        add("deleted statement", match.start(), match.end(), ";")
    return found


class Builder:
    """Compiles and links with the commands of a build tree."""

    def __init__(self, source, build, scratch):
        self.source, self.build, self.scratch = source, build, scratch
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
            self.compilations = {}
            for entry in json.load(file):
                self.compilations.setdefault(os.path.realpath(entry["file"]), []).append(entry)
        self.links = {}
        for program in sorted({name for tests in TARGETS.values() for name in tests}):
            lines = subprocess.run(["ninja", "-C", build, "-t", "commands", program], check=True,
                                   capture_output=True, text=True).stdout.splitlines()
            link = [line for line in lines if f" -o tests/" in line and line.count(program)][-1]
            self.links[program] = re.search(r"(?:&& )?(\S*(?:g\+\+|clang\+\+\S*) .*?)(?: && :)?$", link).group(1)
        # Test programs that compile a source of tests/ themselves have one object for it each.
        self.lock = threading.Lock()
        self.originals = {}

    def compile(self, path, overlay, output, program=None):
        entries = self.compilations[os.path.realpath(os.path.join(self.source, path))]
        entry = entries[0] if program is None else next(e for e in entries if program + ".dir" in e["command"])
        words = shlex.split(entry["command"])
        if os.path.basename(words[0]) == "ccache":
            words = words[1:]
        file = os.path.join(overlay, path)
        file = file if os.path.exists(file) else os.path.join(self.source, path)
        words = [words[0], "-I" + overlay] + words[1 : words.index("-o")] + [
            "-O1", "-w", "-D_GLIBCXX_ASSERTIONS", "-o", output, "-c", file]
        words = [word for i, word in enumerate(words) if word not in ("-MD",) and words[i - 1] not in ("-MT", "-MF")
                 and word not in ("-MT", "-MF")]
        done = subprocess.run(words, cwd=entry["directory"], capture_output=True, text=True, check=False)
        return done.returncode == 0, entry

    def original_code(self, path):
        with self.lock:
            if path not in self.originals:
                empty = os.path.join(self.scratch, "empty")
                os.makedirs(empty, exist_ok=True)
                output = os.path.join(self.scratch, "original.o")
                built, _ = self.compile(path, empty, output)
                self.originals[path] = self.code_of(output) if built else None
            return self.originals[path]

    @staticmethod
    def code_of(output):
        return subprocess.run(["objdump", "-d", "-r", "-s", "--no-show-raw-insn", output],
                              capture_output=True, text=True, check=False).stdout.split("\n", 3)[-1]

    def judge(self, mutant, folder):
        """killed, survived, invalid (does not compile) or equivalent (the same machine code)."""
        overlay = os.path.join(folder, "overlay")
        file = os.path.join(overlay, mutant.path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as out:
            out.write(mutant.text)
        try:
            users = HEADER_USERS.get(mutant.path, [mutant.path])
            library = os.path.join(folder, "libcard.a")
            subprocess.run(["cp", os.path.join(self.build, LIBRARY), library], check=True)
            same = True
            replaced = {}
            for user in users:
                in_tests = user.startswith("tests/")
                for program in TARGETS[mutant.path] if in_tests else [None]:
                    if in_tests and not any(program + ".dir" in entry["command"] for entry in
                                            self.compilations[os.path.realpath(os.path.join(self.source, user))]):
                        continue
                    output = os.path.join(folder, os.path.basename(user) + ".o")
                    built, entry = self.compile(user, overlay, output, program)
                    if not built:
                        return "invalid"
                    same = same and not in_tests and self.code_of(output) == self.original_code(user)
                    if in_tests:
                        words = shlex.split(entry["command"])
                        replaced[words[words.index("-o") + 1]] = output
                    else:
                        subprocess.run(["ar", "r", library, output], check=True, capture_output=True)
            if same:
                return "equivalent"
            for program in TARGETS[mutant.path]:
                if not self.passes(program, library, replaced, folder):
                    return "killed"
            return "survived"
        finally:
            os.remove(file)

    def passes(self, program, library, replaced, folder):
        output = os.path.join(folder, program)
        words = [replaced.get(word, library if word == LIBRARY else word) for word in shlex.split(self.links[program])]
        words[words.index("-o") + 1] = output
        subprocess.run(words, cwd=self.build, check=True, capture_output=True)
        try:
            done = subprocess.run([output, "--abort-after=1"], cwd=folder, capture_output=True, timeout=TEST_SECONDS,
                                  check=False)
            return done.returncode == 0
        except subprocess.TimeoutExpired:
            return False


def main():
    parser = argparse.ArgumentParser(description="Mutation check of what guards the chip.")
    parser.add_argument("--source", required=True, help="the project")
    parser.add_argument("--build", required=True, help="its release build")
    parser.add_argument("--seed", type=int, default=1, help="chooses the sample (default 1)")
    parser.add_argument("--count", type=int, default=150, help="mutants in the sample (default 150)")
    parser.add_argument("--minutes", type=float, default=25, help="begin no further mutant after (default 25)")
    parser.add_argument("--jobs", type=int, default=2, help="at the same time (default 2)")
    parser.add_argument("--only", action="append", help="part of PATH:LINE of what to change; may be given again")
    arguments = parser.parse_args()
    source, build = os.path.realpath(arguments.source), os.path.realpath(arguments.build)

    mutants = []
    for path in TARGETS:
        with open(os.path.join(source, path), encoding="utf-8") as file:
            mutants += find_mutants(path, file.read())
    if arguments.only:
        mutants = [mutant for mutant in mutants
                   if any(place in f"{mutant.path}:{mutant.line}:" for place in arguments.only)]
    possible = len(mutants)
    random.Random(arguments.seed).shuffle(mutants)
    mutants = mutants[: arguments.count]
    begin = time.monotonic()
    results = []
    with tempfile.TemporaryDirectory(prefix="cancuoc-mutation-") as scratch:
        builder = Builder(source, build, scratch)
        folders = [os.path.join(scratch, str(job)) for job in range(arguments.jobs)]
        for folder in folders:
            os.makedirs(folder)
        free = list(folders)
        lock = threading.Lock()

        def work(mutant):
            if time.monotonic() - begin > arguments.minutes * 60:
                return
            with lock:
                folder = free.pop()
            try:
                verdict = builder.judge(mutant, folder)
            finally:
                with lock:
                    free.append(folder)
            with lock:
                results.append((mutant, verdict))
                print(f"{verdict:10} {mutant.path}:{mutant.line} {mutant.kind}", flush=True)

        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            for future in [pool.submit(work, mutant) for mutant in mutants]:
                future.result()

    print(f"\n{possible} mutants possible, {len(results)} tried, {time.monotonic() - begin:.0f} s")
    print(f"{'file':55} {'killed':>7} {'survived':>9} {'same code':>10} {'not built':>10}")
    for path in TARGETS:
        verdicts = [verdict for mutant, verdict in results if mutant.path == path]
        if verdicts:
            print(f"{path:55} {verdicts.count('killed'):7} {verdicts.count('survived'):9} "
                  f"{verdicts.count('equivalent'):10} {verdicts.count('invalid'):10}")
    survivors = [mutant for mutant, verdict in results if verdict == "survived"]
    killed = sum(verdict == "killed" for _, verdict in results)
    for mutant in survivors:
        print(f"survived: {mutant.path}:{mutant.line} {mutant.kind}\n    - {mutant.before}\n    + {mutant.after}")
    tried = killed + len(survivors)
    print(f"{killed} of {tried} killed" + (f", {100 * killed / tried:.1f} %" if tried else ""))
    return 0 if tried and killed * 10 >= tried * 9 else 1


if __name__ == "__main__":
    sys.exit(main())
