// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "host/lds/additional_biometrics.hpp"
#include "host/lds/certificate_record.hpp"
#include "host/lds/travel_record.hpp"
#include "host/lds/visa_record.hpp"

namespace cancuoc::inspection {

/// The certificates of those who have signed in one application, by their record numbers in EF.Certificates:
/// the records that are referred to.
using Lds2Certificates = std::map<int, lds::CertificateRecord>;

/// What a card holds beside the eMRTD application (Doc 9303-10, 5): written by others than its issuer, and
/// signed by them record by record. The signatures are kept and not verified.
struct Lds2Content {
    /// An application that EF.DIR lists.
    struct Application {
        std::string_view name; ///< `travel-records`, `visa-records` or `additional-biometrics`
        std::string reason;    ///< why it was not read, or not wholly; empty when it was
    };

    std::vector<Application> applications; ///< in the order of EF.DIR's table in the Doc

    std::vector<lds::TravelRecord> entries; ///< in the order in which they were written
    std::vector<lds::TravelRecord> exits;   ///< likewise
    Lds2Certificates travelCertificates;
    std::vector<lds::VisaRecord> visas; ///< likewise
    Lds2Certificates visaCertificates;
    std::map<int, lds::AdditionalBiometrics> biometrics; ///< by the number of their file, 1 to 64
    Lds2Certificates biometricsCertificates;
};

} // namespace cancuoc::inspection
