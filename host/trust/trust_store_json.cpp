// SPDX-License-Identifier: Apache-2.0
#include "host/trust/trust_store_json.hpp"

#include <optional>

#include "host/base/moment.hpp"

namespace cancuoc::trust {

namespace {

using Json = nlohmann::ordered_json;

Json defectsJson(const Certificate& certificate, std::chrono::sys_seconds now) {
    auto defects = Json::array();
    for (const auto& defect : certificate.defects(now)) {
        defects.push_back(defect.text());
    }
    return defects;
}

Json certificatesJson(const TrustStore& store, std::chrono::sys_seconds now) {
    auto certificates = Json::array();
    for (const auto& certificate : store.certificates()) {
        certificates.push_back({{"subject", certificate.subject()},
                                {"issuer", certificate.issuer()},
                                {"country", certificate.country()},
                                {"notBefore", toIso(certificate.notBefore())},
                                {"notAfter", toIso(certificate.notAfter())},
                                {"sha256", toLowerCaseHex(certificate.sha256())},
                                {"anchor", certificate.certificationAuthority()},
                                {"defects", defectsJson(certificate, now)}});
    }
    return certificates;
}

Json isoTimeOrNull(std::optional<std::chrono::sys_seconds> time) {
    return time ? Json(toIso(*time)) : Json();
}

Json crlsJson(const TrustStore& store) {
    auto crls = Json::array();
    for (const auto& crl : store.crls()) {
        crls.push_back({{"issuer", crl.issuer()},
                        {"country", crl.country()},
                        {"thisUpdate", toIso(crl.thisUpdate())},
                        {"nextUpdate", isoTimeOrNull(crl.nextUpdate())},
                        {"revoked", crl.entries()},
                        {"sha256", toLowerCaseHex(crl.sha256())}});
    }
    return crls;
}

Json masterListsJson(const TrustStore& store) {
    auto lists = Json::array();
    for (const auto& [country, list] : store.masterLists()) {
        lists.push_back({{"signer", list.signer},
                         {"country", country},
                         {"signed", isoTimeOrNull(list.signingTime)},
                         {"certificates", list.certificates}});
    }
    return lists;
}

Json deviationListsJson(const TrustStore& store) {
    auto lists = Json::array();
    for (const auto& list : store.deviationLists()) {
        lists.push_back({{"signer", list.signer().subject()},
                         {"country", list.signer().country()},
                         {"signed", isoTimeOrNull(list.signingTime())},
                         {"deviations", list.deviations().size()},
                         {"sha256", toLowerCaseHex(list.sha256())}});
    }
    return lists;
}

} // namespace

Json toJson(const TrustStore& store, std::chrono::sys_seconds now) {
    return {{"snapshotDate", isoTimeOrNull(store.snapshotTime())},
            {"certificates", certificatesJson(store, now)},
            {"crls", crlsJson(store)},
            {"masterLists", masterListsJson(store)},
            {"deviationLists", deviationListsJson(store)}};
}

} // namespace cancuoc::trust
