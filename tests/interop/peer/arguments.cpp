// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/peer/arguments.hpp"

#include "tests/interop/peer/apdu.hpp"

namespace peer {

bool Arguments::next() {
    if (++position_ >= count_) {
        return false;
    }
    name_ = arguments_[position_];
    return true;
}

std::string Arguments::value() {
    require(++position_ < count_, name_ + " needs a value");
    return arguments_[position_];
}

void Arguments::refuse() const {
    throw Failure("unknown option " + name_);
}

} // namespace peer
