// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/file.hpp"
#include "host/trust/certificate.hpp"
#include "personalization/pki/pem_file.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

namespace cancuoc::test {

inline constexpr std::size_t maximumSize = 65536;

inline Clock at(std::chrono::sys_seconds moment) {
    return [moment] { return moment; };
}

inline trust::Certificate certificateIn(const std::filesystem::path& file) {
    return trust::Certificate::decode(readFile(file, maximumSize));
}

inline bool isListed(const std::filesystem::path& crlFile, const std::filesystem::path& certificate) {
    X509_REVOKED* entry = nullptr;
    return X509_CRL_get0_by_cert(personalization::readCrl(crlFile).get(), &entry,
                                 personalization::readCertificate(certificate).get()) == 1;
}

} // namespace cancuoc::test
