// SPDX-License-Identifier: Apache-2.0
#include "personalization/line/signer_watch.hpp"

#include "host/crypto/digest.hpp"
#include "host/lds/security_object_file.hpp"

namespace cancuoc::personalization {

Bytes SignerWatch::sign(const lds::DocumentSecurityObject& securityObject) const {
    Bytes file = signer_.sign(securityObject);
    const auto certificates = lds::SecurityObjectFile::decode(file).signedData().certificates();
    const std::string certificate = toLowerCaseHex(digest(HashAlgorithm::Sha256, certificates.at(0)));
    const std::lock_guard guard(mutex_);
    if (met_.count(certificate) == 0) {
        recorder_.record(
            {met_.empty() ? "signer-in-use" : "signer-rotated", "", "", "", {{"certificate", certificate}}});
        met_.insert(certificate);
    }
    return file;
}

} // namespace cancuoc::personalization
