// SPDX-License-Identifier: Apache-2.0
#include "host/lds/document_security_object.hpp"
#include "host/trust/passive_authentication.hpp"

#include "tests/fuzz/host/file_property.hpp"

using namespace cancuoc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::decodeAndWriteBack<lds::DocumentSecurityObject>({data, size});
    const trust::PassiveAuthentication passiveAuthentication(nullptr, {});
    (void)passiveAuthentication.verify({data, size}, {{lds::FileId::DataGroup1, Bytes(95)}});
    return 0;
}
