// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/linter.hpp"

#include <algorithm>
#include <array>

#include "host/base/error.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/signing_role.hpp"
#include "personalization/lint/certificate_rules.hpp"
#include "personalization/lint/cv_certificate_rules.hpp"
#include "personalization/lint/revocation_list_rules.hpp"
#include "personalization/lint/signed_data_rules.hpp"

namespace cancuoc::personalization::lint {

namespace {

constexpr std::uint8_t securityObjectFileTag = 0x77;
constexpr std::array<std::uint8_t, 2> cvCertificateTag{0x7F, 0x21};

const Rule& malformed() {
    static const Rule rule{"file.malformed", "Doc 9303-10, 4.6.2; Doc 9303-12, 7 and 9", Severity::Error,
                           "it cannot be read as a certificate, CRL, CV certificate, EF.SOD or master list"};
    return rule;
}

void add(Report& report, const std::string& where, const std::vector<const Rule*>& broken,
         const std::string& country = "") {
    for (const Rule* rule : broken) {
        report.findings.push_back({where, country, rule});
    }
}

void addCertificate(Report& report, const std::string& where, const trust::Certificate& certificate) {
    add(report, where, checkCertificate(certificate), certificate.country());
}

bool isReadable(const lds::SignedData& data) {
    try {
        (void)trust::MasterList::unverified(data);
        return true;
    } catch (const MalformedData&) {
        return false; // the rules of the list say so
    }
}

Report lintMasterList(const lds::SignedData& data) {
    Report report{"master list", 0, {}};
    add(report, "", checkMasterList(data));
    if (!isReadable(data)) {
        return report;
    }
    for (const auto& der : trust::MasterList::unverified(data).certificates) {
        std::string where = "certificate " + std::to_string(++report.certificates);
        try {
            const auto certificate = trust::Certificate::decode(der);
            addCertificate(report, where + " (" + certificate.subject() + ")", certificate);
        } catch (const MalformedData&) {
            add(report, where, {&malformed()});
        }
    }
    return report;
}

Report lintSecurityObject(BytesView file) {
    const auto securityObject = lds::SecurityObjectFile::decode(file);
    Report report{"EF.SOD", 0, {}};
    add(report, "", checkSecurityObject(securityObject.signedData()));
    for (const auto& der : securityObject.signedData().certificates()) {
        const auto certificate = trust::Certificate::decode(der);
        ++report.certificates;
        addCertificate(report, "certificate (" + certificate.subject() + ")", certificate);
    }
    return report;
}

Report lintCertificate(BytesView file) {
    Report report{"certificate", 1, {}};
    addCertificate(report, "", trust::Certificate::decode(file));
    return report;
}

Report lintRevocationList(BytesView file) {
    Report report{"CRL", 0, {}};
    add(report, "", checkRevocationList(trust::CertificateRevocationList::decode(file)));
    return report;
}

Report lintCvCertificate(BytesView file) {
    Report report{"CV certificate", 1, {}};
    const auto certificate = trust::CvCertificate::decode(file);
    add(report, "", checkCvCertificate(certificate), certificate.body().holderReference.substr(0, 2));
    return report;
}

bool isRevocationList(BytesView file) {
    try {
        (void)trust::CertificateRevocationList::decode(file);
        return true;
    } catch (const MalformedData&) {
        return false;
    }
}

Report lintByKind(BytesView file) {
    if (!file.empty() && file.front() == securityObjectFileTag) {
        return lintSecurityObject(file);
    }
    if (file.size() > 1 && file[0] == cvCertificateTag[0] && file[1] == cvCertificateTag[1]) {
        return lintCvCertificate(file);
    }
    if (trust::isSignedData(file)) {
        return lintMasterList(lds::SignedData::decode(file));
    }
    return isRevocationList(file) ? lintRevocationList(file) : lintCertificate(file);
}

} // namespace

bool Report::isConformant() const {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.rule->severity == Severity::Error; });
}

std::vector<const Rule*> everyRule() {
    std::vector<const Rule*> all{&malformed()};
    for (const auto* rules : {&certificateRules(), &revocationListRules(), &securityObjectRules(),
                              &masterListRules(), &cvCertificateRules()}) {
        std::transform(rules->begin(), rules->end(), std::back_inserter(all),
                       [](const Rule& rule) { return &rule; });
    }
    return all;
}

Report examine(BytesView file) {
    try {
        return lintByKind(file);
    } catch (const Error&) {
        return {"unknown", 0, {{"", "", &malformed()}}};
    }
}

} // namespace cancuoc::personalization::lint
