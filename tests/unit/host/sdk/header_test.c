/* SPDX-License-Identifier: Apache-2.0 */
/* The header is C99, and its structures, constants and functions are those that programs were built with. */
#include <cancuoc.h>

#define REQUIRE(name, condition) typedef char name[(condition) ? 1 : -1]
#define REQUIRE_SIZE(type, bytes) REQUIRE(type##_has_its_size, sizeof(type) == (bytes))
#define REQUIRE_PLACE(type, member, bytes)                                                                   \
    REQUIRE(type##_##member##_has_its_place, offsetof(type, member) == (bytes))
#define REQUIRE_VALUE(constant, value) REQUIRE(constant##_HAS_ITS_VALUE, (constant) == (value))
/* A pointer of another type is a warning, and every warning an error. */
#define REQUIRE_FUNCTION(returned, function, parameters)                                                     \
    returned(*function##_has_its_type) parameters = function
#define REQUIRE_CALLBACK(returned, type, parameters) returned(*type##_is_what_it_was) parameters = (type)0

REQUIRE_SIZE(cancuoc_error, 520);
REQUIRE_SIZE(cancuoc_reader, 320);
REQUIRE_SIZE(cancuoc_import, 16);
REQUIRE_SIZE(cancuoc_trust_summary, 24);
REQUIRE_SIZE(cancuoc_image, 16);
REQUIRE_PLACE(cancuoc_error, status, 0);
REQUIRE_PLACE(cancuoc_error, status_word, 4);
REQUIRE_PLACE(cancuoc_error, reserved, 6);
REQUIRE_PLACE(cancuoc_error, message, 8);
REQUIRE_PLACE(cancuoc_reader, name, 0);
REQUIRE_PLACE(cancuoc_reader, atr, 256);
REQUIRE_PLACE(cancuoc_reader, atr_length, 289);
REQUIRE_PLACE(cancuoc_reader, card_present, 290);
REQUIRE_PLACE(cancuoc_reader, card_mute, 291);
REQUIRE_PLACE(cancuoc_reader, in_use, 292);
REQUIRE_PLACE(cancuoc_reader, exclusive, 293);
REQUIRE_PLACE(cancuoc_reader, silent, 294);
REQUIRE_PLACE(cancuoc_reader, reserved, 295);
REQUIRE_PLACE(cancuoc_import, offered, 0);
REQUIRE_PLACE(cancuoc_import, added, 4);
REQUIRE_PLACE(cancuoc_import, already_there, 8);
REQUIRE_PLACE(cancuoc_import, refused, 12);
REQUIRE_PLACE(cancuoc_trust_summary, certificates, 0);
REQUIRE_PLACE(cancuoc_trust_summary, anchors, 4);
REQUIRE_PLACE(cancuoc_trust_summary, crls, 8);
REQUIRE_PLACE(cancuoc_trust_summary, deviation_lists, 12);
REQUIRE_PLACE(cancuoc_trust_summary, snapshot_time, 16);
REQUIRE_PLACE(cancuoc_image, format, 0);
REQUIRE_PLACE(cancuoc_image, width, 4);
REQUIRE_PLACE(cancuoc_image, height, 8);
REQUIRE_PLACE(cancuoc_image, reserved, 12);
#if UINTPTR_MAX == UINT64_MAX
REQUIRE_SIZE(cancuoc_event, 64);
REQUIRE_SIZE(cancuoc_card_link, 64);
REQUIRE_SIZE(cancuoc_terminal, 24);
REQUIRE_PLACE(cancuoc_event, kind, 0);
REQUIRE_PLACE(cancuoc_event, verdict, 4);
REQUIRE_PLACE(cancuoc_event, outcome, 8);
REQUIRE_PLACE(cancuoc_event, file, 16);
REQUIRE_PLACE(cancuoc_event, bytes_read, 24);
REQUIRE_PLACE(cancuoc_event, bytes_total, 32);
REQUIRE_PLACE(cancuoc_event, check, 40);
REQUIRE_PLACE(cancuoc_event, reason, 48);
REQUIRE_PLACE(cancuoc_event, so_far, 56);
REQUIRE_PLACE(cancuoc_card_link, context, 0);
REQUIRE_PLACE(cancuoc_card_link, transmit, 8);
REQUIRE_PLACE(cancuoc_card_link, reset, 16);
REQUIRE_PLACE(cancuoc_card_link, name, 24);
REQUIRE_PLACE(cancuoc_card_link, atr, 32);
REQUIRE_PLACE(cancuoc_card_link, atr_length, 40);
REQUIRE_PLACE(cancuoc_card_link, maximum_command, 48);
REQUIRE_PLACE(cancuoc_card_link, maximum_response, 56);
REQUIRE_PLACE(cancuoc_terminal, context, 0);
REQUIRE_PLACE(cancuoc_terminal, certificates, 8);
REQUIRE_PLACE(cancuoc_terminal, sign, 16);
#endif

REQUIRE_VALUE(CANCUOC_OK, 0);
REQUIRE_VALUE(CANCUOC_INVALID_ARGUMENT, 1);
REQUIRE_VALUE(CANCUOC_INVALID_HANDLE, 2);
REQUIRE_VALUE(CANCUOC_BUFFER_TOO_SMALL, 3);
REQUIRE_VALUE(CANCUOC_NOT_FOUND, 4);
REQUIRE_VALUE(CANCUOC_BUSY, 5);
REQUIRE_VALUE(CANCUOC_READER_UNAVAILABLE, 6);
REQUIRE_VALUE(CANCUOC_READER_BUSY, 7);
REQUIRE_VALUE(CANCUOC_NO_CARD, 8);
REQUIRE_VALUE(CANCUOC_CARD_REMOVED, 9);
REQUIRE_VALUE(CANCUOC_CARD_RESET, 10);
REQUIRE_VALUE(CANCUOC_CARD_ERROR, 11);
REQUIRE_VALUE(CANCUOC_WRONG_ACCESS_KEY, 12);
REQUIRE_VALUE(CANCUOC_SECURE_MESSAGING_ENDED, 13);
REQUIRE_VALUE(CANCUOC_MALFORMED_DATA, 14);
REQUIRE_VALUE(CANCUOC_BAD_CONFIGURATION, 15);
REQUIRE_VALUE(CANCUOC_CRYPTOGRAPHY, 16);
REQUIRE_VALUE(CANCUOC_CANCELLED, 17);
REQUIRE_VALUE(CANCUOC_TIMEOUT, 18);
REQUIRE_VALUE(CANCUOC_SYSTEM_ERROR, 19);
REQUIRE_VALUE(CANCUOC_OUT_OF_MEMORY, 20);
REQUIRE_VALUE(CANCUOC_CALLBACK_FAILED, 21);
REQUIRE_VALUE(CANCUOC_INTERNAL_ERROR, 22);
REQUIRE_VALUE(CANCUOC_READER_ARRIVED, 0);
REQUIRE_VALUE(CANCUOC_READER_DEPARTED, 1);
REQUIRE_VALUE(CANCUOC_CARD_INSERTED, 2);
REQUIRE_VALUE(CANCUOC_CARD_TAKEN, 3);
REQUIRE_VALUE(CANCUOC_KEY_NUMBER, 0);
REQUIRE_VALUE(CANCUOC_KEY_CAN, 1);
REQUIRE_VALUE(CANCUOC_KEY_MRZ, 2);
REQUIRE_VALUE(CANCUOC_KEY_PIN, 3);
REQUIRE_VALUE(CANCUOC_KEY_PUK, 4);
REQUIRE_VALUE(CANCUOC_KEY_DOCUMENT_NUMBER, 5);
REQUIRE_VALUE(CANCUOC_NO_VERDICT, 0);
REQUIRE_VALUE(CANCUOC_GENUINE, 1);
REQUIRE_VALUE(CANCUOC_NOT_GENUINE, 2);
REQUIRE_VALUE(CANCUOC_INCOMPLETE, 3);
REQUIRE_VALUE(CANCUOC_NO_OUTCOME, 0);
REQUIRE_VALUE(CANCUOC_PASSED, 1);
REQUIRE_VALUE(CANCUOC_FAILED, 2);
REQUIRE_VALUE(CANCUOC_NOT_SUPPORTED, 3);
REQUIRE_VALUE(CANCUOC_NOT_PERFORMED, 4);
REQUIRE_VALUE(CANCUOC_EVENT_PUT_CARD, 0);
REQUIRE_VALUE(CANCUOC_EVENT_PUT_CARD_BACK, 1);
REQUIRE_VALUE(CANCUOC_EVENT_ACCESS_OPENED, 2);
REQUIRE_VALUE(CANCUOC_EVENT_FILE_PROGRESS, 3);
REQUIRE_VALUE(CANCUOC_EVENT_FILE_READ, 4);
REQUIRE_VALUE(CANCUOC_EVENT_IDENTITY_READ, 5);
REQUIRE_VALUE(CANCUOC_EVENT_IDENTITY_JUDGED, 6);
REQUIRE_VALUE(CANCUOC_EVENT_CHECK_SETTLED, 7);
REQUIRE_VALUE(CANCUOC_EVENT_FACE_READ, 8);
REQUIRE_VALUE(CANCUOC_EVENT_FINISHED, 9);
REQUIRE_VALUE(CANCUOC_FIELD_READER, 0);
REQUIRE_VALUE(CANCUOC_FIELD_POLICY, 1);
REQUIRE_VALUE(CANCUOC_FIELD_ACCESS_PROTOCOL, 2);
REQUIRE_VALUE(CANCUOC_FIELD_ACCESS_PASSWORD, 3);
REQUIRE_VALUE(CANCUOC_FIELD_DOCUMENT_TYPE, 10);
REQUIRE_VALUE(CANCUOC_FIELD_ISSUER, 11);
REQUIRE_VALUE(CANCUOC_FIELD_DOCUMENT_NUMBER, 12);
REQUIRE_VALUE(CANCUOC_FIELD_PERSONAL_NUMBER, 13);
REQUIRE_VALUE(CANCUOC_FIELD_MRZ_NAME, 14);
REQUIRE_VALUE(CANCUOC_FIELD_MRZ_BIRTH_DATE, 15);
REQUIRE_VALUE(CANCUOC_FIELD_MRZ_SEX, 16);
REQUIRE_VALUE(CANCUOC_FIELD_MRZ_NATIONALITY, 17);
REQUIRE_VALUE(CANCUOC_FIELD_MRZ_EXPIRY_DATE, 18);
REQUIRE_VALUE(CANCUOC_FIELD_MRZ, 19);
REQUIRE_VALUE(CANCUOC_FIELD_NUMBER, 30);
REQUIRE_VALUE(CANCUOC_FIELD_FULL_NAME, 31);
REQUIRE_VALUE(CANCUOC_FIELD_BIRTH_DATE, 32);
REQUIRE_VALUE(CANCUOC_FIELD_SEX, 33);
REQUIRE_VALUE(CANCUOC_FIELD_NATIONALITY, 34);
REQUIRE_VALUE(CANCUOC_FIELD_ETHNICITY, 35);
REQUIRE_VALUE(CANCUOC_FIELD_RELIGION, 36);
REQUIRE_VALUE(CANCUOC_FIELD_PLACE_OF_ORIGIN, 37);
REQUIRE_VALUE(CANCUOC_FIELD_RESIDENCE, 38);
REQUIRE_VALUE(CANCUOC_FIELD_DISTINGUISHING_FEATURES, 39);
REQUIRE_VALUE(CANCUOC_FIELD_ISSUE_DATE, 40);
REQUIRE_VALUE(CANCUOC_FIELD_EXPIRY_DATE, 41);
REQUIRE_VALUE(CANCUOC_FIELD_FATHER_NAME, 42);
REQUIRE_VALUE(CANCUOC_FIELD_MOTHER_NAME, 43);
REQUIRE_VALUE(CANCUOC_FIELD_SPOUSE_NAME, 44);
REQUIRE_VALUE(CANCUOC_FIELD_OLD_NUMBER, 45);
REQUIRE_VALUE(CANCUOC_FIELD_CHIP_CODE, 46);
REQUIRE_VALUE(CANCUOC_IMAGE_UNKNOWN, 0);
REQUIRE_VALUE(CANCUOC_IMAGE_JPEG, 1);
REQUIRE_VALUE(CANCUOC_IMAGE_JPEG2000, 2);
REQUIRE_VALUE(CANCUOC_IMAGE_JPEG2000_CODESTREAM, 3);
REQUIRE_VALUE(CANCUOC_IMAGE_PNG, 4);
REQUIRE_VALUE(CANCUOC_IMAGE_WSQ, 5);
REQUIRE_VALUE(CANCUOC_IMAGE_PNM, 6);
REQUIRE_VALUE(CANCUOC_IMAGE_RAW, 7);

REQUIRE_CALLBACK(int, cancuoc_event_callback, (void*, const cancuoc_event*));
REQUIRE_CALLBACK(cancuoc_status, cancuoc_transmit_callback,
                 (void*, const uint8_t*, size_t, uint8_t*, size_t, size_t*));
REQUIRE_CALLBACK(cancuoc_status, cancuoc_reset_callback, (void*));
REQUIRE_CALLBACK(cancuoc_status, cancuoc_certificates_callback,
                 (void*, const char* const*, size_t, cancuoc_certificates*));
REQUIRE_CALLBACK(cancuoc_status, cancuoc_signature_callback,
                 (void*, const char*, const uint8_t*, size_t, uint8_t*, size_t, size_t*));
REQUIRE_FUNCTION(const char*, cancuoc_version, (void));
REQUIRE_FUNCTION(const char*, cancuoc_status_name, (cancuoc_status));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_monitor_open, (cancuoc_monitor**, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_monitor_close, (cancuoc_monitor*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_monitor_readers,
                 (cancuoc_monitor*, cancuoc_reader*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_monitor_next_event,
                 (cancuoc_monitor*, int64_t, cancuoc_reader_event*, cancuoc_reader*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_monitor_wait_for_card,
                 (cancuoc_monitor*, const char*, int64_t, cancuoc_reader*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_trust_store_open,
                 (const char*, cancuoc_trust_store**, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_trust_store_create,
                 (const char*, cancuoc_trust_store**, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_trust_store_close, (cancuoc_trust_store*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_trust_store_import,
                 (cancuoc_trust_store*, const uint8_t*, size_t, cancuoc_import*, char*, size_t,
                  cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_trust_store_summary,
                 (cancuoc_trust_store*, cancuoc_trust_summary*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_trust_store_json,
                 (cancuoc_trust_store*, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_open, (cancuoc_reading**, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_close, (cancuoc_reading*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_key,
                 (cancuoc_reading*, cancuoc_key, const char*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_dates,
                 (cancuoc_reading*, const char*, const char*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_reader, (cancuoc_reading*, const char*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_card_link,
                 (cancuoc_reading*, const cancuoc_card_link*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_waits,
                 (cancuoc_reading*, int64_t, int64_t, int64_t, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_trust_store,
                 (cancuoc_reading*, cancuoc_trust_store*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_policy, (cancuoc_reading*, const char*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_data_groups,
                 (cancuoc_reading*, const int32_t*, size_t, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_challenge,
                 (cancuoc_reading*, const uint8_t*, size_t, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_terminal,
                 (cancuoc_reading*, const cancuoc_terminal*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_terminal_keys,
                 (cancuoc_reading*, const char*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_certificates_add,
                 (cancuoc_certificates*, const uint8_t*, size_t, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_time, (cancuoc_reading*, int64_t, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_event_callback,
                 (cancuoc_reading*, cancuoc_event_callback, void*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_set_recording, (cancuoc_reading*, int32_t, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_run, (cancuoc_reading*, cancuoc_result**, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_cancel, (cancuoc_reading*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_reading_trace,
                 (cancuoc_reading*, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_close, (cancuoc_result*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_verdict, (cancuoc_result*, cancuoc_verdict*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_reason,
                 (cancuoc_result*, size_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_remark,
                 (cancuoc_result*, size_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_check_name,
                 (cancuoc_result*, size_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_check,
                 (cancuoc_result*, const char*, cancuoc_check*, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_field,
                 (cancuoc_result*, cancuoc_field, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_other_item,
                 (cancuoc_result*, int32_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_file_name,
                 (cancuoc_result*, size_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_file,
                 (cancuoc_result*, const char*, uint8_t*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_document_signer,
                 (cancuoc_result*, uint8_t*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_active_authentication,
                 (cancuoc_result*, uint8_t*, uint8_t*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_face, (cancuoc_result*, cancuoc_image*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_face_encoded,
                 (cancuoc_result*, uint8_t*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_face_rgb,
                 (cancuoc_result*, uint32_t*, uint32_t*, uint8_t*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_json,
                 (cancuoc_result*, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_result_evidence,
                 (cancuoc_result*, uint8_t*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_evidence_verify,
                 (const uint8_t*, size_t, const char*, cancuoc_trust_store*, cancuoc_result**,
                  cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_qr_find,
                 (const uint8_t*, size_t, size_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_qr_json,
                 (const char*, size_t, char*, size_t, size_t*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_qr_number, (const char*, size_t, char*, cancuoc_error*));
REQUIRE_FUNCTION(cancuoc_status, cancuoc_qr_match,
                 (const char*, size_t, cancuoc_result*, int32_t*, char*, size_t, size_t*, cancuoc_error*));

int cancuoc_header_is_c(void);
int cancuoc_header_is_c(void) {
    return CANCUOC_VERSION_MAJOR;
}
