// SPDX-License-Identifier: Apache-2.0
#include "host/trust/store_import.hpp"

#include "host/base/error.hpp"

#include <string_view>

namespace cancuoc::trust {

namespace {

/// The PEM blocks of a file, or the file itself if it has none.
std::vector<BytesView> partsOf(BytesView file) {
    constexpr std::string_view begin = "-----BEGIN ";
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    std::vector<BytesView> parts;
    for (auto start = text.find(begin); start != std::string_view::npos;) {
        const auto next = text.find(begin, start + begin.size());
        parts.push_back(viewOf(text.substr(start, next - start)));
        start = next;
    }
    return parts.empty() ? std::vector<BytesView>{file} : parts;
}

void importSignedList(TrustStore& store, BytesView file, std::chrono::sys_seconds time,
                      ImportReport& report) {
    try {
        report.add(importMasterList(store, MasterList::decode(file, store, time)));
    } catch (const MalformedData& error) {
        report.refuse(error.what());
    }
}

void importCertificateOrCrl(TrustStore& store, BytesView file, ImportReport& report) {
    try {
        report.count(store.addCertificate(file));
        return;
    } catch (const MalformedData& notCertificate) {
        try {
            report.count(store.addCrl(file));
        } catch (const MalformedData&) {
            report.refuse(std::string("This is neither a certificate, a CRL nor a master list. As a "
                                      "certificate: ") +
                          notCertificate.what());
        }
    }
}

} // namespace

void ImportReport::count(Import result) {
    ++offered;
    ++(result == Import::Added ? added : alreadyThere);
}

void ImportReport::refuse(std::string reason) {
    ++offered;
    refused.push_back(std::move(reason));
}

void ImportReport::add(ImportReport other) {
    offered += other.offered;
    added += other.added;
    alreadyThere += other.alreadyThere;
    for (std::string& reason : other.refused) {
        refused.push_back(std::move(reason));
    }
}

ImportReport importMasterList(TrustStore& store, const MasterList& list) {
    ImportReport report;
    for (const Bytes& certificate : list.certificates) {
        try {
            report.count(store.addCertificate(certificate));
        } catch (const MalformedData& error) {
            report.refuse("Certificate " + std::to_string(report.offered + 1) + ": " + error.what());
        }
    }
    return report;
}

ImportReport importFile(TrustStore& store, BytesView file, std::chrono::sys_seconds time) {
    ImportReport report;
    for (const BytesView part : partsOf(file)) {
        if (isSignedData(part)) {
            importSignedList(store, part, time, report);
        } else {
            importCertificateOrCrl(store, part, report);
        }
    }
    return report;
}

} // namespace cancuoc::trust
