/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file cancuoc.h
 * The reader SDK: reads ICAO 9303 chip cards, the Vietnamese citizen card first, and says whether they are
 * genuine. C99.
 *
 * **Handles.** What the library keeps is named by opaque handles. A handle is never an address: using one
 * that was closed, made up, or belongs to another kind of object is an error (#CANCUOC_INVALID_HANDLE), never
 * a crash. Close each handle once with the `..._close` function of its kind.
 *
 * **Errors.** Every function but the constant ones returns a #cancuoc_status and takes, as its last
 * parameter, a #cancuoc_error of the caller's, which it fills when it fails; NULL where nobody wants to know.
 * Nothing is kept for a thread. Results are written only when a function succeeds, unless it says otherwise.
 * Beside the statuses that a function names, each may return #CANCUOC_OUT_OF_MEMORY, #CANCUOC_CRYPTOGRAPHY
 * when OpenSSL refuses an operation, and #CANCUOC_INTERNAL_ERROR for a defect of the library.
 *
 * **Buffers.** Text and bytes are written to the caller's memory. Each such function takes `buffer`, its
 * `capacity` in bytes, and `length`, which may be NULL and receives what is there: bytes, for text without
 * the NUL behind it. Text is UTF-8 and ends with a NUL, which needs a byte of the capacity. When it does not
 * fit, the function writes `length` and nothing else and returns #CANCUOC_BUFFER_TOO_SMALL; with `buffer`
 * NULL and `capacity` 0 it is the way to ask for the length.
 *
 * **Threads.** Every function may be called from any thread at any time, at the same time as any other.
 * Closing a handle that another thread is using is safe: what it names lives until that call returns.
 * Functions that cannot be carried out while another thread is at it return #CANCUOC_BUSY, and say so.
 * A program waits for its calls before it ends: at exit() the C library and OpenSSL take away what a call in
 * another thread still needs. cancuoc_reading_cancel() makes them return.
 *
 * **Versions.** Semantic versioning: within a major version, no function, constant or structure member
 * changes or goes away. New constants may come in a minor version: treat unknown ones as "something else".
 * A verdict or an outcome that nobody has set is 0, and 0 says nothing good.
 *
 * **Personal data.** What a card says about a person is in the memory of results, and of readings until they
 * are closed. Error messages and redacted traces hold none of it.
 */
#ifndef CANCUOC_H
#define CANCUOC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Changes when programs must be changed. */
#define CANCUOC_VERSION_MAJOR 1
/** Grows when something is added. */
#define CANCUOC_VERSION_MINOR 0
/** Grows with corrections. */
#define CANCUOC_VERSION_PATCH 0

/** @name Handles
 * @{ */
/** Certificates and revocation lists that signatures are checked with. */
typedef struct cancuoc_trust_store cancuoc_trust_store;
/** Watches the readers of the machine. */
typedef struct cancuoc_monitor cancuoc_monitor;
/** One card that is to be read: how, and by which measure it is judged. */
typedef struct cancuoc_reading cancuoc_reading;
/** What was found out about one card. It never changes. */
typedef struct cancuoc_result cancuoc_result;
/** Takes the certificates that a program gives for Terminal Authentication. */
typedef struct cancuoc_certificates cancuoc_certificates;
/** @} */

/** How a call ended: one of enum cancuoc_status_value. */
typedef int32_t cancuoc_status;

/** What a #cancuoc_status says. */
enum cancuoc_status_value {
    CANCUOC_OK = 0,                      /**< done */
    CANCUOC_INVALID_ARGUMENT = 1,        /**< an argument is NULL, out of range, or not what it should be */
    CANCUOC_INVALID_HANDLE = 2,          /**< a handle is NULL, closed, or of another kind */
    CANCUOC_BUFFER_TOO_SMALL = 3,        /**< the result does not fit; its length was written */
    CANCUOC_NOT_FOUND = 4,               /**< there is no such thing: no face, no file, no further element */
    CANCUOC_BUSY = 5,                    /**< another call is using the object; try again when it has ended */
    CANCUOC_READER_UNAVAILABLE = 6,      /**< no reader, or no smart card service */
    CANCUOC_READER_BUSY = 7,             /**< another program holds the reader or the card */
    CANCUOC_NO_CARD = 8,                 /**< the reader holds no card, or one that does not answer */
    CANCUOC_CARD_REMOVED = 9,            /**< the card left the reader while it was at work */
    CANCUOC_CARD_RESET = 10,             /**< the card lost its power for a moment while it was at work */
    CANCUOC_CARD_ERROR = 11,             /**< the card refused a step; #cancuoc_error::status_word says how */
    CANCUOC_WRONG_ACCESS_KEY = 12,       /**< the card did not accept the CAN, MRZ, PIN or PUK */
    CANCUOC_SECURE_MESSAGING_ENDED = 13, /**< the protected channel to the card broke */
    CANCUOC_MALFORMED_DATA = 14,         /**< bytes or text from outside do not follow their format */
    CANCUOC_BAD_CONFIGURATION = 15,      /**< an option or a file of the configuration is wrong or missing */
    CANCUOC_CRYPTOGRAPHY = 16,           /**< the cryptographic library refused an operation */
    CANCUOC_CANCELLED = 17,              /**< the program asked to stop */
    CANCUOC_TIMEOUT = 18,                /**< the time that the program gave is over */
    CANCUOC_SYSTEM_ERROR = 19,           /**< a file cannot be read or written, or the like */
    CANCUOC_OUT_OF_MEMORY = 20,          /**< there is not enough memory */
    CANCUOC_CALLBACK_FAILED = 21,        /**< a function of the program's failed */
    CANCUOC_INTERNAL_ERROR = 22          /**< a fault of the library */
};

/** Bytes of #cancuoc_error::message, the NUL at its end included. */
#define CANCUOC_MESSAGE_SIZE 512

/** Why a call failed. The caller's; a call that succeeds leaves it as it is. */
typedef struct cancuoc_error {
    cancuoc_status status; /**< what the call returned */
    uint16_t status_word;  /**< SW1-SW2 that the card answered; 0 where no card did */
    uint16_t reserved;     /**< 0 */
    /** One sentence, or two, that a person can act on: English, UTF-8, NUL at its end. */
    char message[CANCUOC_MESSAGE_SIZE];
} cancuoc_error;

/** The version of the library that is loaded.
 * Compare it with #CANCUOC_VERSION_MAJOR and #CANCUOC_VERSION_MINOR, those of the header.
 * @return "1.0.0"; valid for ever. Thread-safe.
 */
const char* cancuoc_version(void);

/** The name of a status.
 * @param status any number
 * @return "wrong-access-key", or "unknown" for a number that is no status; valid for ever. Thread-safe.
 */
const char* cancuoc_status_name(cancuoc_status status);

/* -------------------------------------------------------------------------------------------------------
 * readers */

/** Bytes of #cancuoc_reader::name, the NUL at its end included. */
#define CANCUOC_READER_NAME_SIZE 256
/** Longest answer to reset, bytes (ISO/IEC 7816-3, 8.1). */
#define CANCUOC_ATR_SIZE 33

/** A reader, and the card on it. */
typedef struct cancuoc_reader {
    char name[CANCUOC_READER_NAME_SIZE]; /**< UTF-8, NUL at its end */
    uint8_t atr[CANCUOC_ATR_SIZE];       /**< answer to reset of the card */
    uint8_t atr_length;                  /**< bytes of it; 0 without a card */
    uint8_t card_present;                /**< 1: there is a card */
    uint8_t card_mute;                   /**< 1: the card does not answer; it lies askew, or is none */
    uint8_t in_use;                      /**< 1: a program is connected to the card */
    uint8_t exclusive;                   /**< 1: that program lets no other in */
    uint8_t silent;                      /**< 1: the service has said nothing about the reader yet */
    uint8_t reserved[25];                /**< 0 */
} cancuoc_reader;

/** What happened at a reader: one of enum cancuoc_reader_event_value. */
typedef int32_t cancuoc_reader_event;

/** What a #cancuoc_reader_event says. */
enum cancuoc_reader_event_value {
    CANCUOC_READER_ARRIVED = 0,  /**< a reader was plugged in, or was there */
    CANCUOC_READER_DEPARTED = 1, /**< a reader was unplugged */
    CANCUOC_CARD_INSERTED = 2,   /**< a card was put on the reader, or was there */
    CANCUOC_CARD_TAKEN = 3       /**< the card was taken from the reader */
};

/** Begins to watch the readers of the machine (PC/SC). Thread-safe; starts a thread for each reader.
 * @param[out] monitor to be closed with cancuoc_monitor_close()
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, also when no smart card service runs; #CANCUOC_INVALID_ARGUMENT for NULL
 */
cancuoc_status cancuoc_monitor_open(cancuoc_monitor** monitor, cancuoc_error* error);

/** Ends watching; calls that wait in other threads return #CANCUOC_CANCELLED. Thread-safe.
 * @param monitor NULL does nothing
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_monitor_close(cancuoc_monitor* monitor, cancuoc_error* error);

/** All readers that are there now. Thread-safe.
 * @param monitor an open monitor
 * @param[out] readers an array of `capacity` elements; may be NULL when that is 0
 * @param capacity elements of the array
 * @param[out] count how many readers there are; written also when they are too many
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUFFER_TOO_SMALL when the array is too short; #CANCUOC_READER_UNAVAILABLE
 * when no smart card service runs; #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_monitor_readers(cancuoc_monitor* monitor, cancuoc_reader* readers, size_t capacity,
                                       size_t* count, cancuoc_error* error);

/** The next event that nobody has taken yet; waits for it. The first ones tell of the readers and cards that
 * were there. Thread-safe: each event goes to one of the threads that wait.
 * @param monitor an open monitor
 * @param timeout_ms milliseconds to wait, from 0; negative: as long as it takes
 * @param[out] event what happened
 * @param[out] reader the reader as it is after it
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_TIMEOUT when nothing happened; #CANCUOC_CANCELLED when the monitor was closed
 * meanwhile; #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_monitor_next_event(cancuoc_monitor* monitor, int64_t timeout_ms,
                                          cancuoc_reader_event* event, cancuoc_reader* reader,
                                          cancuoc_error* error);

/** Waits until a reader holds a card that answers. Thread-safe.
 * @param monitor an open monitor
 * @param reader_text the name of the reader or a part of it; NULL or empty: any
 * @param timeout_ms milliseconds to wait, from 0; negative: as long as it takes
 * @param[out] reader the reader with the card
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NO_CARD or #CANCUOC_READER_UNAVAILABLE when the time is over;
 * #CANCUOC_BAD_CONFIGURATION when several readers hold a card; #CANCUOC_CANCELLED when the monitor was closed
 * meanwhile; #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_monitor_wait_for_card(cancuoc_monitor* monitor, const char* reader_text,
                                             int64_t timeout_ms, cancuoc_reader* reader,
                                             cancuoc_error* error);

/* --------------------------------------------------------------------------------------------------- trust
 * store */

/** What became of the certificates, CRLs and lists of a file that was imported. */
typedef struct cancuoc_import {
    uint32_t offered;       /**< certificates, CRLs and lists in the file */
    uint32_t added;         /**< taken, and new */
    uint32_t already_there; /**< taken before */
    uint32_t refused;       /**< not taken */
} cancuoc_import;

/** What a trust store holds. */
typedef struct cancuoc_trust_summary {
    uint32_t certificates;    /**< all of them */
    uint32_t anchors;         /**< of these, CSCA certificates */
    uint32_t crls;            /**< certificate revocation lists */
    uint32_t deviation_lists; /**< of defects in documents */
    int64_t snapshot_time; /**< when something was last added, seconds since 1970 UTC; 0 for an empty store */
} cancuoc_trust_summary;

/** Opens the trust store in a folder, as `cancuoc trust import` makes it. Thread-safe.
 * @param directory path of the folder
 * @param[out] store to be closed with cancuoc_trust_store_close()
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION when there is none or it is broken; #CANCUOC_SYSTEM_ERROR,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_trust_store_open(const char* directory, cancuoc_trust_store** store,
                                        cancuoc_error* error);

/** Opens the trust store in a folder, or makes an empty one there. Thread-safe.
 * @param directory path of the folder; NULL: a store in memory, which is gone with its handle
 * @param[out] store to be closed with cancuoc_trust_store_close()
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION when the folder holds something else, or the path is empty;
 * #CANCUOC_SYSTEM_ERROR when it cannot be written; #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_trust_store_create(const char* directory, cancuoc_trust_store** store,
                                          cancuoc_error* error);

/** Closes a store; readings that were given it keep it. Thread-safe.
 * @param store NULL does nothing
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_trust_store_close(cancuoc_trust_store* store, cancuoc_error* error);

/** Takes in the content of a file: certificates and CRLs (DER or PEM), a CSCA master list or deviation list
 * whose signature leads to a certificate of the store, or LDIF of the ICAO PKD. Every CSCA certificate of the
 * store is trusted: take in only what comes from a source that you trust. Thread-safe; #CANCUOC_BUSY while a
 * card is read or evidence verified with the store.
 * @param store an open store
 * @param content the file
 * @param length bytes of it, 1 to 256 MiB
 * @param[out] report how many of how many were taken; may be NULL
 * @param[out] reason why the first of those refused was not taken, empty when all were; a buffer, may be NULL
 * @param reason_capacity bytes of `reason`; a sentence that does not fit is cut off
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, also when something was refused; #CANCUOC_BUSY, #CANCUOC_SYSTEM_ERROR,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_trust_store_import(cancuoc_trust_store* store, const uint8_t* content, size_t length,
                                          cancuoc_import* report, char* reason, size_t reason_capacity,
                                          cancuoc_error* error);

/** What the store holds, and as of when. Thread-safe; #CANCUOC_BUSY while another thread imports.
 * @param store an open store
 * @param[out] summary counts and the snapshot's time
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_trust_store_summary(cancuoc_trust_store* store, cancuoc_trust_summary* summary,
                                           cancuoc_error* error);

/** All that the store holds, as the JSON object of `cancuoc trust list --json`. Thread-safe; #CANCUOC_BUSY
 * while another thread imports.
 * @param store an open store
 * @param[out] buffer for the JSON text; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_trust_store_json(cancuoc_trust_store* store, char* buffer, size_t capacity,
                                        size_t* length, cancuoc_error* error);

/* -------------------------------------------------------------------------------------------------------
 * reading */

/** Which access key is given: one of enum cancuoc_key_value. */
typedef int32_t cancuoc_key;

/** What a #cancuoc_key says. */
enum cancuoc_key_value {
    CANCUOC_KEY_NUMBER = 0, /**< the 12-digit personal identification number; its last 6 digits are the CAN */
    CANCUOC_KEY_CAN = 1,    /**< the card access number, 6 digits */
    CANCUOC_KEY_MRZ =
        2, /**< the lines of the MRZ (TD1, TD2 or TD3), with or without white space between them */
    CANCUOC_KEY_PIN = 3, /**< the holder's PIN, 5 or 6 digits */
    CANCUOC_KEY_PUK = 4, /**< the PUK, 10 digits */
    CANCUOC_KEY_DOCUMENT_NUMBER =
        5 /**< the document number of an MRZ, 1 to 30 characters: opens a card once the dates are given too */
};

/** What a verdict is: one of enum cancuoc_verdict_value. */
typedef int32_t cancuoc_verdict;

/** What a #cancuoc_verdict says. */
enum cancuoc_verdict_value {
    CANCUOC_NO_VERDICT = 0,  /**< nothing was judged; no function gives it as a card's verdict */
    CANCUOC_GENUINE = 1,     /**< everything that the policy demands is proven */
    CANCUOC_NOT_GENUINE = 2, /**< at least one check failed: do not accept this card */
    CANCUOC_INCOMPLETE = 3   /**< nothing failed, but something that the policy demands could not be done */
};

/** How a check ended: one of enum cancuoc_check_value. */
typedef int32_t cancuoc_check;

/** What a #cancuoc_check says. */
enum cancuoc_check_value {
    CANCUOC_NO_OUTCOME = 0,    /**< no check is spoken of; no function gives it as a check's outcome */
    CANCUOC_PASSED = 1,        /**< it holds */
    CANCUOC_FAILED = 2,        /**< it does not hold */
    CANCUOC_NOT_SUPPORTED = 3, /**< the card has nothing to check */
    CANCUOC_NOT_PERFORMED = 4  /**< it was not done; the reason says why */
};

/** What happens while a card is read: one of enum cancuoc_event_value. */
typedef int32_t cancuoc_event_kind;

/** What a #cancuoc_event_kind says; in brackets the members of #cancuoc_event that go with it. When a card
 * that was lifted or lost its power is read anew, the events begin anew too: nothing of it is proven then. */
enum cancuoc_event_value {
    CANCUOC_EVENT_PUT_CARD = 0,      /**< there is no card yet: a person must put it on the reader */
    CANCUOC_EVENT_PUT_CARD_BACK = 1, /**< the card was lifted: put it back, and reading goes on */
    CANCUOC_EVENT_ACCESS_OPENED = 2, /**< the card accepted the key */
    CANCUOC_EVENT_FILE_PROGRESS = 3, /**< a part of a file has come [file, bytes_read, bytes_total] */
    CANCUOC_EVENT_FILE_READ = 4,     /**< a file is there [file, bytes_read, bytes_total] */
    CANCUOC_EVENT_IDENTITY_READ = 5, /**< the person's data are there, not proven yet [so_far] */
    CANCUOC_EVENT_IDENTITY_JUDGED =
        6, /**< what the verdict will be if the face is as signed [verdict, so_far] */
    CANCUOC_EVENT_CHECK_SETTLED = 7, /**< a check has ended [check, outcome, reason] */
    CANCUOC_EVENT_FACE_READ = 8,     /**< the face is there [so_far] */
    CANCUOC_EVENT_FINISHED = 9       /**< the card may be taken away [verdict] */
};

/** Something that happened while a card is read. The library's, and valid during the callback only. Members
 * that do not go with the kind are NULL or 0, which is #CANCUOC_NO_VERDICT and #CANCUOC_NO_OUTCOME. Later
 * versions may append members.
 */
typedef struct cancuoc_event {
    cancuoc_event_kind kind; /**< what happened */
    cancuoc_verdict verdict; /**< so far, or at the end */
    cancuoc_check outcome;   /**< of the check */
    const char* file;        /**< "DG1", "EF.SOD", ... */
    size_t bytes_read;       /**< of the file so far */
    size_t bytes_total;      /**< of the whole file */
    const char* check;       /**< the name of the check, as cancuoc_result_check() takes it */
    const char* reason;      /**< why it ended so; empty where nothing needs to be said */
    cancuoc_result* so_far;  /**< what is known so far; it is closed when the callback returns */
} cancuoc_event;

/** Is told what happens while a card is read, on the thread that reads: the card waits meanwhile.
 * @param context what cancuoc_reading_set_event_callback() was given
 * @param event valid during the call
 * @return 0 to go on; anything else ends the reading with #CANCUOC_CANCELLED
 */
typedef int (*cancuoc_event_callback)(void* context, const cancuoc_event* event);

/** Sends a command APDU to the card and waits for its answer. It must not call functions for the reading.
 * @param context #cancuoc_card_link::context
 * @param command the encoded command
 * @param command_length bytes of it, 4 to #cancuoc_card_link::maximum_command
 * @param[out] response memory for the encoded response
 * @param capacity bytes of it, enough for 65,538
 * @param[out] response_length bytes of the response, 2 to `capacity`
 * @return #CANCUOC_OK; #CANCUOC_CARD_REMOVED, #CANCUOC_CARD_RESET, #CANCUOC_NO_CARD,
 * #CANCUOC_READER_UNAVAILABLE, #CANCUOC_CANCELLED or #CANCUOC_TIMEOUT as the case may be; anything else
 * counts as #CANCUOC_CALLBACK_FAILED
 */
typedef cancuoc_status (*cancuoc_transmit_callback)(void* context, const uint8_t* command,
                                                    size_t command_length, uint8_t* response, size_t capacity,
                                                    size_t* response_length);

/** Takes the card's power away and gives it back.
 * @param context #cancuoc_card_link::context
 * @return as #cancuoc_transmit_callback
 */
typedef cancuoc_status (*cancuoc_reset_callback)(void* context);

/** A card link of the program's own, in the place of a PC/SC reader. */
typedef struct cancuoc_card_link {
    void* context;                      /**< given to the callbacks */
    cancuoc_transmit_callback transmit; /**< required */
    cancuoc_reset_callback reset;       /**< NULL: the card cannot be reset */
    const char* name;                   /**< of the reader, in results; NULL: "card link" */
    const uint8_t* atr;                 /**< answer to reset; may be NULL when atr_length is 0 */
    size_t atr_length;                  /**< bytes of it, 0 to #CANCUOC_ATR_SIZE */
    size_t maximum_command;             /**< longest encoded command, 261 to 65,544; 0: as the ATR says */
    size_t
        maximum_response; /**< longest response data without status word, 256 to 65,536; 0: as the ATR says */
} cancuoc_card_link;

/** Gives the certificates with which the terminal authenticates itself, once the card has said whom it
 * trusts. Calls cancuoc_certificates_add() for each, in any order: link certificates, document verifiers, the
 * terminal's own.
 * @param context #cancuoc_terminal::context
 * @param trust_points certification authority references that the card trusts, the newest first; each
 * NUL-ended
 * @param count how many, 1 or 2
 * @param certificates takes the certificates; valid during the call
 * @return #CANCUOC_OK; anything else: there are none, and Terminal Authentication is not performed
 */
typedef cancuoc_status (*cancuoc_certificates_callback)(void* context, const char* const* trust_points,
                                                        size_t count, cancuoc_certificates* certificates);

/** Signs with the terminal's private key, wherever that lives.
 * @param context #cancuoc_terminal::context
 * @param holder_reference of the terminal's certificate whose key is to sign; NUL-ended
 * @param message what is to be signed: not hashed yet
 * @param message_length bytes of it
 * @param[out] signature memory for the signature, in the scheme of the certificate's key; ECDSA in plain
 * form, r || s
 * @param capacity bytes of it, 512
 * @param[out] signature_length bytes of the signature, 1 to `capacity`
 * @return #CANCUOC_OK; anything else: it could not sign, and Terminal Authentication is not performed
 */
typedef cancuoc_status (*cancuoc_signature_callback)(void* context, const char* holder_reference,
                                                     const uint8_t* message, size_t message_length,
                                                     uint8_t* signature, size_t capacity,
                                                     size_t* signature_length);

/** How the terminal authenticates itself, to read fingers and irises (DG3, DG4). */
typedef struct cancuoc_terminal {
    void* context;                              /**< given to the callbacks */
    cancuoc_certificates_callback certificates; /**< required */
    cancuoc_signature_callback sign;            /**< required */
} cancuoc_terminal;

/** Prepares to read a card: any PC/SC reader, no access key yet, policy `standard`, all that is readable.
 * Thread-safe.
 * @param[out] reading to be closed with cancuoc_reading_close()
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT for NULL
 */
cancuoc_status cancuoc_reading_open(cancuoc_reading** reading, cancuoc_error* error);

/** Forgets the reading with its access keys, and what was read of a lifted card. A reading that runs in
 * another thread is cancelled. Thread-safe.
 * @param reading NULL does nothing
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_close(cancuoc_reading* reading, cancuoc_error* error);

/** Gives an access key. Keys of several kinds may be given, in any order; PACE takes any, BAC the MRZ only.
 * They add up, a later one replaces an earlier one of its kind, and none is taken back: open a new reading
 * for each card, or the next one is tried with the keys of the one before and held against them. The 12-digit
 * number holds the CAN, which counts for one that is given too. Where the 12-digit number, the document
 * number or the MRZ is given, the card must also be this one's. Thread-safe; #CANCUOC_BUSY while the card is
 * read.
 * @param reading an open reading
 * @param kind one of enum cancuoc_key_value
 * @param text the key as printed or typed; it is copied, and the copies that the reading keeps are wiped when
 * another text replaces them and when the reading is closed. The lines of an MRZ are taken apart once to look
 * at their check digits, and a trace begins with the keys until it is redacted: those parts are given back
 * unwiped
 * @param[out] error may be NULL; its message does not repeat the key
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION for a wrong length, character or check digit;
 * #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_reading_set_key(cancuoc_reading* reading, cancuoc_key kind, const char* text,
                                       cancuoc_error* error);

/** Gives both dates of the card beside its number: together they open a card without PACE, and with the
 * document number also one with PACE.
 * Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading that was given #CANCUOC_KEY_NUMBER or #CANCUOC_KEY_DOCUMENT_NUMBER
 * @param birth YYYY-MM-DD
 * @param expiry YYYY-MM-DD; 2099-12-31 on a card that does not expire
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION without a number, or for a document number with
 * other characters than A to Z, 0 to 9 and <; #CANCUOC_MALFORMED_DATA for what is no date; #CANCUOC_BUSY,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_reading_set_dates(cancuoc_reading* reading, const char* birth, const char* expiry,
                                         cancuoc_error* error);

/** Takes the card in a PC/SC reader. The later of this and cancuoc_reading_set_card_link() counts.
 * Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param reader_text the name of the reader or a part of it; NULL or empty: the one with a card
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_reader(cancuoc_reading* reading, const char* reader_text,
                                          cancuoc_error* error);

/** Takes the card behind a link of the program's own. The later of this and cancuoc_reading_set_reader()
 * counts. Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param link is copied, ATR and name with it; its callbacks are called by cancuoc_reading_run(), on that
 * thread
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT without transmit and for lengths out of range;
 * #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_card_link(cancuoc_reading* reading, const cancuoc_card_link* link,
                                             cancuoc_error* error);

/** How long to wait. Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param card_ms milliseconds to wait for a card to be put on a PC/SC reader, 0 (the default) to 86,400,000
 * @param resume_ms milliseconds to wait for a lifted card to come back, 0 (the default) to 86,400,000
 * @param total_ms milliseconds after which the whole reading ends with #CANCUOC_TIMEOUT, 1 to 86,400,000; 0
 * (the default): never
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT for numbers out of range; #CANCUOC_BUSY,
 * #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_waits(cancuoc_reading* reading, int64_t card_ms, int64_t resume_ms,
                                         int64_t total_ms, cancuoc_error* error);

/** By which trust store signatures are judged; without one, no card is genuine. Thread-safe; #CANCUOC_BUSY
 * while the card is read.
 * @param reading an open reading; it keeps the store, whose handle may be closed
 * @param store an open store; NULL: none
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_trust_store(cancuoc_reading* reading, cancuoc_trust_store* store,
                                               cancuoc_error* error);

/** What must be proven before a card is called genuine. Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param policy "strict", "standard", "fast", or the path of a JSON file
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION when there is no such policy; #CANCUOC_SYSTEM_ERROR when
 * the file cannot be read, or is longer than 65,536 bytes; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_reading_set_policy(cancuoc_reading* reading, const char* policy, cancuoc_error* error);

/** Which data groups to read, besides what is always read. Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param numbers of the data groups, each 1 to 16; may be NULL when `count` is 0
 * @param count how many, 0 to 16; 0: all that the policy uses
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT for numbers out of range; #CANCUOC_BUSY,
 * #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_data_groups(cancuoc_reading* reading, const int32_t* numbers, size_t count,
                                               cancuoc_error* error);

/** The challenge of Active Authentication, when a server drew it and will verify the signature: see
 * cancuoc_result_active_authentication(). It counts for one reading. Thread-safe; #CANCUOC_BUSY while the
 * card is read.
 * @param reading an open reading
 * @param challenge the bytes; never use the same twice
 * @param length 8
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT for another length; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_challenge(cancuoc_reading* reading, const uint8_t* challenge,
                                             size_t length, cancuoc_error* error);

/** How the terminal authenticates itself, with keys behind functions of the program's. The later of this and
 * cancuoc_reading_set_terminal_keys() counts. Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param terminal is copied; its callbacks are called by cancuoc_reading_run(), on that thread; NULL: not at
 * all
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT without both callbacks; #CANCUOC_BUSY,
 * #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_terminal(cancuoc_reading* reading, const cancuoc_terminal* terminal,
                                            cancuoc_error* error);

/** How the terminal authenticates itself, with the keys of a folder, as `cancuoc read --terminal-keys` takes
 * it. The later of this and cancuoc_reading_set_terminal() counts. Thread-safe; #CANCUOC_BUSY while the card
 * is read.
 * @param reading an open reading
 * @param directory path of the folder
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION when it holds no terminal's key, or a certificate or key
 * that is none; #CANCUOC_SYSTEM_ERROR when a file in it cannot be read, or is longer than 65,536 bytes;
 * #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_reading_set_terminal_keys(cancuoc_reading* reading, const char* directory,
                                                 cancuoc_error* error);

/** Adds one CV certificate to those of the terminal, in a #cancuoc_certificates_callback. Thread-safe.
 * @param certificates what the callback was given
 * @param certificate the CV certificate, DER
 * @param length bytes of it, 1 to 4,096
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_MALFORMED_DATA when it is none; #CANCUOC_INVALID_HANDLE outside of the
 * callback, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_certificates_add(cancuoc_certificates* certificates, const uint8_t* certificate,
                                        size_t length, cancuoc_error* error);

/** The moment at which certificates and CRLs must be valid; otherwise the time of the machine. Thread-safe;
 * #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param seconds since 1970-01-01 UTC, 0 to 253,402,300,799 (the end of the year 9999)
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT out of range; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_time(cancuoc_reading* reading, int64_t seconds, cancuoc_error* error);

/** Who is told what happens: the person's data and what they are worth, long before the face is there.
 * Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading
 * @param callback called by cancuoc_reading_run(), on that thread; NULL: nobody
 * @param context given to it
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_event_callback(cancuoc_reading* reading, cancuoc_event_callback callback,
                                                  void* context, cancuoc_error* error);

/** Whether to record the session, for cancuoc_reading_trace(). Thread-safe; #CANCUOC_BUSY while the card is
 * read.
 * @param reading an open reading
 * @param record 0: no (the default); 1: yes
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_INVALID_ARGUMENT for other numbers; #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_set_recording(cancuoc_reading* reading, int32_t record, cancuoc_error* error);

/** Reads and judges the card. What is written on the card never makes it fail: a forged card is a result.
 * When it fails with #CANCUOC_CARD_REMOVED or #CANCUOC_CARD_RESET, calling it again goes on where it stopped;
 * access and every proof are made anew. Thread-safe; one thread at a time, #CANCUOC_BUSY for others.
 * @param reading an open reading with at least one key
 * @param[out] result to be closed with cancuoc_result_close()
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BAD_CONFIGURATION without a key, or when the card needs the MRZ and it is not
 * known; #CANCUOC_WRONG_ACCESS_KEY; #CANCUOC_READER_UNAVAILABLE, #CANCUOC_READER_BUSY, #CANCUOC_NO_CARD,
 * #CANCUOC_CARD_REMOVED, #CANCUOC_CARD_RESET; #CANCUOC_CARD_ERROR when it is no such card,
 * #CANCUOC_MALFORMED_DATA when what answers follows no protocol of cards;
 * #CANCUOC_SECURE_MESSAGING_ENDED; #CANCUOC_CANCELLED, #CANCUOC_TIMEOUT; #CANCUOC_CALLBACK_FAILED;
 * #CANCUOC_BUSY, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_reading_run(cancuoc_reading* reading, cancuoc_result** result, cancuoc_error* error);

/** Ends the run that is going on in another thread, or the next one when there is none: at the next command,
 * or at once where a PC/SC reader is waited for. Thread-safe; never waits.
 * @param reading an open reading
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_reading_cancel(cancuoc_reading* reading, cancuoc_error* error);

/** The trace of the last run, whichever way it ended: one JSON object a line, for `cancuoc trace replay`.
 * What was typed, file contents, keys, nonces and signatures are replaced by pseudonyms of the same length,
 * so that it can be shown to others. Thread-safe; #CANCUOC_BUSY while the card is read.
 * @param reading an open reading with recording switched on
 * @param[out] buffer for the text; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when no run was recorded; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_BUSY,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_reading_trace(cancuoc_reading* reading, char* buffer, size_t capacity, size_t* length,
                                     cancuoc_error* error);

/* --------------------------------------------------------------------------------------------------------
 * result */

/** Which text of a result: one of enum cancuoc_field_value. */
typedef int32_t cancuoc_field;

/** What a #cancuoc_field says. Dates are YYYY-MM-DD; what a card writes as no date stays as it stands there.
 */
enum cancuoc_field_value {
    CANCUOC_FIELD_READER = 0,           /**< name of the reader */
    CANCUOC_FIELD_POLICY = 1,           /**< name of the policy */
    CANCUOC_FIELD_ACCESS_PROTOCOL = 2,  /**< PACE, BAC or none */
    CANCUOC_FIELD_ACCESS_PASSWORD = 3,  /**< CAN, MRZ, PIN or PUK */
    CANCUOC_FIELD_DOCUMENT_TYPE = 10,   /**< DG1: TD1, TD2, TD3, MRV-A, MRV-B */
    CANCUOC_FIELD_ISSUER = 11,          /**< DG1: issuing state, three letters */
    CANCUOC_FIELD_DOCUMENT_NUMBER = 12, /**< DG1: on Vietnamese cards the last 9 digits of the number */
    CANCUOC_FIELD_PERSONAL_NUMBER = 13, /**< DG1: on Vietnamese cards the 12-digit number */
    CANCUOC_FIELD_MRZ_NAME = 14,        /**< DG1: capitals without diacritics */
    CANCUOC_FIELD_MRZ_BIRTH_DATE = 15,  /**< DG1: with its century */
    CANCUOC_FIELD_MRZ_SEX = 16,         /**< DG1: M, F or X */
    CANCUOC_FIELD_MRZ_NATIONALITY = 17, /**< DG1: three letters */
    CANCUOC_FIELD_MRZ_EXPIRY_DATE = 18, /**< DG1: with its century; absent on a card that does not expire */
    CANCUOC_FIELD_MRZ = 19,             /**< DG1: the lines, each but the last ended by a line feed */
    CANCUOC_FIELD_NUMBER = 30,          /**< DG13: 12 digits */
    CANCUOC_FIELD_FULL_NAME = 31,       /**< DG13: with diacritics */
    CANCUOC_FIELD_BIRTH_DATE = 32,      /**< DG13 */
    CANCUOC_FIELD_SEX = 33,             /**< DG13: Nam or Nữ */
    CANCUOC_FIELD_NATIONALITY = 34,     /**< DG13 */
    CANCUOC_FIELD_ETHNICITY = 35,       /**< DG13 */
    CANCUOC_FIELD_RELIGION = 36,        /**< DG13 */
    CANCUOC_FIELD_PLACE_OF_ORIGIN = 37, /**< DG13 */
    CANCUOC_FIELD_RESIDENCE = 38,       /**< DG13 */
    CANCUOC_FIELD_DISTINGUISHING_FEATURES = 39, /**< DG13 */
    CANCUOC_FIELD_ISSUE_DATE = 40,              /**< DG13 */
    CANCUOC_FIELD_EXPIRY_DATE = 41,             /**< DG13: a date, or words */
    CANCUOC_FIELD_FATHER_NAME = 42,             /**< DG13 */
    CANCUOC_FIELD_MOTHER_NAME = 43,             /**< DG13 */
    CANCUOC_FIELD_SPOUSE_NAME = 44,             /**< DG13 */
    CANCUOC_FIELD_OLD_NUMBER = 45,              /**< DG13: 9 digits */
    CANCUOC_FIELD_CHIP_CODE = 46                /**< DG13: 16 characters */
};

/** The format of a picture: one of enum cancuoc_image_format_value. */
typedef int32_t cancuoc_image_format;

/** What a #cancuoc_image_format says. */
enum cancuoc_image_format_value {
    CANCUOC_IMAGE_UNKNOWN = 0,             /**< none of these */
    CANCUOC_IMAGE_JPEG = 1,                /**< JPEG */
    CANCUOC_IMAGE_JPEG2000 = 2,            /**< JPEG 2000 in its file format, JP2 */
    CANCUOC_IMAGE_JPEG2000_CODESTREAM = 3, /**< JPEG 2000 without a file format around it */
    CANCUOC_IMAGE_PNG = 4,                 /**< PNG */
    CANCUOC_IMAGE_WSQ = 5,                 /**< WSQ */
    CANCUOC_IMAGE_PNM = 6,                 /**< portable graymap or pixmap */
    CANCUOC_IMAGE_RAW = 7                  /**< samples without a header */
};

/** A picture as the card has it. */
typedef struct cancuoc_image {
    cancuoc_image_format format; /**< of the encoded picture */
    uint32_t width;              /**< pixels; 0 when the picture does not tell */
    uint32_t height;             /**< pixels; likewise */
    uint32_t reserved;           /**< 0 */
} cancuoc_image;

/** Closes a result; the personal data in it are freed. Thread-safe.
 * @param result NULL does nothing
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, #CANCUOC_INVALID_HANDLE
 */
cancuoc_status cancuoc_result_close(cancuoc_result* result, cancuoc_error* error);

/** What the inspection says about the card. Thread-safe.
 * @param result an open result; not one of an event before #CANCUOC_EVENT_IDENTITY_JUDGED
 * @param[out] verdict one of enum cancuoc_verdict_value
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when nothing was judged yet; #CANCUOC_INVALID_HANDLE,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_verdict(cancuoc_result* result, cancuoc_verdict* verdict, cancuoc_error* error);

/** Why the verdict is not better, one line after another. Thread-safe.
 * @param result an open result
 * @param index from 0
 * @param[out] buffer for the line; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the line, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND behind the last; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_reason(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                     size_t* length, cancuoc_error* error);

/** What a person should know though it changes no verdict, one sentence after another. Thread-safe.
 * @param result an open result
 * @param index from 0
 * @param[out] buffer for the sentence; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the sentence, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND behind the last; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_remark(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                     size_t* length, cancuoc_error* error);

/** The names of all checks, one after another: "access-control", "passive-authentication.hashes",
 * "passive-authentication.signature", "passive-authentication.chain", "passive-authentication.revocation",
 * "chip-authentication", "active-authentication", "terminal-authentication", "consistency.com-sod",
 * "consistency.mrz", "consistency.number", "consistency.card-access". Thread-safe.
 * @param result an open result
 * @param index from 0
 * @param[out] buffer for the name; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer; 64 are enough
 * @param[out] length bytes of the name, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND behind the last; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_check_name(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                         size_t* length, cancuoc_error* error);

/** How a check ended, and why. Thread-safe.
 * @param result an open result
 * @param name of the check
 * @param[out] outcome one of enum cancuoc_check_value; written also when the reason does not fit
 * @param[out] reason why; empty where nothing needs to be said; may be NULL when `capacity` is 0
 * @param capacity bytes of `reason`; with NULL and 0, and `length` NULL, the reason is not asked for
 * @param[out] length bytes of the reason, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when there is no check of that name; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_check(cancuoc_result* result, const char* name, cancuoc_check* outcome,
                                    char* reason, size_t capacity, size_t* length, cancuoc_error* error);

/** A text of the result. Thread-safe.
 * @param result an open result
 * @param field one of enum cancuoc_field_value
 * @param[out] buffer for the text; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, also for an item without a value, whose text is empty; #CANCUOC_NOT_FOUND when its
 * file was not read or cannot be decoded; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_HANDLE,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_field(cancuoc_result* result, cancuoc_field field, char* buffer,
                                    size_t capacity, size_t* length, cancuoc_error* error);

/** An item of DG13 that has no name here; later cards have such. Thread-safe.
 * @param result an open result
 * @param item its number on the card, 17 to 255
 * @param[out] buffer for its characters, or its value in hexadecimal where it is no text; may be NULL when
 * `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when the card has no such item; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_other_item(cancuoc_result* result, int32_t item, char* buffer, size_t capacity,
                                         size_t* length, cancuoc_error* error);

/** The names of the files that were read, one after another: "EF.CardAccess", "EF.SOD", "DG1". Thread-safe.
 * @param result an open result
 * @param index from 0
 * @param[out] buffer for the name; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer; 32 are enough
 * @param[out] length bytes of the name, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND behind the last; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_file_name(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                        size_t* length, cancuoc_error* error);

/** A file, byte by byte as it was read. Thread-safe.
 * @param result an open result
 * @param name "DG1", "EF.SOD", "EF.COM", "EF.CardAccess", ...
 * @param[out] buffer for the bytes; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the file; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when it was not read, with the reason as the message;
 * #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_file(cancuoc_result* result, const char* name, uint8_t* buffer, size_t capacity,
                                   size_t* length, cancuoc_error* error);

/** The certificate of the document signer, DER, as EF.SOD holds it. Thread-safe.
 * @param result an open result
 * @param[out] buffer for the bytes; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the certificate; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when there is none; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_document_signer(cancuoc_result* result, uint8_t* buffer, size_t capacity,
                                              size_t* length, cancuoc_error* error);

/** What the chip signed in Active Authentication, for whoever gave the challenge. The key is in the file
 * DG15. Thread-safe.
 * @param result an open result
 * @param[out] challenge 8 bytes
 * @param[out] signature for the signature as the chip sent it; may be NULL when `capacity` is 0
 * @param capacity bytes of `signature`
 * @param[out] length bytes of the signature; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when Active Authentication was not performed;
 * #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_active_authentication(cancuoc_result* result, uint8_t challenge[8],
                                                    uint8_t* signature, size_t capacity, size_t* length,
                                                    cancuoc_error* error);

/** What the face of DG2 is like. Thread-safe.
 * @param result an open result
 * @param[out] image format and size
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when there is none; #CANCUOC_INVALID_HANDLE,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_face(cancuoc_result* result, cancuoc_image* image, cancuoc_error* error);

/** The face as the card has it. Thread-safe.
 * @param result an open result
 * @param[out] buffer for the encoded picture; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the picture; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when there is none; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_face_encoded(cancuoc_result* result, uint8_t* buffer, size_t capacity,
                                           size_t* length, cancuoc_error* error);

/** The face as pixels: three bytes each, red, green and blue; rows from the top, left to right, nothing
 * between them. Decodes it anew at each call. Thread-safe.
 * @param result an open result
 * @param[out] width pixels of a row; written also when the buffer is too small
 * @param[out] height rows; likewise
 * @param[out] buffer for width * height * 3 bytes; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length width * height * 3; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when there is none; #CANCUOC_MALFORMED_DATA when it cannot be
 * shown; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_face_rgb(cancuoc_result* result, uint32_t* width, uint32_t* height,
                                       uint8_t* buffer, size_t capacity, size_t* length,
                                       cancuoc_error* error);

/** Everything, as the JSON object that `cancuoc read --json` prints. Thread-safe.
 * @param result an open result
 * @param[out] buffer for the JSON text; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_json(cancuoc_result* result, char* buffer, size_t capacity, size_t* length,
                                   cancuoc_error* error);

/** What others need to judge the reading again without the card: cancuoc_evidence_verify(), or `cancuoc
 * evidence verify`. It holds personal data. Thread-safe.
 * @param result an open result of cancuoc_reading_run()
 * @param[out] buffer for the bytes; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the evidence; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND for results of events and of evidence; #CANCUOC_BUFFER_TOO_SMALL,
 * #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_result_evidence(cancuoc_result* result, uint8_t* buffer, size_t capacity,
                                       size_t* length, cancuoc_error* error);

/** Judges the card of an earlier reading again, without it. Certificates must have been valid on the day of
 * the reading, which is a claim of the evidence; what only the card could prove again is named in remarks.
 * Thread-safe.
 * @param evidence what cancuoc_result_evidence() gave
 * @param length bytes of it, 1 to 32 MiB
 * @param policy "strict", "standard", "fast", or the path of a JSON file; NULL: "standard"
 * @param store an open trust store; NULL: none
 * @param[out] result to be closed with cancuoc_result_close()
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_MALFORMED_DATA when it is no evidence; #CANCUOC_BAD_CONFIGURATION when there
 * is no such policy; #CANCUOC_SYSTEM_ERROR when the file of the policy cannot be read, or is longer than
 * 65,536 bytes; #CANCUOC_BUSY while another thread imports into the store; #CANCUOC_INVALID_HANDLE,
 * #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_evidence_verify(const uint8_t* evidence, size_t length, const char* policy,
                                       cancuoc_trust_store* store, cancuoc_result** result,
                                       cancuoc_error* error);

/* ------------------------------------------------------------------------------------------------------- QR
 * code */

/** The text of a QR code in a picture. Looks for the codes anew at each call, which takes some tens of
 * milliseconds for a picture in which one is easily found, and seconds for one in which none is. Thread-safe.
 * @param picture PNG or JPEG
 * @param picture_length bytes of it, 1 to 64 MiB
 * @param index which of the codes found, from 0
 * @param[out] buffer for the bytes of the code, exactly as encoded, and a NUL; may be NULL when `capacity` is
 * 0
 * @param capacity bytes of the buffer; 8,192 are enough for any code
 * @param[out] length bytes of the code, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_NOT_FOUND when there are not so many; #CANCUOC_MALFORMED_DATA when the
 * picture cannot be decoded; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_qr_find(const uint8_t* picture, size_t picture_length, size_t index, char* buffer,
                               size_t capacity, size_t* length, cancuoc_error* error);

/** What the text of a QR code says: a symbol as `cancuoc qr decode --json` prints it. Thread-safe.
 * @param text of the code, or what a scanner typed
 * @param text_length bytes of it, 0 to 4,096
 * @param[out] buffer for the JSON text; may be NULL when `capacity` is 0
 * @param capacity bytes of the buffer
 * @param[out] length bytes of the JSON text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK, for any text; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_qr_json(const char* text, size_t text_length, char* buffer, size_t capacity,
                               size_t* length, cancuoc_error* error);

/** The 12-digit number in the text of an identity card's QR code: a key for cancuoc_reading_set_key().
 * Thread-safe.
 * @param text of the code, or what a scanner typed
 * @param text_length bytes of it, 0 to 4,096
 * @param[out] number 12 digits and a NUL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_MALFORMED_DATA when it is no identity card's; #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_qr_number(const char* text, size_t text_length, char number[13], cancuoc_error* error);

/** Compares the text of a QR code with what the chip said, field by field. A match is worth no more than the
 * verdict on the chip. Thread-safe.
 * @param text of the code, or what a scanner typed
 * @param text_length bytes of it, 0 to 4,096
 * @param result an open result
 * @param[out] matches 1: the number is the same, nothing else differs, and the chip is not found forged; 0
 * otherwise; written also when the JSON text does not fit
 * @param[out] buffer for the comparison, as the JSON of `cancuoc qr verify --json`; may be NULL when
 * `capacity` is 0
 * @param capacity bytes of the buffer; with NULL and 0, and `length` NULL, the JSON is not asked for
 * @param[out] length bytes of the JSON text, without the NUL; may be NULL
 * @param[out] error may be NULL
 * @return #CANCUOC_OK; #CANCUOC_MALFORMED_DATA when it is no identity card's; #CANCUOC_NOT_FOUND when neither
 * DG13 nor DG1 was read; #CANCUOC_BUFFER_TOO_SMALL, #CANCUOC_INVALID_HANDLE, #CANCUOC_INVALID_ARGUMENT
 */
cancuoc_status cancuoc_qr_match(const char* text, size_t text_length, cancuoc_result* result,
                                int32_t* matches, char* buffer, size_t capacity, size_t* length,
                                cancuoc_error* error);

#ifdef __cplusplus
}
#endif

#endif
