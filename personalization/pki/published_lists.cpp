// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/published_lists.hpp"

#include <algorithm>
#include <set>

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/lds/asn1.hpp"
#include "host/trust/certificate.hpp"
#include "host/trust/deviation_list.hpp"
#include "host/trust/signing_role.hpp"
#include "host/trust/x509.hpp"
#include "personalization/pki/country_signing_authority.hpp"
#include "personalization/pki/deviation_statement.hpp"
#include "personalization/pki/issued_by.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/pki_workshop.hpp"
#include "personalization/pki/signed_content.hpp"
#include "personalization/pki/signer_issuance.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;
namespace asn1 = lds::asn1;

// The self-signed certificates of the CSCA, that of today first.
std::vector<X509Ptr> cscasOf(const PkiFiles& files) {
    std::vector<X509Ptr> cscas;
    cscas.push_back(readCertificate(files.cscaCertificate));
    for (int number = files.formerCscas(); number > 0; --number) {
        cscas.push_back(readCertificate(files.formerCsca(number)));
    }
    return cscas;
}

// The serial number of a certificate that one of `cscas` has issued, and that is none of them.
Bytes serialNumberOf(const fs::path& file, const std::vector<X509Ptr>& cscas) {
    const X509Ptr certificate = readCertificate(file);
    const bool isOurs = std::any_of(cscas.begin(), cscas.end(),
                                    [&](const X509Ptr& csca) { return isIssuedBy(*certificate, *csca); });
    const bool isCsca = std::any_of(cscas.begin(), cscas.end(), [&](const X509Ptr& csca) {
        return X509_cmp(certificate.get(), csca.get()) == 0;
    });
    if (!isOurs || isCsca) {
        throw BadConfiguration("\"" + file.string() +
                               "\" is not a certificate that this CSCA has issued, so it cannot revoke it.");
    }
    return toBytes(trust::bytesOf(*X509_get0_serialNumber(certificate.get())));
}

// Doc 9303-12, 9.2: in DER, the elements of a SET stand in the order of their encodings.
Bytes masterListOf(const std::set<std::string>& certificates) {
    Bytes set;
    for (const auto& certificate : certificates) {
        append(set, viewOf(certificate));
    }
    return encodeTlv(asn1::sequence, lds::encodeInteger(0), encodeTlv(asn1::set, set));
}

Bytes countrySigningCertificate(const fs::path& file) {
    Bytes der = encodeDer(*readCertificate(file));
    if (!trust::Certificate::decode(der).certificationAuthority()) {
        throw BadConfiguration("\"" + file.string() + "\" is no CSCA certificate.");
    }
    return der;
}

// What the CSCA itself has to show: its certificates and the links between them.
std::set<std::string> ownCertificates(const PkiFiles& files) {
    std::set<std::string> certificates;
    for (const auto& csca : cscasOf(files)) {
        certificates.insert(toText(encodeDer(*csca)));
    }
    for (int number = 2; fs::exists(files.cscaLink(number)); ++number) {
        certificates.insert(toText(encodeDer(*readCertificate(files.cscaLink(number)))));
    }
    return certificates;
}

// The list in CMS, with the certificates of its signer and of the CSCA (Doc 9303-12, tables 18 and 19).
Bytes signList(const IssuingWork& work, const SignerName& name, std::string_view contentType,
               BytesView content) {
    const auto signer = presentOrNextSigner(work, name);
    const auto cms = signContent(content, contentType, *signer.certificate, *signer.key, work.now);
    requireOpenssl(CMS_add1_cert(cms.get(), work.authority.self().certificate.get()),
                   "The list cannot take the CSCA's certificate");
    return encodeDer(*cms);
}

} // namespace

RenewedCrl renewCrl(const fs::path& directory, const std::vector<fs::path>& revoked, const Clock& clock,
                    const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const auto authority = CountrySigningAuthority::load(files, keys);
    const auto cscas = cscasOf(files);
    const X509CrlPtr former = readCrl(files.crl);
    auto entries = entriesOf(*former);
    const auto now = clock();
    for (const auto& file : revoked) {
        Bytes serialNumber = serialNumberOf(file, cscas);
        const bool isListed = std::any_of(entries.begin(), entries.end(), [&](const Revocation& entry) {
            return entry.serialNumber == serialNumber;
        });
        if (!isListed) {
            entries.push_back({std::move(serialNumber), now});
        }
    }
    const RenewedCrl renewed{crlNumberOf(*former) + 1, entries.size()};
    const Span period = PkiPolicy::read(files.policy).crlPeriod;
    writeFile(PkiFiles(workshop.path()).crl,
              encodeDer(*authority.issueCrl(now, renewed.number, entries, period)));
    workshop.commit();
    return renewed;
}

std::size_t publishMasterList(const fs::path& directory, const std::vector<fs::path>& others,
                              const Clock& clock, RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    const auto authority = CountrySigningAuthority::load(files, keys);
    auto certificates = ownCertificates(files);
    for (const auto& file : others) {
        certificates.insert(toText(countrySigningCertificate(file)));
    }
    const auto now = clock();
    KeyLedger ledger(directory, clock, random, keys);
    const IssuingWork work{authority, files, made, now, random, keys, ledger};
    writeFile(made.masterList, signList(work, {SignerKind::MasterListSigner, ""},
                                        trust::masterListSignerRole.contentType, masterListOf(certificates)));
    workshop.commit();
    ledger.settle();
    return certificates.size();
}

std::size_t publishDeviationList(const fs::path& directory, const fs::path& statement, const Clock& clock,
                                 RandomSource& random, const KeyStore& keys) {
    const PkiFiles files = PkiFiles::existing(directory);
    const Bytes content = deviationListOf(statement);
    PkiWorkshop workshop(directory);
    const PkiFiles made(workshop.path());
    const auto authority = CountrySigningAuthority::load(files, keys);
    KeyLedger ledger(directory, clock, random, keys);
    const IssuingWork work{authority, files, made, clock(), random, keys, ledger};
    const Bytes list = signList(work, {SignerKind::DeviationListSigner, ""},
                                trust::deviationListSignerRole.contentType, content);
    // What leaves has been read as others will read it.
    const auto deviations = trust::DeviationList::decode(list).deviations().size();
    writeFile(made.deviationList, list);
    workshop.commit();
    ledger.settle();
    return deviations;
}

} // namespace cancuoc::personalization
