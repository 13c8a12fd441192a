// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/read_back.hpp"

#include "host/access/active_authentication.hpp"
#include "host/access/basic_access_control.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/trust/passive_authentication.hpp"

#include <algorithm>

namespace cancuoc::personalization {

namespace {

using lds::FileId;

const Bytes& emrtdApplication() {
    static const Bytes identifier = fromHex("A0000002471001"); // Doc 9303-10, 3.6.1
    return identifier;
}

cancuoc::ElementaryFile elementaryFile(FileId file) {
    return {lds::fileIdentifier(file), lds::shortFileId(file), lds::fileName(file)};
}

const Bytes& expectedFile(const ExpectedCard& expected, FileId file) {
    const auto found = expected.files.find(file);
    if (found == expected.files.end()) {
        throw ReadBackFailed("The card was ordered without " + lds::fileName(file) + ".");
    }
    return found->second;
}

PaceProtocol paceProtocol(const lds::CardAccess& cardAccess) {
    std::vector<PaceOffer> offers;
    for (const auto& info : cardAccess.securityInfos.all<lds::PaceInfo>()) {
        offers.push_back({info.protocol, info.parameterId});
    }
    const auto protocol = choosePaceProtocol(offers);
    if (!protocol) {
        throw ReadBackFailed("EF.CardAccess offers no PACE variant that this line knows.");
    }
    return *protocol;
}

AccessKey mrzOf(const CitizenRecord& record) {
    // Cards without expiry carry 991231 in the MRZ.
    constexpr Date noExpiry{std::chrono::year(2099), std::chrono::December, std::chrono::day(31)};
    return AccessKey::fromNumber(record.number, record.birthDate, record.expiryDate.value_or(noExpiry));
}

} // namespace

ReadBack::ReadBack(Connection& connection, RandomSource& random, const trust::TrustStore& trustStore,
                   std::chrono::sys_seconds time)
    : session_(connection), random_(random), trustStore_(trustStore), time_(time), reader_(session_) {}

void ReadBack::verify(const ExpectedCard& expected) {
    session_.reset();
    checkPlainReadsAreRefused(expected);
    checkBasicAccessControl(expected.record);
    session_.reset();
    openWithCan(expected);
    checkFiles(expected);
    checkFingersAreRefused();
    compareWithRecord(read_, expected.record, expected.pictures);
    checkPassiveAuthentication(expected);
    checkActiveAuthentication(expected);
    checkChipAuthentication(expected);
}

// Doc 9303-11, 4.1: without access control nothing of the application can be read.
void ReadBack::checkPlainReadsAreRefused(const ExpectedCard& expected) {
    selectApplication();
    for (const auto& entry : expected.files) {
        const FileId file = entry.first;
        if (file != FileId::CardAccess &&
            readFirstBytes(file).sw != status_word::securityStatusNotSatisfied) {
            throw ReadBackFailed("The chip does not refuse " + lds::fileName(file) +
                                 " without access control.");
        }
    }
}

void ReadBack::checkBasicAccessControl(const CitizenRecord& record) {
    BasicAccessControl(session_, random_).perform(mrzOf(record));
}

void ReadBack::openWithCan(const ExpectedCard& expected) {
    session_.transmitExpectingSuccess(selectMasterFile(), "Selecting the master file");
    const Bytes cardAccess = reader_.read(elementaryFile(FileId::CardAccess));
    if (cardAccess != expectedFile(expected, FileId::CardAccess)) {
        throw ReadBackFailed("EF.CardAccess on the chip is not the one that was loaded.");
    }
    read_[FileId::CardAccess] = cardAccess;
    const PaceProtocol protocol = paceProtocol(lds::CardAccess::decode(cardAccess));
    static_cast<void>(
        Pace(session_, random_).perform(protocol, AccessKey::fromNumber(expected.record.number)));
    selectApplication();
}

// DG3 cannot be read back without Terminal Authentication: that it was loaded as it stands in the files,
// requireLoaded() has seen, and the source record and the signed hash are held against those.
void ReadBack::checkFiles(const ExpectedCard& expected) {
    for (const auto& [file, content] : expected.files) {
        if (file == FileId::DataGroup3) {
            read_[file] = content;
        } else if (file != FileId::CardAccess) {
            read_[file] = reader_.read(elementaryFile(file));
        }
        if (read_[file] != content) {
            throw ReadBackFailed(lds::fileName(file) + " on the chip is not the one that was loaded.");
        }
    }
}

void ReadBack::checkFingersAreRefused() {
    if (readFirstBytes(FileId::DataGroup3).sw != status_word::securityStatusNotSatisfied) {
        throw ReadBackFailed("The chip does not refuse DG3 without Terminal Authentication.");
    }
}

void ReadBack::checkPassiveAuthentication(const ExpectedCard& expected) {
    const trust::PassiveAuthentication authentication(&trustStore_, time_);
    const auto result = authentication.verify(expectedFile(expected, FileId::Sod), read_);
    for (const trust::Check& check : {result.hashes, result.signature, result.chain}) {
        if (check.result != trust::CheckResult::Passed) {
            throw ReadBackFailed("The check " + check.name + " " + std::string(trust::nameOf(check.result)) +
                                 (check.reason.empty() ? "." : ": " + check.reason));
        }
    }
    if (!result.notListed.empty() || !result.notRead.empty()) {
        throw ReadBackFailed("EF.SOD does not list exactly the data groups that the chip holds.");
    }
}

// Doc 9303-11, 6.1
void ReadBack::checkActiveAuthentication(const ExpectedCard& expected) {
    const auto group = lds::DataGroup15::decode(expectedFile(expected, FileId::DataGroup15));
    const EvpKey publicKey = decodeSubjectPublicKeyInfo(group.subjectPublicKeyInfo);
    constexpr HashAlgorithm hashes[] = {HashAlgorithm::Sha256};
    const auto evidence = ActiveAuthentication(session_, random_).perform(*publicKey);
    if (!verifyActiveAuthentication(evidence, *publicKey, hashes)) {
        throw ReadBackFailed("Active Authentication: the chip did not sign with the key that was loaded.");
    }
}

// Doc 9303-11, 6.2
void ReadBack::checkChipAuthentication(const ExpectedCard& expected) {
    const auto infos = lds::DataGroup14::decode(expectedFile(expected, FileId::DataGroup14)).securityInfos;
    const auto keys = infos.all<lds::ChipAuthenticationPublicKeyInfo>();
    const auto protocols = infos.all<lds::ChipAuthenticationInfo>();
    const auto protocol =
        protocols.empty() ? std::nullopt : ChipAuthenticationProtocol::from(protocols.front().protocol);
    const auto key = keys.empty() ? std::nullopt : decodeChipPublicKey(keys.front().subjectPublicKeyInfo);
    if (!protocol || !key || !protocol->fits(*key)) {
        throw ReadBackFailed("DG14 names no Chip Authentication that this line knows.");
    }
    const auto result = ChipAuthentication(session_, random_).perform(*protocol, *key);
    if (!result.proven) {
        throw ReadBackFailed("Chip Authentication with the key that was loaded: " + result.reason);
    }
}

void ReadBack::selectApplication() {
    session_.transmitExpectingSuccess(cancuoc::selectApplication(emrtdApplication()),
                                      "Selecting the eMRTD application");
}

ResponseApdu ReadBack::readFirstBytes(FileId file) {
    constexpr std::uint8_t shortIdentifier = 0x80;
    constexpr std::size_t headerBytes = 4;
    return session_.transmit({.ins = 0xB0,
                              .p1 = static_cast<std::uint8_t>(shortIdentifier | lds::shortFileId(file)),
                              .le = headerBytes});
}

} // namespace cancuoc::personalization
