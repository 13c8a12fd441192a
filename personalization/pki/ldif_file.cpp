// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/ldif_file.hpp"

#include <algorithm>

#include "host/base/base64.hpp"
#include "host/crypto/digest.hpp"
#include "host/trust/x509.hpp"

namespace cancuoc::personalization {

namespace {

constexpr const char* downloadTree = "dc=data,dc=download,dc=pkd,dc=icao,dc=int";

// A value within a name: what RFC 4514, 2.4 gives a meaning there is escaped.
std::string escaped(const std::string& value) {
    std::string text;
    for (const char c : value) {
        if (std::string_view("\\,+\"<>;=#").find(c) != std::string_view::npos) {
            text += '\\';
        }
        text += c;
    }
    return text;
}

// RFC 2849: a line goes on with a blank at the beginning of the next.
std::string folded(const std::string& line) {
    constexpr std::size_t longest = 76;
    std::string text = line.substr(0, longest);
    for (std::size_t start = longest; start < line.size(); start += longest - 1) {
        text += "\n " + line.substr(start, longest - 1);
    }
    return text + "\n";
}

// Whether it may stand as it is: otherwise it is written in Base64 (RFC 2849, SAFE-STRING).
bool isSafe(const std::string& value) {
    return !value.empty() && value.front() != ' ' && value.front() != ':' && value.front() != '<' &&
           value.back() != ' ' &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

void LdifFile::put(const std::string& attribute, const std::string& value) {
    if (isSafe(value)) {
        text_ += folded(attribute + ": " + value);
    } else {
        put(attribute, viewOf(value));
    }
}

void LdifFile::put(const std::string& attribute, BytesView value) {
    text_ += folded(attribute + ":: " + toBase64(value));
}

void LdifFile::begin(const std::string& name, const std::string& organization, const std::string& country) {
    text_ += "\n";
    put("dn", name + ",o=" + organization + ",c=" + country + "," + downloadTree);
    put("objectClass", "top");
}

void LdifFile::addCertificate(const trust::Certificate& certificate) {
    const auto serialNumber = toHex(trust::bytesOf(*X509_get0_serialNumber(certificate.x509())));
    begin("cn=" + escaped(certificate.issuer()) + "+sn=" + serialNumber, "dsc", certificate.country());
    put("objectClass", "person");
    put("objectClass", "organizationalPerson");
    put("objectClass", "inetOrgPerson");
    put("objectClass", "pkdDownload");
    put("cn", certificate.issuer());
    put("sn", serialNumber);
    put("pkdVersion", "1");
    put("userCertificate;binary", certificate.der());
}

void LdifFile::addCrl(const std::string& country, BytesView crl) {
    begin("cn=CSCA " + country, "crl", country);
    put("objectClass", "cRLDistributionPoint");
    put("objectClass", "pkdDownload");
    put("cn", "CSCA " + country);
    put("pkdVersion", "1");
    put("certificateRevocationList;binary", crl);
}

void LdifFile::addMasterList(const std::string& country, BytesView list) {
    const auto name = toLowerCaseHex(digest(HashAlgorithm::Sha256, list)).substr(0, 16);
    begin("cn=" + name, "ml", country);
    put("objectClass", "person");
    put("objectClass", "pkdMasterList");
    put("objectClass", "pkdDownload");
    put("cn", name);
    put("sn", "1");
    put("pkdVersion", "1");
    put("pkdMasterListContent", list);
}

} // namespace cancuoc::personalization
