// SPDX-License-Identifier: Apache-2.0
#include "tools/store_key.hpp"

#include "host/base/error.hpp"
#include "host/base/secret_key_file.hpp"
#include "personalization/jobs/payload_cipher.hpp"
#include "tools/line_audit.hpp"

namespace cancuoc::tools {

using personalization::PayloadCipher;

void protectStore(personalization::JobStore& store, const std::string& location, const std::string& file,
                  RandomSource& random) {
    const std::filesystem::path path =
        file.empty() ? auditLogOf(location).replace_extension(".key") : std::filesystem::path(file);
    if (!std::filesystem::exists(path)) {
        if (store.isProtected()) {
            throw BadConfiguration("What the job store holds of citizens is sealed, and its key " +
                                   path.string() +
                                   " is missing. Bring it back, or name it with --store-key.");
        }
        makeSecretKeyFile(path, PayloadCipher::keySize, random);
    }
    const auto key = readSecretKeyFile(path, PayloadCipher::keySize);
    if (!key) {
        throw BadConfiguration("The file " + path.string() + " holds no key of 128 hexadecimal digits.");
    }
    store.protect(*key, random);
}

} // namespace cancuoc::tools
