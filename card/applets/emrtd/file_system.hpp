// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/access_condition.hpp"
#include "card/applets/emrtd/elementary_file.hpp"
#include "card/core/application_directory.hpp"
#include "card/core/command.hpp"
#include "card/core/response.hpp"
#include "card/core/status_word.hpp"
#include "card/storage/object_store.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cancuoc::card::emrtd {

/// The files of the master file and of the LDS application: selection and reading (Doc 9303-10, 3.6).
class FileSystem {
public:
    /// The store and the directory outlive the file system.
    FileSystem(const ObjectStore& store, const ApplicationDirectory& directory, AccessControl accessControl)
        : store_(&store), applicationDirectory_(&directory), accessControl_(accessControl) {}

    /// Makes `directory` the current one, with no current file.
    void enter(Directory directory);

    [[nodiscard]] Directory currentDirectory() const { return directory_; }

    /// SELECT by file identifier: the master file, or a file of the current directory (ISO/IEC
    /// 7816-4, 11.2.2).
    [[nodiscard]] StatusWord select(const Command& command, const AccessRights& rights, Response& response);

    /// READ BINARY with even instruction B0 (ISO/IEC 7816-4, 11.3.3).
    [[nodiscard]] StatusWord readBinary(const Command& command, const AccessRights& rights,
                                        Response& response);

    /// READ BINARY with odd instruction B1: offset in DO'54', data in DO'53' (ISO/IEC 7816-4, 11.3.3).
    [[nodiscard]] StatusWord readBinaryOdd(const Command& command, const AccessRights& rights,
                                           Response& response);

private:
    /// `whenMissing` answers for a file that is not there.
    [[nodiscard]] StatusWord checkAccess(const ElementaryFile* file, const AccessRights& rights,
                                         StatusWord whenMissing);
    [[nodiscard]] bool isPresent(const ElementaryFile& file) const;
    [[nodiscard]] std::size_t lengthOf(const ElementaryFile& file) const;
    [[nodiscard]] std::span<const std::uint8_t> builtContent(const ElementaryFile& file) const;
    [[nodiscard]] bool readContent(const ElementaryFile& file, std::size_t offset,
                                   std::span<std::uint8_t> output) const;
    [[nodiscard]] StatusWord selectFile(std::uint16_t identifier, const AccessRights& rights);
    [[nodiscard]] StatusWord describeCurrentFile(std::uint8_t templateTag, Response& response) const;
    [[nodiscard]] StatusWord read(const ElementaryFile& file, std::size_t offset, std::size_t count,
                                  Response& response);

    const ObjectStore* store_;
    const ApplicationDirectory* applicationDirectory_;
    AccessControl accessControl_;
    Directory directory_ = Directory::MasterFile;
    const ElementaryFile* file_ = nullptr;
};

} // namespace cancuoc::card::emrtd
