// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/deviation_list_rules.hpp"

#include <algorithm>
#include <array>

#include "host/lds/asn1.hpp"
#include "host/trust/deviation_list.hpp"
#include "host/trust/signing_role.hpp"
#include "personalization/lint/certificate_parts.hpp"
#include "personalization/lint/signed_data_table.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

bool isNoDeviationList(const SignedDataParts& parts) {
    return parts.data->contentType() !=
           ObjectIdentifier::fromText(trust::deviationListSignerRole.contentType);
}

bool hasUnsignedAttributesInList(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) { return signer.hasUnsignedAttributes; });
}

bool isNotSignedForDeviations(const SignedDataParts& parts) {
    return parts.anySigner([](const auto& signer) {
        if (!signer.certificate || signer.certificate->certificationAuthority()) {
            return false; // that a CSCA has signed has a rule of its own
        }
        const auto purposes = readParts(*signer.certificate).purposes;
        return std::find(purposes.begin(), purposes.end(), purpose::deviationListSigner) == purposes.end();
    });
}

std::vector<trust::Deviation> deviationsOf(const SignedDataParts& parts) {
    return trust::readDeviations(parts.data->content());
}

bool hasMalformedDeviations(const SignedDataParts& parts) {
    try {
        (void)deviationsOf(parts);
        return false;
    } catch (const MalformedData&) {
        return true;
    }
}

bool hasDeviationsThatAreNotDer(const SignedDataParts& parts) {
    return !isDer(parts.data->content());
}

template <class Predicate>
bool anyDeviation(const SignedDataParts& parts, Predicate predicate) {
    const auto deviations = deviationsOf(parts);
    return std::any_of(deviations.begin(), deviations.end(), predicate);
}

// certificateDigest: "if used, digestAlgorithm must be present in DeviationList"
bool leavesDigestAlgorithmOut(const SignedDataParts& parts) {
    const bool isStated = readTlv(parts.data->content(), asn1::sequence, "DeviationList")
                              .children()
                              .find(asn1::sequence)
                              .has_value();
    return !isStated && anyDeviation(parts, [](const trust::Deviation& one) {
        return std::holds_alternative<trust::Deviation::CertificateDigest>(one.documentSigner);
    });
}

bool hasDocumentTypeOfAnotherSize(const SignedDataParts& parts) {
    return anyDeviation(parts, [](const trust::Deviation& one) {
        return !one.documentType.empty() && one.documentType.size() != 2;
    });
}

bool hasReversedPeriod(const SignedDataParts& parts) {
    return anyDeviation(parts, [](const trust::Deviation& one) {
        return one.issuingDate && one.issuingDate->lastIssued < one.issuingDate->firstIssued;
    });
}

constexpr std::array<std::string_view, 12> deviationTypes{
    "2.23.136.1.1.7.1.1", "2.23.136.1.1.7.1.2", "2.23.136.1.1.7.1.3", "2.23.136.1.1.7.1.4",
    "2.23.136.1.1.7.2.1", "2.23.136.1.1.7.2.2", "2.23.136.1.1.7.2.3", "2.23.136.1.1.7.2.4",
    "2.23.136.1.1.7.3.1", "2.23.136.1.1.7.3.2", "2.23.136.1.1.7.4",   "2.23.136.1.1.7.5"};

bool hasUnknownDeviationType(const SignedDataParts& parts) {
    return anyDeviation(parts, [](const trust::Deviation& one) {
        return std::any_of(one.descriptions.begin(), one.descriptions.end(), [](const auto& description) {
            return std::find(deviationTypes.begin(), deviationTypes.end(), description.type.toText()) ==
                   deviationTypes.end();
        });
    });
}

constexpr std::string_view syntax = "Doc 9303-12, 10.2";

constexpr SignedDataRow ofDeviationList[] = {
    {"content-type", "", Severity::Error, "what is signed is no deviation list by its type",
     isNoDeviationList},
    {"unsigned-attributes", "", Severity::Error, "there are unsignedAttrs", hasUnsignedAttributesInList},
    {"signer-purpose", "Doc 9303-12, 7.1.1.3", Severity::Error,
     "the signer's certificate is not for deviation lists", isNotSignedForDeviations},
    {"list", syntax, Severity::Error, "DeviationList is malformed", hasMalformedDeviations},
    {"list-encoding", "Doc 9303-12, 10", Severity::Error, "DeviationList is not in DER",
     hasDeviationsThatAreNotDer},
    {"digest-algorithm", syntax, Severity::Error,
     "a Document Signer is named by a digest, and digestAlgorithm is missing", leavesDigestAlgorithmOut},
    {"document-type", syntax, Severity::Error, "a document type does not have two characters",
     hasDocumentTypeOfAnotherSize},
    {"issuance-period", syntax, Severity::Error, "a period of issuance ends before it begins",
     hasReversedPeriod},
    {"deviation-type", syntax, Severity::Error, "a kind of deviation is none of the standard's",
     hasUnknownDeviationType},
};

const SignedDataTable& deviationListTable() {
    static const SignedDataTable table("deviation-list.", "Doc 9303-12, table 19",
                                       {commonSignedDataTable(), commonListTable(), ofDeviationList});
    return table;
}

} // namespace

const std::vector<Rule>& deviationListRules() {
    return deviationListTable().rules();
}

std::vector<const Rule*> checkDeviationList(const lds::SignedData& data, Profile profile) {
    return deviationListTable().check(data, profile);
}

} // namespace cancuoc::personalization::lint
