// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/background_verification.hpp"

#include <utility>

#include "host/crypto/digest.hpp"
#include "host/lds/data_group_2.hpp"

namespace cancuoc::inspection {

namespace {

std::optional<biometric::EncodedImage> firstFace(BytesView dataGroup2) {
    for (auto& image : lds::DataGroup2::decode(dataGroup2).images()) {
        if (image.format == biometric::ImageFormat::Jpeg || biometric::isJpeg2000(image.format)) {
            return std::move(image);
        }
    }
    return std::nullopt;
}

} // namespace

BackgroundVerification::BackgroundVerification(const trust::TrustStore* store, std::chrono::sys_seconds time)
    : authentication_(store, time) {}

void BackgroundVerification::verifySecurityObject(Bytes securityObjectFile) {
    securityObject_ = worker_
                          .run([this, file = std::move(securityObjectFile)] {
                              return authentication_.verifySecurityObject(file);
                          })
                          .share();
}

void BackgroundVerification::hash(int number, HashAlgorithm algorithm, Bytes content) {
    hashes_[number] =
        worker_.run([algorithm, bytes = std::move(content)] { return digest(algorithm, bytes); }).share();
}

void BackgroundVerification::findFace(Bytes dataGroup2) {
    face_ = worker_.run([file = std::move(dataGroup2)] { return firstFace(file); });
}

std::optional<trust::PassiveAuthenticationResult> BackgroundVerification::passiveAuthentication() {
    if (!securityObject_.valid()) {
        return std::nullopt;
    }
    std::map<int, Bytes> hashes;
    for (const auto& [number, hash] : hashes_) {
        hashes[number] = hash.get();
    }
    auto result = securityObject_.get();
    trust::PassiveAuthentication::compareHashes(result, hashes);
    return result;
}

std::optional<biometric::EncodedImage> BackgroundVerification::face() {
    return face_.valid() ? face_.get() : std::nullopt;
}

} // namespace cancuoc::inspection
