// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/core/configuration.hpp"
#include "card/crypto/secret_array.hpp"
#include "card/storage/flash.hpp"
#include "card/storage/wear_levelled_flash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card {

/// Names one object of the store: an elementary file, a key, a password or a state.
using ObjectIdentifier = std::uint16_t;

class Transaction;

/// The chip's persistent objects on flash. A short value lives in a log, a file's content in pages of a heap;
/// the log says which pages. Changes are made in a Transaction and become visible all together, by the one
/// flash word that its commit programs last. Whatever operation the power fails in, the next `open` finds the
/// state before or after it.
///
/// Layout, on pages whose wear is levelled: two log areas of `configuration::logAreaPages` pages, then the
/// heap. A log area is a word with a generation number and then entries, the first of them a snapshot of all
/// objects; of two whole areas the one with the higher generation counts. An area that is full, or whose end
/// a torn write has spoiled, is followed by a snapshot in the other one.
class ObjectStore {
public:
    /// The memory outlives the store. Nothing is read before `open`.
    explicit ObjectStore(Flash& flash);
    ObjectStore(const ObjectStore&) = delete;
    ObjectStore& operator=(const ObjectStore&) = delete;

    /// Finds the last committed state; called at every power-up. An erased memory becomes an empty store.
    /// False when the memory fails or holds neither a store nor the beginning of one; the store then has no
    /// objects and takes none.
    [[nodiscard]] bool open();

    /// Length in bytes of object `id`; nothing when there is no such object.
    [[nodiscard]] std::optional<std::size_t> length(ObjectIdentifier id) const;

    /// Reads `output.size()` bytes of object `id` from `offset` on; false when the object does not hold them
    /// all.
    [[nodiscard]] bool read(ObjectIdentifier id, std::size_t offset, std::span<std::uint8_t> output) const;

private:
    friend class Transaction;

    enum class Kind : std::uint8_t { Removal = 1, Value = 2, File = 3 };

    struct Object {
        ObjectIdentifier id = 0;
        Kind kind = Kind::Value;
        std::uint32_t address = 0;
        std::uint32_t length = 0;
    };

    /// A file whose content arrives in pieces. Its pages stay invisible until it is whole and committed.
    struct Upload {
        ObjectIdentifier id = 0;
        std::uint32_t address = 0;
        std::uint32_t length = 0;
        std::uint32_t received = 0;
        /// A key may come this way.
        crypto::SecretArray<configuration::flashWordSize> word;
    };

    class EntryWriter;

    [[nodiscard]] const Object* find(ObjectIdentifier id) const;
    [[nodiscard]] bool format();
    [[nodiscard]] bool replay(std::size_t area, std::uint32_t generation);
    [[nodiscard]] std::optional<std::size_t> entryEnd(std::size_t address, std::size_t areaEnd) const;
    [[nodiscard]] bool applyRecords(std::size_t entryAddress);
    [[nodiscard]] bool apply(const Object& object);

    [[nodiscard]] bool stage(Kind kind, ObjectIdentifier id, std::span<const std::uint8_t> content);
    void dropStaged();
    [[nodiscard]] std::optional<std::size_t> occupiedUntil(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::optional<std::uint32_t> allocate(std::size_t length) const;
    [[nodiscard]] bool beginUpload(ObjectIdentifier id, std::size_t length);
    [[nodiscard]] bool continueUpload(std::span<const std::uint8_t> content);
    [[nodiscard]] bool programUploadWord();
    [[nodiscard]] bool finishUpload();
    [[nodiscard]] bool commit();
    [[nodiscard]] bool appendEntry();
    [[nodiscard]] bool writeSnapshot();
    [[nodiscard]] bool writeRecord(EntryWriter& writer, const Object& object) const;

    WearLevelledFlash flash_;
    std::array<Object, configuration::maximumObjects> objects_{};
    std::size_t objectCount_ = 0;
    std::size_t activeArea_ = 0;
    std::uint32_t generation_ = 0;
    /// Where the next log entry goes; the area's end when nothing more may be appended there.
    std::size_t logEnd_ = 0;
    bool usable_ = false;
    /// Records of the open transaction, as they will stand in the log.
    std::array<std::uint8_t, configuration::transactionCapacity> staged_{};
    std::size_t stagedSize_ = 0;
    std::size_t stagedNewObjects_ = 0;
    std::optional<Upload> upload_;
};

/// Changes to the object store that become durable together, or not at all. At most one is open at a time.
class Transaction {
public:
    /// Opens a transaction on `store`, which outlives it.
    explicit Transaction(ObjectStore& store);
    /// Drops everything that was not committed, a file that was being uploaded included.
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// Stores a value of 0 to `configuration::maximumValueLength` bytes, in place of any object `id` there
    /// was. False when it is longer or the transaction or the store is full.
    [[nodiscard]] bool put(ObjectIdentifier id, std::span<const std::uint8_t> value);

    /// Removes object `id`; it need not exist. False when the transaction is full.
    [[nodiscard]] bool remove(ObjectIdentifier id);

    /// Begins a file of exactly `length` bytes, whose content `appendToFile` brings, in this transaction or
    /// in later ones. It takes the place of object `id` in the transaction that brings its last byte and
    /// commits. An earlier file that is not whole is dropped. False when there is no room.
    [[nodiscard]] bool beginFile(ObjectIdentifier id, std::size_t length);

    /// Brings the next bytes of the file begun last. False when there is none, they exceed its length, or the
    /// memory fails.
    [[nodiscard]] bool appendToFile(std::span<const std::uint8_t> content);

    /// Makes the changes durable and visible. False when the memory fails; nothing is changed then.
    [[nodiscard]] bool commit();

private:
    ObjectStore* store_;
    bool committed_ = false;
};

} // namespace cancuoc::card
