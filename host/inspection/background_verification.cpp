// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/background_verification.hpp"

#include <utility>

#include "host/crypto/digest.hpp"

namespace cancuoc::inspection {

BackgroundVerification::BackgroundVerification(const trust::TrustStore* store, std::chrono::sys_seconds time,
                                               Worker& worker)
    : worker_(worker), authentication_(std::make_shared<trust::PassiveAuthentication>(store, time)) {}

void BackgroundVerification::verifySecurityObject(Bytes securityObjectFile) {
    securityObject_ = worker_
                          .run([authentication = authentication_, file = std::move(securityObjectFile)] {
                              return authentication->verifySecurityObject(file);
                          })
                          .share();
}

void BackgroundVerification::hash(int number, HashAlgorithm algorithm, Bytes content) {
    hashes_[number] =
        worker_.run([algorithm, bytes = std::move(content)] { return digest(algorithm, bytes); }).share();
}

void BackgroundVerification::findFace(Bytes dataGroup2, bool decodePixels) {
    face_ = worker_.run([file = std::move(dataGroup2)] { return faceIn(file); }).share();
    if (decodePixels) {
        // The face itself is not kept waiting for its pixels.
        shownFace_ =
            worker_.run([face = face_] { return face.get() ? ShownImage::of(*face.get()) : ShownImage(); });
    }
}

void BackgroundVerification::findImages(lds::FileId file, Bytes content, bool decodePixels) {
    images_[file] = worker_.run([file, content = std::move(content), decodePixels] {
        auto images = imagesIn(file, content);
        for (auto& image : images) {
            image.shown = decodePixels ? ShownImage::of(image.encoded) : ShownImage();
        }
        return images;
    });
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

ShownImage BackgroundVerification::shownFace() {
    return shownFace_.valid() ? shownFace_.get() : ShownImage();
}

std::vector<DocumentImage> BackgroundVerification::images(lds::FileId file) {
    const auto found = images_.find(file);
    return found != images_.end() ? found->second.get() : std::vector<DocumentImage>();
}

} // namespace cancuoc::inspection
