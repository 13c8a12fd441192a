// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/document_issuer.hpp"

#include "card/storage/object_store.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/card_security.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/lds/vietnamese_data_group_13.hpp"
#include "tests/unit/test_data.hpp"

#include <stdexcept>

namespace cancuoc::test {

namespace {

using lds::FileId;

CertificateOptions validAround(std::chrono::sys_seconds time, CertificateOptions options) {
    options.notBefore = time - aYear;
    options.notAfter = time + aYear;
    return options;
}

void put(ChipDocument& document, FileId file, Bytes content) {
    document.files[lds::fileIdentifier(file)] = std::move(content);
}

} // namespace

DocumentIssuer::DocumentIssuer(std::chrono::sys_seconds time)
    : time_(time), csca_(makeSelfSigned(makeEcKey("brainpoolP256r1"), validAround(time, {}))),
      signer_(test::issue(csca_, makeEcKey("brainpoolP256r1"), validAround(time, documentSignerOptions()))) {
    trustStore_.addCertificate(csca_.der());
}

ChipDocument DocumentIssuer::issue(DocumentProfile profile) const {
    auto document = makeDocument(profile);
    finish(document);
    return document;
}

void DocumentIssuer::finish(ChipDocument& document) const {
    put(document, FileId::DataGroup2,
        lds::DataGroup2::of(biometric::FacialRecord::fullFrontal(readTestData("images/portrait.jpg")))
            .encode());
    if (document.files.count(lds::fileIdentifier(FileId::DataGroup13)) != 0) {
        lds::VietnameseDataGroup13 dataGroup13;
        dataGroup13.citizen.number = "001299000001";
        dataGroup13.citizen.fullName = "Nguyễn Văn Mẫu";
        put(document, FileId::DataGroup13, dataGroup13.encode());
    }
    if (document.files.count(cardSecurityIdentifier) != 0) {
        const auto infos =
            lds::DataGroup14::decode(document.files.at(lds::fileIdentifier(FileId::DataGroup14)))
                .securityInfos;
        document.files[cardSecurityIdentifier] =
            lds::SecurityObjectFile::decode(sign(infos.encode(), lds::CardSecurity::contentType))
                .signedData()
                .contentInfo();
    }
    lds::DocumentSecurityObject object;
    for (int number = 1; number <= 16; ++number) {
        const auto file = document.files.find(lds::fileIdentifier(lds::dataGroupFile(number)));
        if (file != document.files.end()) {
            object.dataGroupHashes[number] = digest(object.hashAlgorithm, file->second);
        }
    }
    put(document, FileId::Sod, sign(object.encode(), lds::DocumentSecurityObject::contentType));
}

void forgeFile(card::Flash& memory, FileId file, const Bytes& content) {
    card::ObjectStore store(memory);
    bool stored = store.open();
    card::Transaction transaction(store);
    stored = stored && transaction.beginFile(lds::fileIdentifier(file), content.size()) &&
             transaction.appendToFile(content) && transaction.commit();
    if (!stored) {
        throw std::runtime_error("a file in the chip's memory cannot be replaced");
    }
}

Bytes DocumentIssuer::sign(const Bytes& content, std::string_view contentType) const {
    return makeSod(content, {&signer_}, {.contentType = std::string(contentType), .signingTime = time_});
}

} // namespace cancuoc::test
