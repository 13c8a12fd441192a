// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/known_deviations.hpp"

#include "host/inspection/check_name.hpp"

namespace cancuoc::inspection {

namespace {

using trust::CheckResult;

struct Subject {
    std::string_view type;
    std::string_view check;
};

constexpr std::string_view compromisedKey = "2.23.136.1.1.7.1.4";

// Doc 9303-12, 10.2; the first that a type begins with. The others are about no check.
constexpr Subject subjects[] = {
    {compromisedKey, check_name::activeAuthentication}, {"2.23.136.1.1.7.1", check_name::chain},
    {"2.23.136.1.1.7.2.2", check_name::hashes},         {"2.23.136.1.1.7.2.3", check_name::signature},
    {"2.23.136.1.1.7.2.4", check_name::comSod},         {"2.23.136.1.1.7.3", check_name::mrz},
};

std::optional<std::string_view> checkAbout(const std::string& type) {
    for (const Subject& subject : subjects) {
        if (type == subject.type || type.starts_with(std::string(subject.type) + ".")) {
            return subject.check;
        }
    }
    return std::nullopt;
}

void nameIn(Checklist& checklist, std::string_view name, const std::string& text, bool provesNothing) {
    auto check = checklist[name];
    if (check.reason.find(text) != std::string::npos) {
        return; // named already
    }
    if (provesNothing && check.result == CheckResult::Passed) {
        check.result = CheckResult::NotPerformed;
    }
    check.reason += (check.reason.empty() ? "" : "; ") + text;
    checklist.settle(std::move(check));
}

} // namespace

std::vector<trust::DeviationDescription> knownDeviations(const Document& document, BytesView documentSigner,
                                                         const trust::TrustStore* store) {
    if (store == nullptr || store->deviationLists().empty() || documentSigner.empty()) {
        return {};
    }
    const auto signer = trust::Certificate::decode(documentSigner);
    trust::DocumentInQuestion inQuestion{&signer, {}, {}, {}};
    if (document.dataGroup1) {
        inQuestion.documentCode = document.dataGroup1->machineReadableZone.documentCode;
        inQuestion.documentNumber = document.dataGroup1->machineReadableZone.documentNumber;
    }
    if (document.dataGroup13) {
        inQuestion.issueDate = lds::dateFromDataGroup13(document.dataGroup13->citizen.issueDate);
    }
    return store->deviationsOf(inQuestion);
}

std::vector<std::string> nameDeviations(const std::vector<trust::DeviationDescription>& deviations,
                                        Checklist& checklist) {
    std::vector<std::string> others;
    for (const auto& deviation : deviations) {
        const auto type = deviation.type.toText();
        if (const auto check = checkAbout(type)) {
            nameIn(checklist, *check, deviation.text(), type == compromisedKey);
        } else {
            others.push_back("The issuer's deviation list names " + deviation.text() + ".");
        }
    }
    return others;
}

} // namespace cancuoc::inspection
