// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string_view>

#include "host/inspection/background_verification.hpp"
#include "host/inspection/checklist.hpp"
#include "host/inspection/document.hpp"
#include "host/inspection/inspection_request.hpp"
#include "host/inspection/inspection_result.hpp"

namespace cancuoc::inspection {

/// A document while it is being judged, file by file: by a reading of the card, or by one of what an earlier
/// reading has kept.
class Assessment {
public:
    /// `request` outlives the object. `time` is the moment at which certificates and CRLs must be valid;
    /// `settled` is told as Checklist says.
    Assessment(const InspectionRequest& request, std::chrono::sys_seconds time,
               std::function<void(const trust::Check&)> settled = {});

    [[nodiscard]] Document& document() { return document_; }
    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] Checklist& checklist() { return checklist_; }

    /// A file of the document is there: it is decoded, and what of Passive Authentication and of the face
    /// follows from it begins in the background. EF.SOD comes before the data groups that it signs.
    void take(lds::FileId file);
    /// Waits for the face of DG2, if there is one; not for its pixels.
    void findFace();
    /// Waits for the pixels of the face and for the images of the other data groups.
    void findImages();
    /// Settles `chip-authentication` by PACE with the chip authentication mapping. Its key is that of
    /// EF.CardSecurity, which has a signature of its own.
    void settleProofByMapping(trust::Check proof);
    /// Settles Passive Authentication and consistency by the files taken so far, counts proofs against
    /// cloning only with a key that the issuer signed, and names what the issuer has said is wrong with such
    /// documents.
    void settleDocumentChecks();

    /// Everything that follows from the files and the checks as they are; the document is given away with it.
    /// @param exempt names of checks whose absence is only named, whatever the policy demands
    [[nodiscard]] InspectionResult conclude(const std::set<std::string_view>& exempt = {});

private:
    void countProofs();

    const InspectionRequest& request_;
    std::chrono::sys_seconds time_;
    Document document_;
    Checklist checklist_;
    bool provenByMapping_ = false;
    Bytes documentSigner_;
    std::vector<std::string> remarks_;
    Worker worker_;
    BackgroundVerification background_;
};

} // namespace cancuoc::inspection
