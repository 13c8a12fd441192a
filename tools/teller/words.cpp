// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/words.hpp"

#include <algorithm>

#include "host/inspection/check_name.hpp"
#include "host/inspection/consistency.hpp"
#include "tools/desktop/label.hpp"

namespace cancuoc::teller {

namespace check_name = inspection::check_name;

namespace {

// Nothing is against the card but that it is not the one of the number that was typed.
bool isForAnotherNumber(const CounterState& state) {
    if (!state.outcome || !state.outcome->comparisons.empty()) {
        return false;
    }
    const auto& checks = state.outcome->checks;
    return std::all_of(checks.begin(), checks.end(), [](const trust::Check& check) {
        return check.result != trust::CheckResult::Failed ||
               (check.name == check_name::number && check.reason == inspection::anotherNumber);
    });
}

// A card lies on the reader, askew or with a chip that is broken, while one is waited for.
bool isMute(const CounterState& state) {
    return state.reader == ReaderStatus::CardMute;
}

} // namespace

QString Words::headline(const CounterState& state) {
    switch (state.phase) {
    case Phase::Waiting:
        break;
    case Phase::CardWanted:
        return isMute(state) ? tr("The card does not answer") : tr("Put the card on the reader");
    case Phase::Reading:
        return tr("Reading the card…");
    case Phase::CardLifted:
        return isMute(state) ? tr("The card does not answer") : tr("The card was lifted");
    case Phase::Genuine:
        if (state.outcome && state.outcome->qrDiffers()) {
            return tr("The chip is genuine, but the QR code does not match it");
        }
        return state.needsCare() ? tr("The card is genuine, but it has expired") : tr("The card is genuine");
    case Phase::NotGenuine:
        return isForAnotherNumber(state) ? tr("The card has another number") : tr("The card is NOT genuine");
    case Phase::NotChecked:
        return state.outcome && state.outcome->qrDiffers() ? tr("The QR code does not match the chip")
                                                           : tr("The card could not be checked");
    case Phase::WrongKey:
        return wrongKey(state.key);
    }
    if (state.inputProblem) {
        return tr("This opens no card");
    }
    return state.reader == ReaderStatus::Missing ? tr("No card reader is connected")
                                                 : tr("Ready for the next card");
}

QString Words::advice(const CounterState& state) {
    switch (state.phase) {
    case Phase::Waiting:
        break;
    case Phase::CardWanted:
        return isMute(state) ? layItFlat() : keyIsThere(state.key);
    case Phase::Reading:
        return state.person ? tr("These data are not proven yet. Leave the card on the reader.")
                            : tr("Leave the card on the reader.");
    case Phase::CardLifted:
        return isMute(state) ? layItFlat()
                             : tr("Put it back on the reader: reading goes on where it stopped.");
    case Phase::Genuine:
        return state.outcome ? genuineAdvice(*state.outcome) : QString();
    case Phase::NotGenuine:
        if (isForAnotherNumber(state)) {
            return tr(
                "Compare the number that was typed with the one printed on the card, and try again. If they "
                "are the same, do not accept this card.");
        }
        return tr("Do not accept this card.") + ' ' +
               (state.outcome ? whyNotGenuine(*state.outcome) : QString());
    case Phase::NotChecked:
        return notCheckedAdvice(state);
    case Phase::WrongKey:
        return afterWrongKey(state.key);
    }
    if (state.inputProblem) {
        return inputProblem(*state.inputProblem);
    }
    return state.reader == ReaderStatus::Missing
               ? tr("Connect the reader to this computer.")
               : tr("Put the card on the reader, then type the last six digits of its number, or scan the QR "
                    "code or the three lines of the MRZ.");
}

QString Words::notCheckedAdvice(const CounterState& state) {
    if (state.outcome && state.outcome->qrDiffers()) {
        return tr("Do not accept this card: what is printed on it may have been changed.");
    }
    const QString why = state.outcome  ? whyNotProven(*state.outcome)
                        : state.failed ? failure(state.failed->failure)
                                       : QString();
    const bool expired = state.outcome && state.outcome->person.expired;
    return tr("This says nothing against the card or its holder.") + ' ' + why +
           (expired ? ' ' + tr("It has expired, too.") : QString());
}

QString Words::genuineAdvice(const Outcome& outcome) {
    QString advice;
    if (outcome.qrDiffers()) {
        advice = tr("Do not accept this card: what is printed on it may have been changed.");
    }
    if (outcome.person.expired) {
        advice += (advice.isEmpty() ? QString() : QString(' ')) + tr("Ask for a card that is still valid.");
    }
    return advice.isEmpty() ? tr("Compare the picture with the person in front of you.") : advice;
}

QString Words::whyNotGenuine(const Outcome& outcome) {
    for (const auto& check : outcome.checks) {
        if (check.result == trust::CheckResult::Failed) {
            return failedCheck(check.name);
        }
    }
    return {};
}

QString Words::whyNotProven(const Outcome& outcome) {
    if (isReason(outcome.judgement, std::string(check_name::chain))) {
        return tr(
            "The certificate of the authority that issued it is missing here. Tell your administrator.");
    }
    if (isReason(outcome.judgement, std::string(check_name::revocation))) {
        return tr(
            "The list of withdrawn certificates is missing here, or is too old. Tell your administrator.");
    }
    if (isReason(outcome.judgement, std::string(check_name::accessControl))) {
        return tr("It opens only in the old way, which is not accepted here.");
    }
    return tr("Something that must be proven could not be read. Try again.");
}

QString Words::wrongKey(KeyKind key) {
    switch (key) {
    case KeyKind::Number:
        break;
    case KeyKind::Zone:
        return tr("The card does not open with this MRZ");
    case KeyKind::QrCode:
        return tr("The card does not open with this QR code");
    }
    return tr("The card does not open with this number");
}

QString Words::afterWrongKey(KeyKind key) {
    switch (key) {
    case KeyKind::Number:
        break;
    case KeyKind::Zone:
        return tr("It may be that of another card. Scan the three lines on the back of this one, or type the "
                  "last six digits of its number.");
    case KeyKind::QrCode:
        return tr(
            "It may be that of another card. Scan the QR code of this one, or type the last six digits of "
            "its number.");
    }
    return tr("Compare it with the number that is printed on the card, and type the last six digits again.");
}

QString Words::keyIsThere(KeyKind key) {
    switch (key) {
    case KeyKind::Number:
        break;
    case KeyKind::Zone:
        return tr("The MRZ is there. As soon as the card lies on the reader, it is read.");
    case KeyKind::QrCode:
        return tr("The QR code is there. As soon as the card lies on the reader, it is read.");
    }
    return tr("The number is there. As soon as the card lies on the reader, it is read.");
}

QString Words::layItFlat() {
    return tr("Lay it flat in the middle of the reader, or turn it over. As soon as it answers, it is read.");
}

QString Words::failure(Failure failure) {
    switch (failure) {
    case Failure::ReaderMissing:
        return tr("No card reader is connected. Connect it and try again.");
    case Failure::ReaderBusy:
        return tr("Another program uses the reader. Close it and try again.");
    case Failure::ReaderUnclear:
        return tr("Several readers hold a card. Take the other cards away and try again.");
    case Failure::NoCardCame:
        return tr("No card was put on the reader.");
    case Failure::CardNotBack:
        return tr("The card was lifted and not put back. Put it on the reader: it is read again.");
    case Failure::CardMute:
        return tr("The card on the reader does not answer. Take it away and lay it flat on the reader: it is "
                  "read again.");
    case Failure::ZoneNeeded:
        return tr("It opens only with the three lines of the MRZ on its back. Scan them.");
    case Failure::OtherCard:
        return tr("The chip does not answer like that of an identity card. Ask for the right card.");
    case Failure::ConnectionBroken:
        return tr("The connection to the chip broke again and again. Lay the card flat and try again.");
    case Failure::SettingsWrong:
        return tr("The trust store or the policy of this program cannot be read. Tell your administrator.");
    case Failure::WrongKey: // has words of its own
    case Failure::Unexpected:
        break;
    }
    return tr("Something unexpected happened. Try again; if it happens again, tell your administrator.");
}

QString Words::readerStatus(ReaderStatus status) {
    switch (status) {
    case ReaderStatus::Unknown:
        break;
    case ReaderStatus::Missing:
        return tr("No reader");
    case ReaderStatus::Empty:
        return tr("Reader ready, no card");
    case ReaderStatus::CardPresent:
        return tr("Card on the reader");
    case ReaderStatus::CardMute:
        return tr("The card does not answer: lay it flat");
    }
    return tr("Looking for a reader");
}

QString Words::inputProblem(InputProblem problem) {
    switch (problem) {
    case InputProblem::WrongLength:
        return tr("Type six digits, or all twelve.");
    case InputProblem::WrongCheckDigit:
        return tr("The MRZ was misread. Scan its three lines again.");
    case InputProblem::HealthInsuranceCard:
        return tr("This is the QR code of a health insurance card. Scan that of the identity card.");
    case InputProblem::OtherDocument:
        return tr("This is the MRZ of a passport or a visa. Only identity cards are checked here.");
    case InputProblem::NotUnderstood:
        break;
    }
    return tr("This is neither a number nor the QR code or the MRZ of an identity card.");
}

QString Words::itemName(PersonItem item) {
    switch (item) {
    case PersonItem::FullName:
        return tr("Full name");
    case PersonItem::Number:
        return tr("Personal identification number");
    case PersonItem::BirthDate:
        return tr("Date of birth");
    case PersonItem::Sex:
        return tr("Sex");
    case PersonItem::Nationality:
        return tr("Nationality");
    case PersonItem::PlaceOfOrigin:
        return tr("Place of origin");
    case PersonItem::Residence:
        return tr("Place of residence");
    case PersonItem::IssueDate:
        return tr("Date of issue");
    case PersonItem::ExpiryDate:
        return tr("Date of expiry");
    case PersonItem::OldNumber:
        return tr("Former number");
    case PersonItem::Ethnicity:
        return tr("Ethnicity");
    case PersonItem::Religion:
        return tr("Religion");
    case PersonItem::DistinguishingFeatures:
        return tr("Distinguishing features");
    case PersonItem::FatherName:
        return tr("Father");
    case PersonItem::MotherName:
        return tr("Mother");
    case PersonItem::SpouseName:
        break;
    }
    return tr("Spouse");
}

QString Words::itemValue(const Person::Entry& entry) {
    if (entry.item == PersonItem::Sex && entry.value == "Nam") {
        return tr("Male");
    }
    if (entry.item == PersonItem::Sex && entry.value == "Nữ") {
        return tr("Female");
    }
    return desktop::shown(entry.value);
}

QString Words::fieldName(const std::string& name) {
    if (name == "number") {
        return itemName(PersonItem::Number);
    }
    if (name == "oldNumber") {
        return itemName(PersonItem::OldNumber);
    }
    if (name == "fullName") {
        return itemName(PersonItem::FullName);
    }
    if (name == "birthDate") {
        return itemName(PersonItem::BirthDate);
    }
    if (name == "sex") {
        return itemName(PersonItem::Sex);
    }
    if (name == "residence") {
        return itemName(PersonItem::Residence);
    }
    return name == "issueDate" ? itemName(PersonItem::IssueDate) : QString::fromStdString(name);
}

QString Words::fieldResult(qr::FieldResult result) {
    switch (result) {
    case qr::FieldResult::Matches:
        return tr("matches");
    case qr::FieldResult::Differs:
        return tr("DIFFERS");
    case qr::FieldResult::NotCompared:
        break;
    }
    return tr("not on the chip");
}

QString Words::comparison(const qr::FieldComparison& comparison) {
    return comparison.result == qr::FieldResult::NotCompared && !comparison.onChip.empty()
               ? tr("not on the QR code")
               : fieldResult(comparison.result);
}

QString Words::checkTitle(const std::string& name) {
    if (name == check_name::accessControl) {
        return tr("The chip opened in the protected way");
    }
    if (name == check_name::hashes) {
        return tr("The data are as the issuer signed them");
    }
    if (name == check_name::signature) {
        return tr("The issuer's signature is right");
    }
    if (name == check_name::chain) {
        return tr("The State authorized whoever signed");
    }
    if (name == check_name::revocation) {
        return tr("The signer's certificate was not withdrawn");
    }
    if (name == check_name::chipAuthentication) {
        return tr("The chip is no copy (Chip Authentication)");
    }
    if (name == check_name::activeAuthentication) {
        return tr("The chip is no copy (Active Authentication)");
    }
    if (name == check_name::terminalAuthentication) {
        return tr("This reader may see fingerprints");
    }
    if (name == check_name::comSod) {
        return tr("No file of the chip was taken away");
    }
    if (name == check_name::mrz) {
        return tr("The MRZ contradicts nothing");
    }
    if (name == check_name::number) {
        return tr("The number is the same everywhere");
    }
    return name == check_name::cardAccess ? tr("The chip's protection was not weakened")
                                          : QString::fromStdString(name);
}

QString Words::failedCheck(const std::string& name) {
    if (name == check_name::accessControl || name == check_name::cardAccess) {
        return tr("The protection of the chip was weakened.");
    }
    if (name == check_name::hashes || name == check_name::comSod) {
        return tr("Data on the chip were changed after it was issued.");
    }
    if (name == check_name::signature) {
        return tr("The issuer's signature on the chip is wrong.");
    }
    if (name == check_name::chain) {
        return tr("Nobody whom the State authorized has signed the chip.");
    }
    if (name == check_name::revocation) {
        return tr("The certificate that signed the chip was withdrawn.");
    }
    if (name == check_name::chipAuthentication || name == check_name::activeAuthentication) {
        return tr("The chip could not prove that it is no copy.");
    }
    if (name == check_name::mrz || name == check_name::number) {
        return tr("The chip holds other data than those that were typed or scanned, or contradicts itself.");
    }
    return tr("One of the checks failed.");
}

QString Words::checkResult(trust::CheckResult result) {
    switch (result) {
    case trust::CheckResult::Passed:
        return tr("passed");
    case trust::CheckResult::Failed:
        return tr("FAILED");
    case trust::CheckResult::NotSupported:
        return tr("the card does not offer it");
    case trust::CheckResult::NotPerformed:
        break;
    }
    return tr("not done");
}

QString signOf(trust::CheckResult result) {
    if (result == trust::CheckResult::Passed) {
        return "✓";
    }
    return result == trust::CheckResult::Failed ? "✕" : "–";
}

QString signOf(qr::FieldResult result) {
    if (result == qr::FieldResult::Matches) {
        return "✓";
    }
    return result == qr::FieldResult::Differs ? "✕" : "–";
}

// A reason begins with the name of its check and a space (verdict.hpp).
bool isReason(const inspection::Judgement& judgement, const std::string& checkName) {
    return std::any_of(judgement.reasons.begin(), judgement.reasons.end(),
                       [&](const std::string& reason) { return reason.starts_with(checkName + ' '); });
}

} // namespace cancuoc::teller
