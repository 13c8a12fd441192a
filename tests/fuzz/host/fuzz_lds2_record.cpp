// SPDX-License-Identifier: Apache-2.0
#include "host/lds/additional_biometrics.hpp"
#include "host/lds/certificate_record.hpp"
#include "host/lds/travel_record.hpp"
#include "host/lds/visa_record.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView input(data, size);
    fuzz::decodeAndWriteBack<lds::TravelRecord>(input);
    fuzz::decodeAndWriteBack<lds::VisaRecord>(input);
    fuzz::decodeAndWriteBack<lds::CertificateRecord>(input);
    fuzz::decodeAndWriteBack<lds::AdditionalBiometrics>(input);
    fuzz::decodeAndWriteBack<lds::TravelDetails>(input);
    fuzz::decodeAndWriteBack<lds::VisaDetails>(input);
    return 0;
}
