// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "host/inspection/document_image.hpp"
#include "host/inspection/worker.hpp"
#include "host/trust/passive_authentication.hpp"

namespace cancuoc::inspection {

/// Passive Authentication and the decoding of images beside the reading: signature and chain while the data
/// groups come, each hash and each image while the next file comes. What was asked for last is waited for at
/// the end.
class BackgroundVerification {
public:
    /// @param store outlives `worker`; null if there is none
    /// @param worker does the work; outlives the object
    BackgroundVerification(const trust::TrustStore* store, std::chrono::sys_seconds time, Worker& worker);

    /// Begins with the signature over EF.SOD and the chain of its signer.
    void verifySecurityObject(Bytes securityObjectFile);
    /// Begins to hash a data group.
    void hash(int number, HashAlgorithm algorithm, Bytes content);
    /// Begins to look for the face in DG2, and to decode its pixels if `decodePixels`.
    void findFace(Bytes dataGroup2, bool decodePixels);
    /// Begins to decode the images of DG3, DG4, DG5 or DG7, and their pixels if `decodePixels`.
    void findImages(lds::FileId file, Bytes content, bool decodePixels);

    /// Passive Authentication over the data groups hashed so far; nothing without EF.SOD. Waits.
    [[nodiscard]] std::optional<trust::PassiveAuthenticationResult> passiveAuthentication();
    /// The first picture of DG2 that can be shown; nothing if there is none, or DG2 was not read. Waits.
    /// @throws MalformedData if DG2 cannot be decoded
    [[nodiscard]] std::optional<biometric::EncodedImage> face();
    /// What can be shown of the face; nothing where nobody asked. Waits.
    [[nodiscard]] ShownImage shownFace();
    /// The images of a file that findImages() was called for. Waits; may be called once.
    /// @throws MalformedData if the file cannot be decoded
    [[nodiscard]] std::vector<DocumentImage> images(lds::FileId file);

private:
    Worker& worker_;
    std::shared_ptr<const trust::PassiveAuthentication> authentication_; ///< shared with the worker's tasks
    std::shared_future<trust::PassiveAuthenticationResult> securityObject_;
    std::map<int, std::shared_future<Bytes>> hashes_;
    std::shared_future<std::optional<biometric::EncodedImage>> face_;
    std::future<ShownImage> shownFace_;
    std::map<lds::FileId, std::future<std::vector<DocumentImage>>> images_;
};

} // namespace cancuoc::inspection
