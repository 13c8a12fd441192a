// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/access_key.hpp"
#include "host/access/card_session.hpp"
#include "host/base/random.hpp"

namespace cancuoc {

/// Basic Access Control, the terminal's side (Doc 9303-11, 4.3). The application must be selected.
class BasicAccessControl {
public:
    /// Both must outlive the object.
    BasicAccessControl(CardSession& session, RandomSource& random);

    /// Runs the protocol and starts secure messaging with 3DES. Random bytes are drawn for RND.IFD (8) first,
    /// then for K.IFD (16). Throws BadConfiguration when `key` is not the MRZ, WrongAccessKey when the chip
    /// refuses the keys or does not prove to know them, CardError when it refuses the protocol.
    void perform(const AccessKey& key);

private:
    [[nodiscard]] Bytes getChallenge();
    [[nodiscard]] Bytes externalAuthenticate(BytesView authenticationData);

    CardSession& session_;
    RandomSource& random_;
};

} // namespace cancuoc
