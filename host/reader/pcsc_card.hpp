// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/reader/pcsc.hpp"
#include "host/reader/pcsc_context.hpp"
#include "host/reader/pcsc_features.hpp"

namespace cancuoc {

/// A card connected over PC/SC, with its transaction. Every call may take as long as the driver likes: used
/// on a CardThread only.
class PcscCard {
public:
    /// Connects to the card in the reader that chooseReader finds for `readerText`.
    PcscCard(std::string_view readerText, Sharing sharing);
    PcscCard(const PcscCard&) = delete;
    PcscCard& operator=(const PcscCard&) = delete;
    /// Gives the card back, reset.
    ~PcscCard();

    /// As Connection says.
    [[nodiscard]] Bytes transmit(BytesView command);
    void reset();
    /// Asks for the card's status: a transaction in which nothing happens for 5 seconds costs the card its
    /// power on Windows. What has become of the card shows at the next command.
    void keepAlive() noexcept;
    /// Gives `input` to the reader itself. Throws like transmit.
    [[nodiscard]] Bytes control(DWORD code, BytesView input);

    [[nodiscard]] const std::string& readerName() const { return readerName_; }
    [[nodiscard]] const Bytes& atr() const { return atr_; }
    [[nodiscard]] bool usesT1() const { return protocol_ == SCARD_PROTOCOL_T1; }
    [[nodiscard]] const PcscFeatures& features() const { return features_; }

private:
    void reconnect(DWORD initialization);
    void beginTransaction();
    void readAtr();
    [[noreturn]] void throwLost(LONG code) const;

    PcscContext context_;
    std::string readerName_;
    DWORD shareMode_;
    Bytes received_;
    SCARDHANDLE handle_ = 0;
    DWORD protocol_ = SCARD_PROTOCOL_UNDEFINED;
    unsigned cardChanges_ = 0; ///< ReaderInfo::cardChanges when the card was connected
    Bytes atr_;
    PcscFeatures features_;
};

} // namespace cancuoc
