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

__all__ = ["CheckOutcome", "Event", "EventKind", "Failure", "Field", "Image", "ImageFormat", "Import", "Key", "Monitor",
           "Reader", "ReaderEventKind", "Reading", "Result", "Status", "TrustStore", "TrustSummary", "Verdict",
           "find_qr_codes", "qr_content", "qr_number", "status_name", "verify_evidence", "version"]

_library = ctypes.CDLL(os.environ.get("CANCUOC_LIBRARY", "libcancuoc.so.1"))


class _Constants(enum.IntEnum):
    """Numbers that later versions of the library add are there without a name of their own."""

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if not isinstance(value, int):
            return None
        unknown = int.__new__(cls, value)
        unknown._name_ = f"UNKNOWN_{value}"
        unknown._value_ = value
        return unknown


class Status(_Constants):
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


class Key(_Constants):
    """Which access key is given."""
    NUMBER = 0
    CAN = 1
    MRZ = 2
    PIN = 3
    PUK = 4
    DOCUMENT_NUMBER = 5


class Verdict(_Constants):
    NO_VERDICT = 0
    GENUINE = 1
    NOT_GENUINE = 2
    INCOMPLETE = 3


class CheckOutcome(_Constants):
    NO_OUTCOME = 0
    PASSED = 1
    FAILED = 2
    NOT_SUPPORTED = 3
    NOT_PERFORMED = 4


class ReaderEventKind(_Constants):
    """What happened at a reader."""
    READER_ARRIVED = 0
    READER_DEPARTED = 1
    CARD_INSERTED = 2
    CARD_TAKEN = 3


class EventKind(_Constants):
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


class ImageFormat(_Constants):
    UNKNOWN = 0
    JPEG = 1
    JPEG2000 = 2
    JPEG2000_CODESTREAM = 3
    PNG = 4
    WSQ = 5
    PNM = 6
    RAW = 7


class Field(_Constants):
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
    _fields_ = [("_kind", ctypes.c_int32), ("_verdict", ctypes.c_int32), ("_outcome", ctypes.c_int32),
                ("_file", ctypes.c_char_p), ("bytes_read", ctypes.c_size_t), ("bytes_total", ctypes.c_size_t),
                ("_check", ctypes.c_char_p), ("_reason", ctypes.c_char_p), ("_so_far", ctypes.c_void_p)]

    @property
    def kind(self) -> EventKind:
        return EventKind(self._kind)

    @property
    def verdict(self) -> Verdict:
        """So far, or at the end; NO_VERDICT where none goes with the kind."""
        return Verdict(self._verdict)

    @property
    def outcome(self) -> CheckOutcome:
        """Of the check; NO_OUTCOME where none goes with the kind."""
        return CheckOutcome(self._outcome)

    @property
    def file(self) -> Optional[str]:
        return self._file.decode() if self._file is not None else None

    @property
    def check(self) -> Optional[str]:
        return self._check.decode() if self._check is not None else None

    @property
    def reason(self) -> Optional[str]:
        """Why the check ended so; empty where nothing needs to be said, None where no check goes with the kind."""
        return self._reason.decode() if self._reason is not None else None

    @property
    def so_far(self) -> Optional[Result]:
        """What is known so far; the library closes it when the observer returns."""
        return _LentResult(ctypes.c_void_p(self._so_far)) if self._so_far else None


class Reader(ctypes.Structure):
    """A reader, and the card on it."""
    _fields_ = [("_name", ctypes.c_char * 256), ("_atr", ctypes.c_uint8 * 33), ("_atr_length", ctypes.c_uint8),
                ("_card_present", ctypes.c_uint8), ("_card_mute", ctypes.c_uint8), ("_in_use", ctypes.c_uint8),
                ("_exclusive", ctypes.c_uint8), ("_silent", ctypes.c_uint8), ("_reserved", ctypes.c_uint8 * 25)]

    @property
    def name(self) -> str:
        return self._name.decode("utf-8", "replace")

    @property
    def atr(self) -> bytes:
        """The answer to reset; empty without a card."""
        return bytes(self._atr[:self._atr_length])

    @property
    def card_present(self) -> bool:
        return bool(self._card_present)

    @property
    def card_mute(self) -> bool:
        """The card does not answer: it lies askew, or is none."""
        return bool(self._card_mute)

    @property
    def in_use(self) -> bool:
        """A program is connected to the card."""
        return bool(self._in_use)

    @property
    def exclusive(self) -> bool:
        """That program lets no other in."""
        return bool(self._exclusive)

    @property
    def silent(self) -> bool:
        """The service has said nothing about the reader yet."""
        return bool(self._silent)


class Import(ctypes.Structure):
    """What became of a file that was imported; `reason` says why the first of those refused was not taken."""
    _fields_ = [("offered", ctypes.c_uint32), ("added", ctypes.c_uint32), ("already_there", ctypes.c_uint32),
                ("refused", ctypes.c_uint32)]
    reason = ""


class TrustSummary(ctypes.Structure):
    """What a trust store holds; `snapshot_time` in seconds since 1970 UTC, 0 for an empty store."""
    _fields_ = [("certificates", ctypes.c_uint32), ("anchors", ctypes.c_uint32), ("crls", ctypes.c_uint32),
                ("deviation_lists", ctypes.c_uint32), ("snapshot_time", ctypes.c_int64)]


class Image(ctypes.Structure):
    """A picture as the card has it: pixels of a row and rows, 0 when it does not tell."""
    _fields_ = [("_format", ctypes.c_int32), ("width", ctypes.c_uint32), ("height", ctypes.c_uint32),
                ("_reserved", ctypes.c_uint32)]

    @property
    def format(self) -> ImageFormat:
        return ImageFormat(self._format)


class Failure(Exception):
    """A call that failed; its text is for a person."""

    def __init__(self, error: _Error) -> None:
        super().__init__(error.message.decode("utf-8", "replace"))
        self.status = Status(error.status)
        self.status_word: int = error.status_word


_Observer = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(Event))
_Transmit = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint8), ctypes.c_size_t,
                             ctypes.POINTER(ctypes.c_uint8), ctypes.c_size_t, ctypes.POINTER(ctypes.c_size_t))
_Reset = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p)
_GiveCertificates = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_size_t,
                                     ctypes.c_void_p)
_Sign = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(ctypes.c_uint8),
                         ctypes.c_size_t, ctypes.POINTER(ctypes.c_uint8), ctypes.c_size_t,
                         ctypes.POINTER(ctypes.c_size_t))


class _CardLink(ctypes.Structure):
    _fields_ = [("context", ctypes.c_void_p), ("transmit", _Transmit), ("reset", _Reset), ("name", ctypes.c_char_p),
                ("atr", ctypes.c_char_p), ("atr_length", ctypes.c_size_t), ("maximum_command", ctypes.c_size_t),
                ("maximum_response", ctypes.c_size_t)]


class _Terminal(ctypes.Structure):
    _fields_ = [("context", ctypes.c_void_p), ("certificates", _GiveCertificates), ("sign", _Sign)]


_library.cancuoc_version.restype = ctypes.c_char_p
_library.cancuoc_status_name.restype = ctypes.c_char_p


def _call(name: str, *arguments: Any) -> None:
    error = _Error()
    function = getattr(_library, name)
    function.restype = ctypes.c_int32
    if function(*arguments, ctypes.byref(error)) != Status.OK:
        raise Failure(error)


def _called_unless(expected: Status, name: str, *arguments: Any) -> bool:
    """The same; False when it ends with that status."""
    try:
        _call(name, *arguments)
        return True
    except Failure as failure:
        if failure.status == expected:
            return False
        raise


def _fetch(name: str, *arguments: Any, expected: int = 0) -> bytes:
    """Asks for the content, and again where it does not fit; once only up to the length that is expected."""
    length = ctypes.c_size_t()
    buffer = ctypes.create_string_buffer(expected) if expected else None
    if not _called_unless(Status.BUFFER_TOO_SMALL, name, *arguments, buffer, ctypes.c_size_t(expected),
                          ctypes.byref(length)) or buffer is None:
        buffer = ctypes.create_string_buffer(length.value + 1)
        _call(name, *arguments, buffer, ctypes.c_size_t(len(buffer)), ctypes.byref(length))
    return buffer.raw[:length.value]


def _found(name: str, *arguments: Any, expected: int = 0) -> Optional[bytes]:
    try:
        return _fetch(name, *arguments, expected=expected)
    except Failure as failure:
        if failure.status == Status.NOT_FOUND:
            return None
        raise


def _list(name: str, *arguments: Any, expected: int = 0) -> list[str]:
    """The elements one after another, up to NOT_FOUND."""
    elements: list[str] = []
    while (element := _found(name, *arguments, ctypes.c_size_t(len(elements)), expected=expected)) is not None:
        elements.append(element.decode())
    return elements


def _put(content: bytes, buffer: Any, capacity: int, length: Any) -> int:
    """Gives bytes to the library."""
    if len(content) > capacity:
        return Status.BUFFER_TOO_SMALL
    ctypes.memmove(buffer, content, len(content))
    length[0] = len(content)
    return Status.OK


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


def _handle_of(store: Optional[TrustStore]) -> Optional[ctypes.c_void_p]:
    """None for no store; one that was closed is not taken for none."""
    if store is not None and not store._handle:
        raise Failure(_Error(Status.INVALID_HANDLE, 0, 0, b"The trust store was closed."))
    return store._handle if store is not None else None


class Monitor(_Handle):
    """Watches the readers of the machine. Close it to end calls that wait in other threads."""
    _kind = "monitor"

    def __init__(self) -> None:
        super().__init__()
        _call("cancuoc_monitor_open", ctypes.byref(self._handle))

    def readers(self) -> list[Reader]:
        """Those that are there now."""
        count = ctypes.c_size_t()
        readers: Any = (Reader * 8)()
        while not _called_unless(Status.BUFFER_TOO_SMALL, "cancuoc_monitor_readers", self._handle, readers,
                                 ctypes.c_size_t(len(readers)), ctypes.byref(count)):
            readers = (Reader * count.value)()
        return list(readers)[:count.value]

    def next(self, timeout_ms: int = -1) -> Optional[tuple[ReaderEventKind, Reader]]:
        """The next event; None when none came in that time, negative: as long as it takes."""
        kind, reader = ctypes.c_int32(), Reader()
        happened = _called_unless(Status.TIMEOUT, "cancuoc_monitor_next_event", self._handle,
                                  ctypes.c_int64(timeout_ms), ctypes.byref(kind), ctypes.byref(reader))
        return (ReaderEventKind(kind.value), reader) if happened else None

    def wait_for_card(self, reader_text: str = "", timeout_ms: int = -1) -> Reader:
        """The reader with a card, whose name holds the text."""
        reader = Reader()
        _call("cancuoc_monitor_wait_for_card", self._handle, reader_text.encode(), ctypes.c_int64(timeout_ms),
              ctypes.byref(reader))
        return reader


class TrustStore(_Handle):
    """The trust store in a folder; without one, an empty store in memory."""
    _kind = "trust_store"

    def __init__(self, directory: Optional[str] = None, create: bool = False) -> None:
        """With `create`, an empty store is made in a folder that holds none."""
        super().__init__()
        if directory is None or create:
            path = None if directory is None else os.fsencode(directory)
            _call("cancuoc_trust_store_create", path, ctypes.byref(self._handle))
        else:
            _call("cancuoc_trust_store_open", os.fsencode(directory), ctypes.byref(self._handle))

    def import_content(self, content: bytes) -> Import:
        """Takes in certificates, CRLs, a master list, a deviation list or LDIF."""
        report = Import()
        reason = ctypes.create_string_buffer(512)
        _call("cancuoc_trust_store_import", self._handle, content, ctypes.c_size_t(len(content)),
              ctypes.byref(report), reason, ctypes.c_size_t(len(reason)))
        report.reason = reason.value.decode("utf-8", "replace")
        return report

    def summary(self) -> TrustSummary:
        summary = TrustSummary()
        _call("cancuoc_trust_store_summary", self._handle, ctypes.byref(summary))
        return summary

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

    def reasons(self) -> list[str]:
        """Why the verdict is not better."""
        return _list("cancuoc_result_reason", self._handle)

    def remarks(self) -> list[str]:
        """What a person should know though it changes no verdict."""
        return _list("cancuoc_result_remark", self._handle)

    def check_names(self) -> list[str]:
        return _list("cancuoc_result_check_name", self._handle)

    def check(self, name: str) -> tuple[CheckOutcome, str]:
        """How a check ended, and why."""
        outcome = ctypes.c_int32()
        reason = _fetch("cancuoc_result_check", self._handle, name.encode(), ctypes.byref(outcome))
        return CheckOutcome(outcome.value), reason.decode()

    def field(self, field: Field) -> Optional[str]:
        """None when its file was not read."""
        text = _found("cancuoc_result_field", self._handle, ctypes.c_int32(field))
        return None if text is None else text.decode()

    def other_item(self, item: int) -> Optional[str]:
        """An item of DG13 from number 17 on, which have no names; None when the card has none."""
        text = _found("cancuoc_result_other_item", self._handle, ctypes.c_int32(item))
        return None if text is None else text.decode()

    def file_names(self) -> list[str]:
        """Of the files that were read."""
        return _list("cancuoc_result_file_name", self._handle)

    def file(self, name: str) -> Optional[bytes]:
        """"DG1", "EF.SOD", ...; None when it was not read."""
        return _found("cancuoc_result_file", self._handle, name.encode())

    def document_signer(self) -> Optional[bytes]:
        """DER."""
        return _found("cancuoc_result_document_signer", self._handle)

    def active_authentication(self) -> Optional[tuple[bytes, bytes]]:
        """The challenge, and the signature as the chip sent it; None when it was not performed."""
        challenge = (ctypes.c_uint8 * 8)()
        signature = _found("cancuoc_result_active_authentication", self._handle, challenge)
        return None if signature is None else (bytes(challenge), signature)

    def face_image(self) -> Optional[Image]:
        """Format and size of the face."""
        image = Image()
        is_there = _called_unless(Status.NOT_FOUND, "cancuoc_result_face", self._handle, ctypes.byref(image))
        return image if is_there else None

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
        return self.compare(qr_text)[0]

    def compare(self, qr_text: str) -> tuple[bool, dict[str, Any]]:
        """The same, and what `cancuoc qr verify --json` prints."""
        matches = ctypes.c_int32()
        text = qr_text.encode()
        comparison = _fetch("cancuoc_qr_match", text, ctypes.c_size_t(len(text)), self._handle,
                            ctypes.byref(matches))
        return matches.value == 1, json.loads(comparison)

    def json(self) -> dict[str, Any]:
        """What `cancuoc read --json` prints."""
        return json.loads(_fetch("cancuoc_result_json", self._handle))


class _LentResult(Result):
    """The result of an event: it is the library's."""

    def close(self) -> None:
        self._handle = ctypes.c_void_p()


class Reading(_Handle):
    """One card that is to be read."""
    _kind = "reading"

    def __init__(self) -> None:
        super().__init__()
        self._observer: Any = None
        self._card_link: Any = None
        self._terminal: Any = None
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

    def set_dates(self, birth: str, expiry: str) -> Reading:
        """YYYY-MM-DD, beside the number: for a card without PACE."""
        _call("cancuoc_reading_set_dates", self._handle, birth.encode(), expiry.encode())
        return self

    def set_card_link(self, transmit: Callable[[bytes], bytes], reset: Optional[Callable[[], None]] = None,
                      name: str = "card link", atr: bytes = b"") -> Reading:
        """The card behind functions of the program's own, which are called on the thread that reads: `transmit`
        takes a command and gives the answer. A Failure that they raise counts as what its status says."""
        def transmitted(_: Any, command: Any, length: int, response: Any, capacity: int, response_length: Any) -> int:
            return self._attempt(lambda: _put(transmit(ctypes.string_at(command, length)), response, capacity,
                                              response_length))

        def was_reset(_: Any) -> int:
            return self._attempt(lambda: reset() or Status.OK)  # type: ignore[misc]

        link = _CardLink(None, _Transmit(transmitted), _Reset(was_reset) if reset else _Reset(), name.encode(), atr,
                         len(atr), 0, 0)
        _call("cancuoc_reading_set_card_link", self._handle, ctypes.byref(link))
        self._card_link = link
        return self

    def set_data_groups(self, *numbers: int) -> Reading:
        """1 to 16; none: all that the policy uses."""
        _call("cancuoc_reading_set_data_groups", self._handle, (ctypes.c_int32 * len(numbers))(*numbers),
              ctypes.c_size_t(len(numbers)))
        return self

    def set_challenge(self, challenge: bytes) -> Reading:
        """Eight bytes for Active Authentication, drawn by a server; for one reading."""
        _call("cancuoc_reading_set_challenge", self._handle, challenge, ctypes.c_size_t(len(challenge)))
        return self

    def set_time(self, seconds: int) -> Reading:
        """At which certificates must be valid: since 1970 UTC."""
        _call("cancuoc_reading_set_time", self._handle, ctypes.c_int64(seconds))
        return self

    def set_terminal_keys(self, directory: str) -> Reading:
        """The folder with the terminal's certificates and keys."""
        _call("cancuoc_reading_set_terminal_keys", self._handle, os.fsencode(directory))
        return self

    def set_terminal(self, certificates: Optional[Callable[[list[str]], list[bytes]]],
                     sign: Optional[Callable[[str, bytes], bytes]] = None) -> Reading:
        """How the terminal authenticates itself: `certificates` gives the CV certificates for a card that trusts these
        authorities, `sign` signs with the key of the certificate of that holder. Where one raises, Terminal
        Authentication is not performed. None takes the terminal back, and its keys in a folder too."""
        if certificates is None and sign is None:
            _call("cancuoc_reading_set_terminal", self._handle, None)
            self._terminal = None
            return self
        if certificates is None or sign is None:
            raise TypeError("a terminal needs both of its functions")

        def give(_: Any, trust_points: Any, count: int, taker: Any) -> int:
            try:
                for certificate in certificates([trust_points[at].decode() for at in range(count)]):
                    _call("cancuoc_certificates_add", ctypes.c_void_p(taker), certificate,
                          ctypes.c_size_t(len(certificate)))
                return Status.OK
            except Exception:
                return Status.CALLBACK_FAILED

        def signed(_: Any, holder: bytes, message: Any, length: int, signature: Any, capacity: int,
                   signature_length: Any) -> int:
            try:
                return _put(sign(holder.decode(), ctypes.string_at(message, length)), signature, capacity,
                            signature_length)
            except Exception:
                return Status.CALLBACK_FAILED

        terminal = _Terminal(None, _GiveCertificates(give), _Sign(signed))
        _call("cancuoc_reading_set_terminal", self._handle, ctypes.byref(terminal))
        self._terminal = terminal
        return self

    def set_recording(self, record: bool = True) -> Reading:
        """Whether to record the session, for trace()."""
        _call("cancuoc_reading_set_recording", self._handle, ctypes.c_int32(record))
        return self

    def set_waits(self, card_ms: int = 0, resume_ms: int = 0, total_ms: int = 0) -> Reading:
        """Milliseconds to wait for a card, for a lifted card, and for all of it."""
        _call("cancuoc_reading_set_waits", self._handle, ctypes.c_int64(card_ms), ctypes.c_int64(resume_ms),
              ctypes.c_int64(total_ms))
        return self

    def set_trust_store(self, store: Optional[TrustStore]) -> Reading:
        """None takes the store back."""
        _call("cancuoc_reading_set_trust_store", self._handle, _handle_of(store))
        return self

    def set_policy(self, policy: str) -> Reading:
        """"strict", "standard", "fast", or the path of a JSON file."""
        _call("cancuoc_reading_set_policy", self._handle, os.fsencode(policy))
        return self

    def set_observer(self, observer: Optional[Callable[[Event], Optional[bool]]]) -> Reading:
        """Told what happens, on the thread that reads. The reading ends when it returns False or raises; what it
        raises comes out of run(). None: nobody is told."""
        if observer is None:
            _call("cancuoc_reading_set_event_callback", self._handle, None, None)
            self._observer = None
            return self

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

    def trace(self) -> str:
        """The trace of the last run, with pseudonyms for what is secret or personal."""
        return _fetch("cancuoc_reading_trace", self._handle).decode()

    def _attempt(self, action: Callable[[], int]) -> int:
        try:
            return action()
        except Failure as failure:
            return failure.status
        except BaseException as raised:
            self._raised = raised
            return Status.CALLBACK_FAILED

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


def status_name(status: Status) -> str:
    """"wrong-access-key"; "unknown" for a number that is no status."""
    return _library.cancuoc_status_name(ctypes.c_int32(status)).decode()


def verify_evidence(evidence: bytes, store: Optional[TrustStore] = None, policy: str = "standard") -> Result:
    """Judges the card of an earlier reading again, without it."""
    result = ctypes.c_void_p()
    _call("cancuoc_evidence_verify", evidence, ctypes.c_size_t(len(evidence)), os.fsencode(policy),
          _handle_of(store), ctypes.byref(result))
    return Result(result)


def find_qr_codes(picture: bytes) -> list[str]:
    """The texts of the QR codes in a picture, PNG or JPEG. May take seconds: the picture is looked through once for
    each code, and once more."""
    enough_for_any_code = 8192
    return _list("cancuoc_qr_find", picture, ctypes.c_size_t(len(picture)), expected=enough_for_any_code)


def qr_content(text: str) -> dict[str, Any]:
    """What the text of a QR code says, as `cancuoc qr decode --json` prints a symbol."""
    content = text.encode()
    return json.loads(_fetch("cancuoc_qr_json", content, ctypes.c_size_t(len(content))))


def qr_number(text: str) -> str:
    """The 12-digit number in the text of an identity card's QR code."""
    content = text.encode()
    number = ctypes.create_string_buffer(13)
    _call("cancuoc_qr_number", content, ctypes.c_size_t(len(content)), number)
    return number.value.decode()
