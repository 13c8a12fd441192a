# SPDX-License-Identifier: Apache-2.0
"""Reads ICAO 9303 chip cards, and says whether they are genuine: the C library libcancuoc for Python 3.9 and later.

    with TrustStore("trust") as store, Reading() as reading:
        result = reading.set_number("001299000001").set_trust_store(store).run()
        print(result.verdict, result.field(Field.FULL_NAME))
"""
from __future__ import annotations

import ctypes
import enum
import json
import os
from typing import Any, Callable, Optional

__all__ = ["CheckOutcome", "Event", "EventKind", "Failure", "Field", "Key", "Reading", "Result", "Status",
           "TrustStore", "Verdict", "version"]

_library = ctypes.CDLL(os.environ.get("CANCUOC_LIBRARY", "libcancuoc.so.1"))


class Status(enum.IntEnum):
    OK = 0
    INVALID_ARGUMENT = 1
    INVALID_HANDLE = 2
    BUFFER_TOO_SMALL = 3
    NOT_FOUND = 4
    BUSY = 5
    READER_UNAVAILABLE = 6
    READER_BUSY = 7
    NO_CARD = 8
    CARD_REMOVED = 9
    CARD_RESET = 10
    CARD_ERROR = 11
    WRONG_ACCESS_KEY = 12
    SECURE_MESSAGING_ENDED = 13
    MALFORMED_DATA = 14
    BAD_CONFIGURATION = 15
    CRYPTOGRAPHY = 16
    CANCELLED = 17
    TIMEOUT = 18
    SYSTEM_ERROR = 19
    OUT_OF_MEMORY = 20
    CALLBACK_FAILED = 21
    INTERNAL_ERROR = 22


class Key(enum.IntEnum):
    """Which access key is given."""
    NUMBER = 0
    CAN = 1
    MRZ = 2
    PIN = 3
    PUK = 4
    DOCUMENT_NUMBER = 5


class Verdict(enum.IntEnum):
    GENUINE = 0
    NOT_GENUINE = 1
    INCOMPLETE = 2


class CheckOutcome(enum.IntEnum):
    PASSED = 0
    FAILED = 1
    NOT_SUPPORTED = 2
    NOT_PERFORMED = 3


class EventKind(enum.IntEnum):
    PUT_CARD = 0
    PUT_CARD_BACK = 1
    ACCESS_OPENED = 2
    FILE_PROGRESS = 3
    FILE_READ = 4
    IDENTITY_READ = 5
    IDENTITY_JUDGED = 6
    CHECK_SETTLED = 7
    FACE_READ = 8
    FINISHED = 9


class Field(enum.IntEnum):
    """Texts of a result; where they stand on the card is said in cancuoc.h."""
    READER = 0
    POLICY = 1
    ACCESS_PROTOCOL = 2
    ACCESS_PASSWORD = 3
    DOCUMENT_TYPE = 10
    ISSUER = 11
    DOCUMENT_NUMBER = 12
    PERSONAL_NUMBER = 13
    MRZ_NAME = 14
    MRZ_BIRTH_DATE = 15
    MRZ_SEX = 16
    MRZ_NATIONALITY = 17
    MRZ_EXPIRY_DATE = 18
    MRZ = 19
    NUMBER = 30
    FULL_NAME = 31
    BIRTH_DATE = 32
    SEX = 33
    NATIONALITY = 34
    ETHNICITY = 35
    RELIGION = 36
    PLACE_OF_ORIGIN = 37
    RESIDENCE = 38
    DISTINGUISHING_FEATURES = 39
    ISSUE_DATE = 40
    EXPIRY_DATE = 41
    FATHER_NAME = 42
    MOTHER_NAME = 43
    SPOUSE_NAME = 44
    OLD_NUMBER = 45
    CHIP_CODE = 46


class _Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("status_word", ctypes.c_uint16), ("reserved", ctypes.c_uint16),
                ("message", ctypes.c_char * 512)]


class Event(ctypes.Structure):
    """What happened, during the call of the observer only."""
    _fields_ = [("kind", ctypes.c_int32), ("verdict", ctypes.c_int32), ("outcome", ctypes.c_int32),
                ("_file", ctypes.c_char_p), ("bytes_read", ctypes.c_size_t), ("bytes_total", ctypes.c_size_t),
                ("_check", ctypes.c_char_p), ("_reason", ctypes.c_char_p), ("_so_far", ctypes.c_void_p)]

    @property
    def file(self) -> Optional[str]:
        return self._file.decode() if self._file else None

    @property
    def check(self) -> Optional[str]:
        return self._check.decode() if self._check else None


class Failure(Exception):
    """A call that failed; its text is for a person."""

    def __init__(self, error: _Error) -> None:
        super().__init__(error.message.decode("utf-8", "replace"))
        self.status = Status(error.status)
        self.status_word: int = error.status_word


_Observer = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(Event))
_library.cancuoc_version.restype = ctypes.c_char_p


def _call(name: str, *arguments: Any) -> None:
    error = _Error()
    function = getattr(_library, name)
    function.restype = ctypes.c_int32
    if function(*arguments, ctypes.byref(error)) != Status.OK:
        raise Failure(error)


def _fetch(name: str, *arguments: Any) -> bytes:
    length = ctypes.c_size_t()
    try:
        _call(name, *arguments, None, ctypes.c_size_t(0), ctypes.byref(length))
    except Failure as failure:
        if failure.status != Status.BUFFER_TOO_SMALL:
            raise
    buffer = ctypes.create_string_buffer(length.value + 1)
    _call(name, *arguments, buffer, ctypes.c_size_t(len(buffer)), ctypes.byref(length))
    return buffer.raw[:length.value]


def _found(name: str, *arguments: Any) -> Optional[bytes]:
    try:
        return _fetch(name, *arguments)
    except Failure as failure:
        if failure.status == Status.NOT_FOUND:
            return None
        raise


def version() -> str:
    """The version of the library that is loaded."""
    return _library.cancuoc_version().decode()


class _Handle:
    _kind = ""

    def __init__(self) -> None:
        self._handle = ctypes.c_void_p()

    def close(self) -> None:
        """Gives back what the library keeps; later calls fail."""
        handle, self._handle = self._handle, ctypes.c_void_p()
        _call(f"cancuoc_{self._kind}_close", handle)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self.close()


class TrustStore(_Handle):
    """The trust store in a folder; without one, an empty store in memory."""
    _kind = "trust_store"

    def __init__(self, directory: Optional[str] = None) -> None:
        super().__init__()
        if directory is None:
            _call("cancuoc_trust_store_create", None, ctypes.byref(self._handle))
        else:
            _call("cancuoc_trust_store_open", os.fsencode(directory), ctypes.byref(self._handle))

    def import_content(self, content: bytes) -> None:
        """Takes in certificates, CRLs, a master list, a deviation list or LDIF."""
        _call("cancuoc_trust_store_import", self._handle, content, ctypes.c_size_t(len(content)), None, None,
              ctypes.c_size_t(0))

    def content(self) -> dict[str, Any]:
        """What `cancuoc trust list --json` prints."""
        return json.loads(_fetch("cancuoc_trust_store_json", self._handle))


class Result(_Handle):
    """What was found out about one card."""
    _kind = "result"

    def __init__(self, handle: ctypes.c_void_p) -> None:
        super().__init__()
        self._handle = handle

    @property
    def verdict(self) -> Verdict:
        verdict = ctypes.c_int32()
        _call("cancuoc_result_verdict", self._handle, ctypes.byref(verdict))
        return Verdict(verdict.value)

    @property
    def genuine(self) -> bool:
        return self.verdict == Verdict.GENUINE

    def check(self, name: str) -> tuple[CheckOutcome, str]:
        """How a check ended, and why."""
        outcome = ctypes.c_int32()
        reason = _fetch("cancuoc_result_check", self._handle, name.encode(), ctypes.byref(outcome))
        return CheckOutcome(outcome.value), reason.decode()

    def field(self, field: Field) -> Optional[str]:
        """None when its file was not read."""
        text = _found("cancuoc_result_field", self._handle, ctypes.c_int32(field))
        return None if text is None else text.decode()

    def file(self, name: str) -> Optional[bytes]:
        """"DG1", "EF.SOD", ...; None when it was not read."""
        return _found("cancuoc_result_file", self._handle, name.encode())

    def document_signer(self) -> Optional[bytes]:
        """DER."""
        return _found("cancuoc_result_document_signer", self._handle)

    def encoded_face(self) -> Optional[bytes]:
        """As the card has it."""
        return _found("cancuoc_result_face_encoded", self._handle)

    def face(self) -> Optional[tuple[int, int, bytes]]:
        """Width, height, and red, green and blue of every pixel."""
        width, height = ctypes.c_uint32(), ctypes.c_uint32()
        pixels = _found("cancuoc_result_face_rgb", self._handle, ctypes.byref(width), ctypes.byref(height))
        return None if pixels is None else (width.value, height.value, pixels)

    def evidence(self) -> bytes:
        """What `cancuoc evidence verify` takes; holds personal data."""
        return _fetch("cancuoc_result_evidence", self._handle)

    def matches(self, qr_text: str) -> bool:
        """Whether nothing of a QR code's text differs from the chip."""
        matches = ctypes.c_int32()
        text = qr_text.encode()
        _call("cancuoc_qr_match", text, ctypes.c_size_t(len(text)), self._handle, ctypes.byref(matches), None,
              ctypes.c_size_t(0), None)
        return matches.value == 1

    def json(self) -> dict[str, Any]:
        """What `cancuoc read --json` prints."""
        return json.loads(_fetch("cancuoc_result_json", self._handle))


class Reading(_Handle):
    """One card that is to be read."""
    _kind = "reading"

    def __init__(self) -> None:
        super().__init__()
        self._observer: Any = None
        self._raised: Optional[BaseException] = None
        _call("cancuoc_reading_open", ctypes.byref(self._handle))

    def set_key(self, kind: Key, text: str) -> Reading:
        _call("cancuoc_reading_set_key", self._handle, ctypes.c_int32(kind), text.encode())
        return self

    def set_number(self, number: str) -> Reading:
        """The 12-digit personal identification number."""
        return self.set_key(Key.NUMBER, number)

    def set_reader(self, text: str) -> Reading:
        """The name of the reader or a part of it."""
        _call("cancuoc_reading_set_reader", self._handle, text.encode())
        return self

    def set_waits(self, card_ms: int = 0, resume_ms: int = 0, total_ms: int = 0) -> Reading:
        """Milliseconds to wait for a card, for a lifted card, and for all of it."""
        _call("cancuoc_reading_set_waits", self._handle, ctypes.c_int64(card_ms), ctypes.c_int64(resume_ms),
              ctypes.c_int64(total_ms))
        return self

    def set_trust_store(self, store: TrustStore) -> Reading:
        _call("cancuoc_reading_set_trust_store", self._handle, store._handle)
        return self

    def set_policy(self, policy: str) -> Reading:
        """"strict", "standard", "fast", or the path of a JSON file."""
        _call("cancuoc_reading_set_policy", self._handle, os.fsencode(policy))
        return self

    def set_observer(self, observer: Callable[[Event], Optional[bool]]) -> Reading:
        """Told what happens, on the thread that reads. The reading ends when it returns False or raises; what it
        raises comes out of run()."""
        def told(_: Any, event: Any) -> int:
            try:
                return 1 if observer(event.contents) is False else 0
            except BaseException as raised:
                self._raised = raised
                return 1
        callback = _Observer(told)
        _call("cancuoc_reading_set_event_callback", self._handle, callback, None)
        self._observer = callback  # not before: a call that is refused leaves the former one in use
        return self

    def cancel(self) -> None:
        """From any thread."""
        _call("cancuoc_reading_cancel", self._handle)

    def run(self) -> Result:
        """Reads and judges the card. Raises Failure when it cannot be read; a forged card is a result."""
        result = ctypes.c_void_p()
        self._raised = None
        try:
            _call("cancuoc_reading_run", self._handle, ctypes.byref(result))
        except Failure as failure:
            if self._raised is not None:
                raise self._raised from failure
            raise
        return Result(result)
