// SPDX-License-Identifier: Apache-2.0
#include "card/core/command_chain.hpp"

#include "card/crypto/memory.hpp"

#include <algorithm>

namespace cancuoc::card {

bool CommandChain::accepts(const Command& command) const {
    return open_ && (command.cla & ~chainingBit) == cla_ && command.ins == ins_ && command.p1 == p1_ &&
           command.p2 == p2_;
}

StatusWord CommandChain::append(const Command& command) {
    if (command.data.size() > bytes_.size() - size_) {
        reset();
        return StatusWord::WrongLength;
    }
    open_ = true;
    cla_ = static_cast<std::uint8_t>(command.cla & ~chainingBit);
    ins_ = command.ins;
    p1_ = command.p1;
    p2_ = command.p2;
    const auto place = bytes_.bytes().begin() + static_cast<std::ptrdiff_t>(size_);
    std::copy(command.data.begin(), command.data.end(), place);
    size_ += command.data.size();
    return StatusWord::Success;
}

void CommandChain::reset() {
    open_ = false;
    crypto::wipe(bytes_.bytes().first(size_));
    size_ = 0;
}

} // namespace cancuoc::card
