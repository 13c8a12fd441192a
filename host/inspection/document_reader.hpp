// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/file_reader.hpp"
#include "host/inspection/access_procedure.hpp"
#include "host/inspection/checklist.hpp"
#include "host/inspection/document.hpp"
#include "host/inspection/inspection_event.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/inspection/reading_cache.hpp"

namespace cancuoc::inspection {

/// Opens access to a card and reads its files into a Document. A file that the card does not give is noted,
/// and reading goes on without it, also where the card refuses it in plain, which ends secure messaging: then
/// it is asked for once more under new keys, and access is opened again after the second refusal.
class DocumentReader {
public:
    /// All must outlive the object. Lengths are short until readStatedLengths().
    DocumentReader(CardSession& session, RandomSource& random, const InspectionRequest& request,
                   Document& document, Checklist& checklist, ReadingCache& cache,
                   const EventObserver& observer);

    /// EF.CardAccess, which tells whether the card speaks PACE (Doc 9303-11, 4.2). It is read before anything
    /// is selected; cards that do not stand at the master file after the reset get a SELECT first.
    void readCardAccess();

    /// EF.DIR, which lists the applications (Doc 9303-10, 3.11.2): one command.
    void readDirectory();

    /// EF.ATR/INFO, where a card states how long APDUs may be (Doc 9303-10, 3.11.1): one command, and only if
    /// the reader carries more than short lengths. Where it states nothing, the ATR counts.
    void readStatedLengths();

    /// Opens access with the keys of the request, and settles `access-control`. After PACE with the chip
    /// authentication mapping, EF.CardSecurity is read before the application is selected, once, if the
    /// policy wants the proof.
    /// @throws what AccessProcedure::open throws
    void openAccess();
    /// Takes the card's power away, gives it back and opens access again.
    void reopenAccess();
    /// How access was opened; nothing before.
    [[nodiscard]] const std::optional<AccessUsed>& access() const { return access_; }
    /// What Terminal Authentication knows the chip by after PACE; empty after BAC.
    [[nodiscard]] const Bytes& chipIdentifier() const { return chipIdentifier_; }
    /// What Terminal Authentication binds the terminal to after PACE with the chip authentication mapping;
    /// empty after other ways of access.
    [[nodiscard]] const Bytes& compressedTerminalKey() const { return compressedTerminalKey_; }
    /// What PACE with the chip authentication mapping left to check; nothing after other ways of access.
    [[nodiscard]] const std::optional<ChipAuthenticationData>& chipAuthenticationData() const {
        return chipAuthenticationData_;
    }
    /// How often access had to be opened anew. Each time, what was proven in the session before is over.
    [[nodiscard]] int reopenings() const { return reopenings_; }

    /// Reads a file; false, with the reason noted, if the card does not give it.
    /// @throws SecureMessagingError if what the card answers fails to verify again and again, or if access
    /// was opened anew too often; CardReset if it is reset so often
    /// @throws what CardSession::transmit throws when the card is gone
    bool readFile(lds::FileId file);
    /// The same as the first command under new keys: access is not opened anew when it fails.
    /// @throws SecureMessagingError if the card does not know the keys
    bool readFileUnderNewKeys(lds::FileId file);
    /// The same for data group `number`, if the card lists it and the request wants it. What the cache holds
    /// of it is not read again.
    bool readDataGroup(int number);

private:
    void readCardSecurity();
    [[nodiscard]] bool read(lds::FileId file, Bytes& content);
    void readWhole(lds::FileId file, Bytes& content);
    void readOpeningAnew(const ElementaryFile& file, Bytes& content, const FileReader::Progress& progress);
    [[nodiscard]] bool mayOpenAnew();
    [[nodiscard]] AccessOpened runAccessProcedure();
    void tell(const InspectionEvent& event) const;

    CardSession& session_;
    const InspectionRequest& request_;
    Document& document_;
    Checklist& checklist_;
    ReadingCache& cache_;
    const EventObserver& observer_;
    FileReader files_;
    AccessProcedure accessProcedure_;
    std::optional<AccessUsed> access_;
    Bytes chipIdentifier_;
    Bytes compressedTerminalKey_;
    std::optional<ChipAuthenticationData> chipAuthenticationData_;
    int reopenings_ = 0;
    int cardSecurityRefusals_ = 0; ///< in plain
    bool newKeys_ = false;         ///< not confirmed yet
};

} // namespace cancuoc::inspection
