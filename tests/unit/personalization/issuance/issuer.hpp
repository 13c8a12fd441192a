// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/intake.hpp"
#include "personalization/issuance/card_builder.hpp"
#include "personalization/sample/sample.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

namespace cancuoc::test {

/// The citizen of the examples in this project's documents.
inline personalization::CitizenRecord exampleRecord() {
    using namespace std::chrono_literals;
    personalization::CitizenRecord record;
    record.requestId = "R-1";
    record.number = "001299000001";
    record.fullName = "Nguyễn Văn Mẫu";
    record.birthDate = 2099y / 1 / 1;
    record.sex = personalization::Sex::Male;
    record.nationality = "Việt Nam";
    record.ethnicity = "Kinh";
    record.religion = "Không";
    record.placeOfOrigin = "Phường Mẫu, Hà Nội";
    record.placeOfBirthRegistration = "Phường Mẫu, Hà Nội";
    record.residence = "Số 1 Phố Mẫu, Phường Mẫu, Hà Nội";
    record.distinguishingFeatures = "Nốt ruồi C:1cm dưới trước đuôi mắt trái";
    record.issueDate = 2113y / 1 / 2;
    record.expiryDate = 2124y / 1 / 1;
    record.oldNumber = "990000001";
    record.fatherName = "Nguyễn Văn Cha";
    record.motherName = "Trần Thị Mẹ";
    record.spouseName = "Lê Thị Vợ";
    return record;
}

/// A PKI, the pictures of a drawn citizen, and what it takes to build cards with them.
class Issuer {
public:
    explicit Issuer(const personalization::PkiOptions& options = {}) {
        SystemRandom random;
        personalization::createPki(
            pki_.path(), options, [] { return noon(2026, 11, 22); }, random);
        signer_ = std::make_unique<personalization::DocumentSigner>(
            personalization::DocumentSigner::load(pki_.path(), [] { return today(); }));
        personalization::writeSample(sample_.path(), 1, 9);
        personalization::Intake intake(sample_.path() / "records.csv", personalization::IntakePolicy{});
        drawn_ = intake.next().value().submission.value();
    }

    /// The day on which cards are issued.
    [[nodiscard]] static std::chrono::sys_seconds today() { return noon(2026, 12, 1); }

    [[nodiscard]] personalization::PkiFiles pkiFiles() const {
        return personalization::PkiFiles(pki_.path());
    }
    [[nodiscard]] const personalization::Pictures& pictures() const { return drawn_.pictures; }
    [[nodiscard]] const personalization::CitizenRecord& drawnRecord() const { return drawn_.record; }
    [[nodiscard]] const personalization::DocumentSigner& signer() const { return *signer_; }

    [[nodiscard]] personalization::CardImage build(const personalization::CitizenRecord& record,
                                                   BytesView chipSerial = {}) {
        return personalization::buildCard(record, pictures(), personalization::ChipKeys::generate(random_),
                                          *signer_, chipSerial);
    }

private:
    TemporaryDirectory pki_;
    TemporaryDirectory sample_;
    std::unique_ptr<personalization::DocumentSigner> signer_;
    personalization::Submission drawn_;
    SystemRandom random_;
};

} // namespace cancuoc::test
