// SPDX-License-Identifier: Apache-2.0
// OpenPACE (libeac, GPL) behind the peers' own types. Only test programs link it.
#pragma once

#include "tests/interop/peer/apdu.hpp"

#include <eac/ca.h>
#include <eac/eac.h>
#include <eac/objects.h>
#include <eac/pace.h>

#include <memory>

namespace peer {

struct ContextDeleter {
    void operator()(EAC_CTX* context) const { EAC_CTX_clear_free(context); }
};
struct SecretDeleter {
    void operator()(PACE_SEC* secret) const { PACE_SEC_clear_free(secret); }
};
struct BufferDeleter {
    void operator()(BUF_MEM* buffer) const { BUF_MEM_clear_free(buffer); }
};
using Context = std::unique_ptr<EAC_CTX, ContextDeleter>;
using Secret = std::unique_ptr<PACE_SEC, SecretDeleter>;
using Buffer = std::unique_ptr<BUF_MEM, BufferDeleter>;

/// Registers OpenPACE's object identifiers; keep one alive while the library is used.
class Library {
public:
    Library() { EAC_init(); }
    ~Library() { EAC_cleanup(); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

Context newContext();

/// A copy for OpenPACE to read.
Buffer toBuffer(View bytes);
/// Takes the buffer OpenPACE returned; Failure with `what` when it returned none.
Bytes taken(BUF_MEM* buffer, const std::string& what);

/// The password as MSE:Set AT names it (Doc 9303-11, 4.4.4.1).
struct Password {
    std::uint8_t reference = 0; ///< 1 = MRZ, 2 = CAN, 3 = PIN, 4 = PUK
    Secret secret;

    static Password fromCan(const std::string& can);
    static Password fromPin(const std::string& pin);
    static Password fromPuk(const std::string& puk);
    /// `mrz`: the three lines of a TD1 MRZ in one, 90 characters.
    static Password fromMrz(const std::string& mrz);
};

/// OpenPACE's number of a protocol, by its object identifier's content; Failure when it knows none.
int protocolNumber(View objectIdentifier);

/// One way to run PACE, as a PACEInfo of EF.CardAccess states it (Doc 9303-11, 9.2.1).
struct PaceInfo {
    Bytes protocol; ///< the object identifier's content
    int domainParameters = 0;
};

/// The PACEInfos of EF.CardAccess. Failure where OpenPACE does not read the file.
std::vector<PaceInfo> paceInfosOf(View cardAccess);

/// Comp of a public key, for Terminal Authentication (Doc 9303-11, 7.1.4.1.3 and 7.1.4.2.3).
Bytes compressed(View publicKey, int domainParameters);

/// The static public key of Chip Authentication in a SubjectPublicKeyInfo with explicit parameters.
struct StaticPublicKey {
    /// Of the standardized ones (Doc 9303-11, 9.5.1).
    int domainParameters = 0;
    /// As it goes over the wire: an uncompressed point, or an unsigned integer.
    Bytes element;

    static StaticPublicKey decode(View subjectPublicKeyInfo);
};

/// PACE, step 3 b to d: agrees with the other side's ephemeral public key and derives the session keys.
void derivePaceKeys(EAC_CTX& context, View otherPublicKey);
/// Chip Authentication version 1 derives its keys from the shared secret alone (Doc 9303-11, 6.2.3), version
/// 2 from the secret and a nonce. The installed headers offer only version 2's derivation; the library has
/// both.
void deriveChipAuthenticationKeys(EAC_CTX& context, View otherPublicKey);
/// A key pair of the terminal on the domain parameters of Chip Authentication; its public key.
Bytes generateChipAuthenticationKey(EAC_CTX& context);

/// Secure messaging (Doc 9303-11, 9.8) on the keys selected in an EAC context, for either side.
class SecureMessaging {
public:
    explicit SecureMessaging(EAC_CTX& context) : context_(context) {}

    Command protect(const Command& command);
    Response unprotect(const Response& protectedResponse);

    Command unprotect(const Command& protectedCommand);
    Response protect(const Response& response);

private:
    Bytes mac(View header, View dataObjects);
    void checkMac(View header, View body);
    Bytes encrypt(View plain);
    Bytes decrypt(View cryptogram);

    EAC_CTX& context_;
};

} // namespace peer
