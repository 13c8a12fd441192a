// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc_features.hpp"

#include <reader.h>

namespace cancuoc {

namespace {

constexpr std::size_t longestAnswer = 256;
constexpr std::size_t lcdLayoutSize = 2;

// Empty when the reader does not answer.
Bytes ask(SCARDHANDLE card, DWORD code, BytesView input = {}) {
    Bytes answer(longestAnswer);
    DWORD length = 0;
    if (SCardControl(card, code, input.data(), static_cast<DWORD>(input.size()), answer.data(),
                     static_cast<DWORD>(answer.size()), &length) != SCARD_S_SUCCESS ||
        length > answer.size()) {
        return {};
    }
    answer.resize(length);
    return answer;
}

bool hasPinEntry(const FeatureCodes& codes, std::uint8_t direct, std::uint8_t start, std::uint8_t finish) {
    return codes.count(direct) != 0 || (codes.count(start) != 0 && codes.count(finish) != 0);
}

// The first field of the PIN properties describes the display (2.6.8).
bool hasDisplay(SCARDHANDLE card, DWORD pinPropertiesCode) {
    const Bytes properties = ask(card, pinPropertiesCode);
    return properties.size() >= lcdLayoutSize && (properties[0] | properties[1]) != 0;
}

} // namespace

PcscFeatures readFeatures(SCARDHANDLE card, std::string_view readerName) {
    const FeatureCodes codes = decodeFeatureCodes(ask(card, CM_IOCTL_GET_FEATURE_REQUEST));
    PcscFeatures found;
    ReaderFeatures& features = found.features;
    if (const auto code = codes.find(FEATURE_GET_TLV_PROPERTIES); code != codes.end()) {
        takeProperties(ask(card, code->second), features);
    }
    if (const auto code = codes.find(FEATURE_IFD_PIN_PROPERTIES); code != codes.end()) {
        features.display = hasDisplay(card, code->second) || features.display;
    }
    if (const auto code = codes.find(FEATURE_EXECUTE_PACE); code != codes.end()) {
        found.executePace = code->second;
        features.pace =
            decodeReaderPaceCapabilities(ask(card, code->second, encodeGetReaderPaceCapabilities()));
    }
    if (!pretendsPinPad(features)) {
        features.verifyPin = hasPinEntry(codes, FEATURE_VERIFY_PIN_DIRECT, FEATURE_VERIFY_PIN_START,
                                         FEATURE_VERIFY_PIN_FINISH);
        features.modifyPin = hasPinEntry(codes, FEATURE_MODIFY_PIN_DIRECT, FEATURE_MODIFY_PIN_START,
                                         FEATURE_MODIFY_PIN_FINISH);
    }
    if (!features.maximumApduDataSize) {
        features.maximumApduDataSize = knownApduDataSize(readerName);
    }
    return found;
}

} // namespace cancuoc
