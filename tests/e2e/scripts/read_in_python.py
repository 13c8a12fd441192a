# SPDX-License-Identifier: Apache-2.0
"""What the Python binding has, with chips in the virtual reader and behind functions of this program.

    read_in_python.py CANCUOC NUMBER TRUST PASSPORT PASSPORT_TRUST TERMINAL
"""
import contextlib
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

import cancuoc
from cancuoc import (CheckOutcome, EventKind, Failure, Field, ImageFormat, Key, Monitor, ReaderEventKind, Reading, Status,
                     TrustStore, Verdict, find_qr_codes, qr_content, qr_number, status_name, verify_evidence, version)

program, number, trust, passport, passport_trust, terminal = sys.argv[1:7]
passport_mrz = ("IDVNM2990000011001299000001<<29901018M2401014VNM<<<<<<<<<<<2"
                "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<")
november_2026 = 1_793_534_400


class OwnReader:
    """A reader of this program's: the chip is another process at the end of a socket, as vpcd has it."""
    POWER_ON, ANSWER_TO_RESET = b"\x01", b"\x04"

    def __init__(self, state: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.process = subprocess.Popen([program, "chip", "run", "--state", state, "--vpcd",
                                             f"127.0.0.1:{server.getsockname()[1]}"])
            self.socket = server.accept()[0]
        self.commands = 0
        self.reset()
        self.send(self.ANSWER_TO_RESET)
        self.atr = self.receive()

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait()

    def send(self, message: bytes) -> None:
        self.socket.sendall(len(message).to_bytes(2, "big") + message)

    def receive(self) -> bytes:
        stream = self.socket.makefile("rb")
        return stream.read(int.from_bytes(stream.read(2), "big"))

    def reset(self) -> None:
        self.send(self.POWER_ON)

    def transmit(self, command: bytes) -> bytes:
        self.commands += 1
        self.send(command)
        return self.receive()


def sign_with_openssl(holder: str, message: bytes) -> bytes:
    """ECDSA in plain form, made of OpenSSL's DER."""
    if holder != "UTIS00001":
        raise ValueError(holder)
    signature = subprocess.run(["openssl", "dgst", "-sha256", "-keyform", "DER", "-sign", f"{terminal}/terminal.pkcs8"],
                               input=message, capture_output=True, check=True).stdout
    numbers, rest = [], signature[2:]
    while rest:
        numbers.append(rest[2:2 + rest[1]].lstrip(b"\0").rjust(32, b"\0"))
        rest = rest[2 + rest[1]:]
    return b"".join(numbers)


class ReadInPython(unittest.TestCase):
    def read_passport(self, prepare=lambda reading: reading):
        with contextlib.closing(OwnReader(passport)) as reader, TrustStore(passport_trust) as store, \
                Reading() as reading:
            reading.set_card_link(reader.transmit, reader.reset, "a program's reader", reader.atr)
            reading.set_key(Key.MRZ, passport_mrz).set_trust_store(store)
            return prepare(reading).run()

    def test_constants(self):
        self.assertEqual(version(), "1.0.0")
        self.assertEqual(status_name(Status.WRONG_ACCESS_KEY), "wrong-access-key")
        self.assertEqual(Status(999).name, "UNKNOWN_999")
        self.assertEqual(EventKind(77), 77)
        self.assertEqual((Verdict(0), CheckOutcome(0)), (Verdict.NO_VERDICT, CheckOutcome.NO_OUTCOME))

    def test_readers_and_the_card_in_one(self):
        with Monitor() as monitor, TrustStore(trust) as store, Reading() as reading:
            reader = monitor.wait_for_card("Virtual", 10000)
            self.assertTrue(reader.card_present and reader.atr)
            self.assertIn(reader.name, [other.name for other in monitor.readers()])
            events = []
            while (event := monitor.next(200)) is not None:
                events.append((event[0], event[1].name))
            self.assertIn((ReaderEventKind.CARD_INSERTED, reader.name), events)
            challenge = bytes(range(8))
            seen = []
            reading.set_reader(reader.name).set_number(number).set_trust_store(store).set_challenge(challenge)
            reading.set_recording().set_waits(0, 0, 60000)
            result = reading.set_observer(lambda event: seen.append(EventKind(event.kind))).run()
            self.assertEqual(result.verdict, Verdict.GENUINE)
            self.assertEqual((result.reasons(), seen[-1]), ([], EventKind.FINISHED))
            self.assertIsInstance(result.remarks(), list)
            self.assertIn("DG13", result.file_names())
            self.assertIsNone(result.other_item(99))
            self.assertEqual(result.active_authentication()[0], challenge)
            self.assertEqual(result.face_image().format, ImageFormat.JPEG)
            width, height, pixels = result.face()
            self.assertEqual(len(pixels), width * height * 3)
            for name in result.check_names():
                self.assertNotEqual(result.check(name)[0], CheckOutcome.FAILED)
            self.assertNotIn(number, reading.trace())
            again = verify_evidence(result.evidence(), store)
            self.assertEqual(again.verdict, Verdict.GENUINE)
            self.assertEqual(verify_evidence(result.evidence()).verdict, Verdict.INCOMPLETE)
            with self.assertRaises(Failure) as refused:
                verify_evidence(b"none", store)
            self.assertEqual(refused.exception.status, Status.MALFORMED_DATA)

            text = find_qr_codes(self.picture_of("--record", json.dumps(result.json())))[0]
            self.assertEqual(qr_number(text), number)
            self.assertTrue(result.matches(text))
            self.assertFalse(result.matches(text.replace("|Nam|", "|x|").replace("|Nữ|", "|Nam|").replace("|x|", "|Nữ|")))
            matches, comparison = result.compare(text)
            self.assertTrue(matches and comparison["fields"])

    def test_events_tell_the_person_and_the_face_before_the_end(self):
        seen = []
        kept = []

        def observe(event):
            seen.append(event.kind)
            self.assertIsInstance(event.kind, EventKind)
            if event.kind == EventKind.IDENTITY_READ:
                self.assertTrue(event.so_far.field(Field.FULL_NAME))
                self.assertEqual(event.so_far.field(Field.NUMBER), number)
                self.assertIs(event.verdict, Verdict.NO_VERDICT)
                with self.assertRaises(Failure) as unjudged:
                    event.so_far.verdict
                self.assertEqual(unjudged.exception.status, Status.NOT_FOUND)
                kept.append(event.so_far)
            elif event.kind == EventKind.IDENTITY_JUDGED:
                with event.so_far as so_far:
                    self.assertIs(so_far.verdict, Verdict.INCOMPLETE)
                self.assertIs(event.verdict, event.so_far.verdict)  # it was not closed
            elif event.kind == EventKind.FACE_READ:
                self.assertTrue(event.so_far.encoded_face())
            elif event.kind == EventKind.CHECK_SETTLED:
                if event.check == "passive-authentication.chain":
                    self.assertIs(event.outcome, CheckOutcome.NOT_PERFORMED)
                    self.assertTrue(event.reason)
            else:
                self.assertIsNone(event.so_far)
                self.assertIsNone(event.reason)
                self.assertIs(event.outcome, CheckOutcome.NO_OUTCOME)

        with TrustStore(trust) as store, Reading() as reading:
            reading.set_number(number).set_trust_store(store).set_observer(observe)
            result = reading.set_trust_store(None).run()
            self.assertIs(result.verdict, Verdict.INCOMPLETE)
            self.assertIn(EventKind.FACE_READ, seen)
            with self.assertRaises(Failure) as closed:
                kept[0].field(Field.NUMBER)
            self.assertEqual(closed.exception.status, Status.INVALID_HANDLE)
            told = len(seen)
            self.assertTrue(reading.set_trust_store(store).set_observer(None).run().genuine)
            self.assertEqual(len(seen), told)
        with Reading() as reading, self.assertRaises(Failure) as closed:
            reading.set_trust_store(store)  # a closed one is not taken for none
        self.assertEqual(closed.exception.status, Status.INVALID_HANDLE)
        with self.assertRaises(Failure) as closed:
            verify_evidence(b"{}", store)
        self.assertEqual(closed.exception.status, Status.INVALID_HANDLE)

    def picture_of(self, kind, content):
        with tempfile.TemporaryDirectory() as folder:
            picture = pathlib.Path(folder, "code.png")
            if kind == "--record":
                record = pathlib.Path(folder, "record.json")
                record.write_text(content)
                content = str(record)
            subprocess.run([program, "qr", "encode", kind, content, "--out", str(picture)], check=True)
            return picture.read_bytes()

    def test_chosen_data_groups(self):
        with TrustStore(trust) as store, Reading() as reading:
            result = reading.set_number(number).set_data_groups(1).set_policy("fast").set_trust_store(store).run()
            self.assertNotIn("DG2", result.file_names())
            self.assertIsNone(result.face_image())
            self.assertIsNone(result.active_authentication())

    def test_a_trust_store_is_filled(self):
        with TrustStore(trust) as given, TrustStore() as store:
            self.assertEqual(store.summary().certificates, 0)
            report = store.import_content(b"neither")
            self.assertEqual((report.refused, report.added), (1, 0))
            self.assertIn("neither", report.reason)
            for certificate in pathlib.Path(trust, "certificates").iterdir():
                self.assertEqual(store.import_content(certificate.read_bytes()).added, 1)
            self.assertEqual(store.summary().anchors, given.summary().anchors)

    def test_a_card_behind_functions(self):
        self.assertEqual(self.read_passport().verdict, Verdict.GENUINE)

        class Broken(Exception):
            pass

        def broken(_):
            raise Broken

        with Reading() as reading, self.assertRaises(Broken):
            reading.set_card_link(broken).set_key(Key.CAN, "000001").run()

        def removed(_):
            with TrustStore("/nowhere"):
                pass

        with Reading() as reading, self.assertRaises(Failure) as failed:
            reading.set_card_link(removed).set_key(Key.CAN, "000001").run()
        self.assertEqual(failed.exception.status, Status.CALLBACK_FAILED)

    def test_a_terminal_with_keys_in_a_folder(self):
        result = self.read_passport(lambda reading: reading.set_time(november_2026).set_terminal_keys(terminal))
        self.assertIn("DG3", result.file_names())

    def test_a_terminal_is_taken_back(self):
        result = self.read_passport(
            lambda reading: reading.set_time(november_2026).set_terminal_keys(terminal).set_terminal(None))
        self.assertNotIn("DG3", result.file_names())
        with Reading() as reading, self.assertRaises(TypeError):
            reading.set_terminal(lambda trust_points: [])

    def test_a_terminal_with_keys_behind_functions(self):
        asked = []

        def certificates(trust_points):
            asked.extend(trust_points)
            return [file.read_bytes() for file in pathlib.Path(terminal).glob("*.cvcert")]

        result = self.read_passport(
            lambda reading: reading.set_time(november_2026).set_terminal(certificates, sign_with_openssl))
        self.assertEqual(result.check("terminal-authentication"), (CheckOutcome.PASSED, ""))
        self.assertEqual(asked, ["UTCVCA00001"])
        self.assertIn("DG3", result.file_names())

        def no_token(holder, message):
            raise OSError("no token")

        result = self.read_passport(
            lambda reading: reading.set_time(november_2026).set_terminal(certificates, no_token))
        self.assertEqual(result.check("terminal-authentication")[0], CheckOutcome.NOT_PERFORMED)
        self.assertNotIn("DG3", result.file_names())

    def test_dates_belong_to_a_number(self):
        with Reading() as reading:
            with self.assertRaises(Failure) as failed:
                reading.set_dates("2099-01-01", "2124-01-01")
            self.assertEqual(failed.exception.status, Status.BAD_CONFIGURATION)
            reading.set_number(number).set_dates("2099-01-01", "2124-01-01")

    def test_qr(self):
        text = "001299000001|111222333|Nguyễn Văn Mẫu|01012099|Nam|Xã Mẫu, Tỉnh Mẫu|01012124"
        with unittest.mock.patch("cancuoc._call", wraps=cancuoc._call) as calls:
            self.assertEqual(find_qr_codes(self.picture_of("--text", text)), [text])
        self.assertEqual(calls.call_count, 2)  # the code, and that there is no other
        self.assertEqual(qr_number(text), "001299000001")
        self.assertEqual(qr_content(text)["kind"], "identity-card")
        with self.assertRaises(Failure):
            qr_number("hello")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
