// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/certificate_rules.hpp"

#include <algorithm>
#include <stdexcept>

#include "host/base/ascii.hpp"

namespace cancuoc::personalization::lint {

namespace {

using trust::CertificateDefect;

bool isCapital(char character) {
    return character >= 'A' && character <= 'Z';
}

bool isSmall(char character) {
    return character >= 'a' && character <= 'z';
}

// CRLDistributionPoints has three words, CRL one.
bool beginsWord(std::string_view words, std::size_t at) {
    if (at == 0 || !isCapital(words[at])) {
        return false;
    }
    return isSmall(words[at - 1]) ||
           (isCapital(words[at - 1]) && at + 1 < words.size() && isSmall(words[at + 1]));
}

// key-usage.is-not-critical: the words in small letters, with hyphens between them.
std::string hyphenated(std::string_view words) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool isLetter = isCapital(words[at]) || isSmall(words[at]) || isDigit(words[at]);
        if ((!isLetter || beginsWord(words, at)) && !text.empty() && text.back() != '-') {
            text += '-';
        }
        if (isLetter) {
            text += isCapital(words[at]) ? static_cast<char>(words[at] - 'A' + 'a') : words[at];
        }
    }
    return text;
}

std::string idOf(const CertificateDefect& defect) {
    return "certificate." + hyphenated(defect.component) + "." + hyphenated(defect.problem);
}

std::string clauseOf(const CertificateDefect& defect) {
    constexpr std::pair<std::string_view, std::string_view> clauses[] = {{"version", "table 5"},
                                                                         {"serialNumber", "table 5"},
                                                                         {"signature", "table 5"},
                                                                         {"issuer", "table 5"},
                                                                         {"subject", "table 5"},
                                                                         {"validity", "table 5"},
                                                                         {"uniqueID", "table 5"},
                                                                         {"subjectPublicKeyInfo", "4.1.6"},
                                                                         {"signatureAlgorithm", "4.1.6.4"},
                                                                         {"extensions", "table 6"}};
    const auto* const found = std::find_if(std::begin(clauses), std::end(clauses), [&](const auto& entry) {
        return entry.first == defect.component;
    });
    return "Doc 9303-12, " + std::string(found != std::end(clauses) ? found->second : "table 6");
}

const std::vector<CertificateDefect>& knownDefects() {
    static const auto defects = trust::everyCertificateDefect();
    return defects;
}

} // namespace

const std::vector<Rule>& certificateRules() {
    static const std::vector<Rule> rules = [] {
        std::vector<Rule> made;
        for (const auto& defect : knownDefects()) {
            made.push_back({idOf(defect), clauseOf(defect), Severity::Error, defect.text()});
        }
        return made;
    }();
    return rules;
}

std::vector<const Rule*> checkCertificate(const trust::Certificate& certificate) {
    const auto& known = knownDefects();
    std::vector<const Rule*> broken;
    for (const auto& defect : trust::findDefects(*certificate.x509(), certificate.kind())) {
        const auto found = std::find(known.begin(), known.end(), defect);
        if (found == known.end()) {
            throw std::logic_error("no rule says: " + defect.text());
        }
        broken.push_back(&certificateRules()[static_cast<std::size_t>(found - known.begin())]);
    }
    return broken;
}

} // namespace cancuoc::personalization::lint
