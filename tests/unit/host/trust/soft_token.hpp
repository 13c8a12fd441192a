// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include <openssl/pem.h>

#include "host/base/file.hpp"
#include "host/crypto/openssl.hpp"
#include "tests/unit/temporary_directory.hpp"

namespace cancuoc::test {

/// A token of SoftHSM2 of its own for the test program, which has one at a time.
class SoftToken {
public:
    static constexpr const char* label = "testing";
    static constexpr const char* pin = "1234";

    SoftToken() {
        std::filesystem::create_directory(path() / "tokens");
        writeFile(path() / "softhsm2.conf",
                  viewOf("directories.tokendir = " + (path() / "tokens").string() + "\nlog.level = ERROR\n"));
        ::setenv("SOFTHSM2_CONF", (path() / "softhsm2.conf").c_str(), 1);
        run(std::string("--init-token --free --label ") + label + " --pin " + pin + " --so-pin 5678");
    }

    /// The token's URI, without a PIN.
    static std::string uri() {
        return std::string("pkcs11:token=") + label + "?module-path=" CANCUOC_SOFTHSM_MODULE;
    }

    /// The URI of a key in it.
    static std::string uriOf(const std::string& object, const std::string& withPin = pin,
                             const std::string& token = label) {
        return "pkcs11:token=" + token + ";object=" + object +
               "?module-path=" CANCUOC_SOFTHSM_MODULE "&pin-value=" + withPin;
    }

    /// Puts a private key into it.
    /// @param id hexadecimal digits, another for each key
    void import(const EVP_PKEY& key, const std::string& name, const std::string& id) const {
        const std::string file = (path() / (name + ".pem")).string();
        const BioPtr output(BIO_new_file(file.c_str(), "w"));
        REQUIRE(PEM_write_bio_PKCS8PrivateKey(output.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) ==
                1);
        REQUIRE(BIO_flush(output.get()) == 1);
        run("--import " + file + " --token " + label + " --label " + name + " --id " + id + " --pin " + pin);
    }

    /// Runs softhsm2-util.
    static void run(const std::string& arguments) {
        REQUIRE(std::system((std::string(CANCUOC_SOFTHSM_UTIL) + " " + arguments + " > /dev/null").c_str()) ==
                0);
    }

    /// Moves what is in the token out of the module's sight, and back.
    void takeAway() const { rename(path() / "tokens", path() / "away"); }
    void putBack() const { rename(path() / "away", path() / "tokens"); }

    [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }

private:
    TemporaryDirectory directory_;
};

} // namespace cancuoc::test
