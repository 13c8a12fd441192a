// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <future>
#include <map>
#include <optional>

#include "host/biometric/biometric_images.hpp"
#include "host/inspection/worker.hpp"
#include "host/trust/passive_authentication.hpp"

namespace cancuoc::inspection {

/// Passive Authentication and the decoding of the face beside the reading: signature and chain while the data
/// groups come, each hash while the next one comes. What was asked for last is waited for at the end.
class BackgroundVerification {
public:
    /// `store` outlives the object; null if there is none.
    BackgroundVerification(const trust::TrustStore* store, std::chrono::sys_seconds time);

    /// Begins with the signature over EF.SOD and the chain of its signer.
    void verifySecurityObject(Bytes securityObjectFile);
    /// Begins to hash a data group.
    void hash(int number, HashAlgorithm algorithm, Bytes content);
    /// Begins to look for the face in DG2.
    void findFace(Bytes dataGroup2);

    /// Passive Authentication over the data groups hashed so far; nothing without EF.SOD. Waits.
    [[nodiscard]] std::optional<trust::PassiveAuthenticationResult> passiveAuthentication();
    /// The first picture of DG2 that can be shown; nothing if there is none, or DG2 was not read. Waits.
    /// @throws MalformedData if DG2 cannot be decoded
    [[nodiscard]] std::optional<biometric::EncodedImage> face();

private:
    trust::PassiveAuthentication authentication_;
    std::shared_future<trust::PassiveAuthenticationResult> securityObject_;
    std::map<int, std::shared_future<Bytes>> hashes_;
    std::future<std::optional<biometric::EncodedImage>> face_;
    Worker worker_; // last, so that it ends before what its tasks use
};

} // namespace cancuoc::inspection
