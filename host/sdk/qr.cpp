// SPDX-License-Identifier: Apache-2.0
#include "host/base/json_text.hpp"
#include "host/sdk/buffers.hpp"
#include "host/sdk/handles.hpp"
#include "host/sdk/result.hpp"
#include "qr/decoder.hpp"
#include "qr/qr_json.hpp"

using namespace cancuoc;
using namespace cancuoc::sdk;

namespace {

constexpr std::size_t numberLength = 12;

std::string codeText(const char* text, std::size_t length) {
    requireArgument(text != nullptr || length == 0, "The text is NULL, and its length is not 0.");
    requireArgument(length <= qr::maximumPayloadLength, "The text is longer than any QR code's.");
    return {text != nullptr ? text : "", length};
}

// As the JSON has it, which the comparison reads.
qr::CardIdentity identityOf(const nlohmann::ordered_json& read) {
    if (!read.contains("citizen") && !read.contains("document")) {
        throw Refusal(CANCUOC_NOT_FOUND, "Neither DG13 nor DG1 was read, or they cannot be decoded.");
    }
    return qr::cardIdentityFromJson(read);
}

} // namespace

cancuoc_status cancuoc_qr_find(const uint8_t* picture, size_t picture_length, size_t index, char* buffer,
                               size_t capacity, size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto file = takeBytes(picture, picture_length, 1, qr::maximumImageFileSize);
        const auto symbols = qr::decodeSymbols(qr::decodeImage(file));
        if (index >= symbols.size()) {
            throw Refusal(CANCUOC_NOT_FOUND, "The picture holds not so many QR codes.");
        }
        give(symbols[index], buffer, capacity, length);
    });
}

cancuoc_status cancuoc_qr_json(const char* text, size_t text_length, char* buffer, size_t capacity,
                               size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        give(jsonText(qr::describeSymbol(codeText(text, text_length))), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_qr_number(const char* text, size_t text_length, char number[13],
                                 cancuoc_error* error) {
    return guarded(error, [&] {
        requireArgument(number != nullptr, "There is no place for the number.");
        give(qr::parsePayload(codeText(text, text_length)).payload.number, number, numberLength + 1, nullptr);
    });
}

cancuoc_status cancuoc_qr_match(const char* text, size_t text_length, cancuoc_result* result,
                                int32_t* matches, char* buffer, size_t capacity, size_t* length,
                                cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        requireArgument(matches != nullptr, "There is no place for the answer.");
        const auto parsed = qr::parsePayload(codeText(text, text_length));
        const auto verdict =
            found->judged() ? inspection::nameOf(found->found().judgement.verdict) : "unknown";
        auto json = qr::describeComparison(qr::compare(parsed.payload, identityOf(found->json())), verdict);
        *matches = json["matches"].get<bool>() ? 1 : 0;
        if (buffer != nullptr || capacity != 0 || length != nullptr) {
            qr::addOddities(json, parsed.oddities);
            give(jsonText(json), buffer, capacity, length);
        }
    });
}
