// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trace/pseudonyms.hpp"

namespace cancuoc::trace {

/// The lines of an MRZ, joined, with another person in them: document code, States and the form of every
/// field stay, check digits fit. Text that is no MRZ with right check digits keeps its form only.
[[nodiscard]] std::string redactZone(std::string_view zone, Pseudonyms& pseudonyms);

/// Data objects with their tags and lengths, and pseudonyms for the values, which are taken for text where
/// they are text and for pictures where they are pictures. Object identifiers, tag lists and numbers of one
/// byte stay. Bytes that are no data objects become a pseudonym as a whole.
[[nodiscard]] Bytes redactDataObjects(BytesView bytes, Pseudonyms& pseudonyms);

/// Replaces what the files of one trace say of a person and of the chip; lengths and structure stay. A file
/// of which only a part is known, or whose form is not known, keeps its first tag and length alone.
class FileRedaction {
public:
    /// Both must outlive the object.
    FileRedaction(Pseudonyms& pseudonyms, RandomSource& random) : pseudonyms_(pseudonyms), random_(random) {}

    /// Every file by its name in the trace, and what stands for it. Hashes in EF.SOD are those of what stands
    /// for the files, where they were the hashes of the files.
    [[nodiscard]] std::map<std::string, Bytes> redact(const std::map<std::string, Bytes>& files);

private:
    using Redact = Bytes (FileRedaction::*)(BytesView file);

    [[nodiscard]] Bytes redactOne(std::string_view name, BytesView file);
    [[nodiscard]] Bytes keep(BytesView file);
    [[nodiscard]] Bytes dataObjects(BytesView file);
    [[nodiscard]] Bytes atrInfo(BytesView file);
    [[nodiscard]] Bytes dataGroup1(BytesView file);
    [[nodiscard]] Bytes dataGroup2(BytesView file);
    [[nodiscard]] Bytes dataGroup14(BytesView file);
    [[nodiscard]] Bytes dataGroup15(BytesView file);
    [[nodiscard]] Bytes cardSecurity(BytesView file);
    [[nodiscard]] Bytes securityObject(BytesView file);
    [[nodiscard]] Bytes anotherKey(BytesView subjectPublicKeyInfo);
    void replaceKey(Bytes& file, BytesView subjectPublicKeyInfo);

    Pseudonyms& pseudonyms_;
    RandomSource& random_;
    // By what they stand for, in hexadecimal: public keys; hashes of files, with every hash algorithm.
    std::map<std::string, Bytes> keys_;
    std::map<std::string, Bytes> hashes_;
};

} // namespace cancuoc::trace
