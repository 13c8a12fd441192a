// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/pkcs11_master_key.hpp"

#include "host/trust/pkcs11_token.hpp"

namespace cancuoc::personalization {

namespace {

class Pkcs11MasterKey final : public MasterKey {
public:
    explicit Pkcs11MasterKey(std::string_view uri) : key_(trust::Pkcs11Token(uri, {}).findSecret(uri)) {}

    [[nodiscard]] SecretBytes encryptTripleDes(BytesView blocks) const override {
        return SecretBytes(key_.encryptTripleDes(blocks));
    }
    [[nodiscard]] SecretBytes cmac(BytesView message) const override {
        return SecretBytes(key_.cmac(message));
    }

private:
    trust::Pkcs11SecretKey key_;
};

} // namespace

std::unique_ptr<MasterKey> pkcs11MasterKey(std::string_view uri) {
    return std::make_unique<Pkcs11MasterKey>(uri);
}

} // namespace cancuoc::personalization
