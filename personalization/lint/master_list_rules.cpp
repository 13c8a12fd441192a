// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/master_list_rules.hpp"

#include <algorithm>
#include <set>

#include "host/base/error.hpp"
#include "host/trust/certificate_extensions.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/signing_role.hpp"
#include "personalization/lint/certificate_parts.hpp"
#include "personalization/lint/signed_data_table.hpp"

namespace cancuoc::personalization::lint {

namespace {

bool isNoMasterList(const SignedDataParts& parts) {
    return parts.data->contentType() != ObjectIdentifier::fromText(trust::masterListSignerRole.contentType);
}

bool hasMalformedList(const SignedDataParts& parts) {
    try {
        (void)trust::MasterList::unverified(*parts.data);
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool hasListThatIsNotDer(const SignedDataParts& parts) {
    return !isDer(parts.data->content());
}

/// Those certificates on the list that can be read; of the others the linter says so one by one.
std::vector<trust::Certificate> certificatesOn(const SignedDataParts& parts) {
    std::vector<trust::Certificate> certificates;
    for (const auto& der : trust::MasterList::unverified(*parts.data).certificates) {
        try {
            certificates.push_back(trust::Certificate::decode(der));
        } catch (const MalformedData&) {
            continue;
        }
    }
    return certificates;
}

bool leavesOutOwnAuthority(const SignedDataParts& parts) {
    std::set<std::string> subjects;
    for (const auto& certificate : certificatesOn(parts)) {
        subjects.insert(certificate.subject());
    }
    return parts.anySigner([&](const auto& signer) {
        return signer.certificate && subjects.count(signer.certificate->issuer()) == 0;
    });
}

bool listsOtherCertificates(const SignedDataParts& parts) {
    const auto certificates = certificatesOn(parts);
    return !std::all_of(certificates.begin(), certificates.end(),
                        [](const auto& certificate) { return certificate.certificationAuthority(); });
}

bool isSignedByAnotherSigner(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) {
        if (!signer.certificate || signer.certificate->certificationAuthority()) {
            return false; // that a CSCA has signed has a rule of its own
        }
        const auto purposes = readParts(*signer.certificate).purposes;
        return std::find(purposes.begin(), purposes.end(), purpose::masterListSigner) == purposes.end();
    });
}

constexpr SignedDataRow ofMasterList[] = {
    {"content-type", "", Severity::Error, "what is signed is no CSCA master list by its type",
     isNoMasterList},
    {"list", "Doc 9303-12, 9.2", Severity::Error, "CscaMasterList is malformed", hasMalformedList},
    {"list-encoding", "Doc 9303-12, 9", Severity::Error, "CscaMasterList is not in DER", hasListThatIsNotDer,
     inBothEditions},
    {"signer-purpose", "Doc 9303-12, 7.1.1.3", Severity::Error,
     "the signer's certificate is not for master lists", isSignedByAnotherSigner},
    {"own-csca", "Doc 9303-12, 5.3", Severity::Error, "the CSCA of the signer is not on the list",
     leavesOutOwnAuthority},
    {"other-certificates", "Doc 9303-12, 5.3", Severity::Error,
     "a certificate on the list is not that of a CSCA", listsOtherCertificates},
};

const SignedDataTable& masterListTable() {
    static const SignedDataTable table("master-list.", "Doc 9303-12, table 18",
                                       {commonSignedDataTable(), commonListTable(), ofMasterList});
    return table;
}

} // namespace

const std::vector<Rule>& masterListRules() {
    return masterListTable().rules();
}

std::vector<const Rule*> checkMasterList(const lds::SignedData& data, Profile profile) {
    return masterListTable().check(data, profile);
}

} // namespace cancuoc::personalization::lint
