// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/unruled_clauses.hpp"

namespace cancuoc::personalization::lint {

namespace {

constexpr std::string_view otherFile = "needs another file than the one that is linted";
constexpr std::string_view conduct = "is about what an authority does, and leaves no trace in a file";
constexpr std::string_view receiver = "is about inspection systems and receiving States";

constexpr UnruledClause clauses[] = {
    {"Doc 9303-12, 4.1.1.1", "a Document Signer's certificate outlasts every document signed", otherFile},
    {"Doc 9303-12, 4.1.2", "an LDS2 signer's certificate outlasts every object signed", otherFile},
    {"Doc 9303-12, 4.1.3", "at most five bar code signer keys are published a year", otherFile},
    {"Doc 9303-12, 4.1.3.1", "a bar code signer's certificate outlasts every document signed", otherFile},
    {"Doc 9303-12, 4.1.4.1", "a CSCA's certificate outlasts every certificate below it", otherFile},
    {"Doc 9303-12, 4.1.4.3", "receiving States are told of a new key 90 days ahead", conduct},
    {"Doc 9303-12, 4.1.4.3", "a link certificate is issued with every new key", otherFile},
    {"Doc 9303-12, 4.1.4.3", "the newest key signs everything", conduct},
    {"Doc 9303-12, 4.1.5", "CRLs are not issued more often than every 48 hours", otherFile},
    {"Doc 9303-12, 4.1.5", "a revocation is published within 48 hours", conduct},
    {"Doc 9303-12, 4.1.5.1", "revoking an old CSCA certificate revokes the new one", conduct},
    {"Doc 9303-12, 4.1.6", "key lengths protect against attacks",
     "has no number; RSA below 2048 and curves below 224 bits break rules"},
    {"Doc 9303-12, 4.1.6.2", "DSA follows FIPS 186-4", "is about how signatures are made"},
    {"Doc 9303-12, 4.2", "a private key is used no longer than its certificate is valid", conduct},
    {"Doc 9303-12, 4.2.1", "a chain of CV certificates has one algorithm and one set of parameters",
     otherFile},
    {"Doc 9303-12, 4.2.2", "SPOCs support the cipher suites of table 3", conduct},
    {"Doc 9303-12, 5.1 and 5.2", "what States send to the PKD and to each other", conduct},
    {"Doc 9303-12, 6", "how trust is established and paths are validated", receiver},
    {"Doc 9303-12, 7.1", "a State has a single CSCA", otherFile},
    {"Doc 9303-12, table 5", "signatureValue is there, and the issuer's key verifies it",
     "needs the issuer's certificate; where that is the certificate itself, a rule asks"},
    {"Doc 9303-12, table 6", "the key identifier of the issuer is the subject's of the CSCA", otherFile},
    {"Doc 9303-12, 7.1.1.1.1", "the two letters of countryName are a country of Doc 9303-3",
     "codes are given out and withdrawn; their form has a rule"},
    {"Doc 9303-12, 7.1.1.2", "stateOrProvinceName is there where the MRZ's code does not tell the issuer",
     "which issuers share a code is told nowhere in a certificate"},
    {"Doc 9303-12, 7.1.1.5", "a CSCA uses no serial number twice", otherFile},
    {"Doc 9303-12, 7.1.2", "an LDS2 signer's certificate is small enough for EF.Certificates",
     "is a limit of the chip's file, not of the certificate"},
    {"Doc 9303-12, 7.1.3", "a bar code signer's name is that in its seals", otherFile},
    {"Doc 9303-12, table 9", "revokedCertificates is there if anything is revoked", otherFile},
    {"Doc 9303-12, table 10", "AuthorityKeyIdentifier is that of the issuer's certificate", otherFile},
    {"Doc 9303-12, table 10, note 1", "IssuerAltName is the CSCA's former name", otherFile},
    {"Doc 9303-12, 7.2.1", "the certificate of a CA for SPOCs alone", "is one of RFC 5280, not of this PKI"},
    {"Doc 9303-12, 7.2.1", "the server's dNSName is the host of the SPOC's URL", otherFile},
    {"Doc 9303-12, 7.2.2.2", "the authority reference is the holder reference of the authority", otherFile},
    {"Doc 9303-12, 7.2.2.2", "who assigns mnemonics and sequence numbers", conduct},
    {"Doc 9303-12, 7.2.2.3", "a link certificate has the new domain parameters if they change", otherFile},
    {"Doc 9303-12, 7.2.2.5", "the effective date is that of the certificate's making", conduct},
    {"Doc 9303-12, 7.2.2.7", "the authority's key verifies the signature",
     "needs the authority's certificate; where that is the certificate itself, a rule asks"},
    {"Doc 9303-12, 8", "requests and messages of SPOCs", "are checked by who receives them"},
    {"Doc 9303-12, table 18", "the master list's certificates were validated", conduct},
    {"Doc 9303-12, 10.2", "parameters of a deviation are those of its kind",
     "are for machines that do not exist; the list is read without them"},
    {"Doc 9303-10, 4.6.2.3", "a hash is that of the complete file", otherFile},
    {"Doc 9303-13, 2.1", "the symbol and its print", "is about the picture, not the bytes"},
    {"Doc 9303-13, 2.2.1", "a signer identifier and a reference are used once", otherFile},
    {"Doc 9303-13, 2.4", "the signer's key verifies the signature, with the hash of its length",
     "needs the signer's certificate: `qr verify` asks"},
    {"Doc 9303-13, 2.5", "padding follows the symbol's standard", "is about the picture, not the bytes"},
    {"Doc 9303-13, 3.1.3", "features are those of the document's profile",
     "profiles other than those of visas and emergency travel documents are not published"},
    {"BSI TR-03110-3, C.1.2", "the authority reference is the holder reference of the authority", otherFile},
};

} // namespace

std::span<const UnruledClause> unruledClauses() {
    return clauses;
}

} // namespace cancuoc::personalization::lint
