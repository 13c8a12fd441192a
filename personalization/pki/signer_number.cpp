// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/signer_number.hpp"

#include "host/base/ascii.hpp"
#include "host/base/error.hpp"
#include "host/trust/x509.hpp"

namespace cancuoc::personalization {

int signerNumberOf(const X509& signer, const std::filesystem::path& file) {
    const X509_NAME* const name = X509_get_subject_name(&signer);
    const int index = X509_NAME_get_index_by_NID(name, NID_serialNumber, -1);
    const std::string text =
        index < 0 ? "" : toText(trust::bytesOf(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))));
    constexpr std::size_t mostDigits = 9;
    if (text.empty() || text.size() > mostDigits || !isDigits(text)) {
        throw BadConfiguration("\"" + file.string() +
                               "\" is not numbered, so that the next signer cannot be.");
    }
    return std::stoi(text);
}

int signerNumberIn(const X509& signer, const SignerName& name, const std::filesystem::path& file) {
    return name.kind == SignerKind::SealSigner
               ? static_cast<int>(ASN1_INTEGER_get(X509_get0_serialNumber(&signer)))
               : signerNumberOf(signer, file);
}

} // namespace cancuoc::personalization
