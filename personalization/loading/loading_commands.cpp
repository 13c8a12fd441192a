// SPDX-License-Identifier: Apache-2.0
#include "personalization/loading/loading_commands.hpp"

#include "personalization/loading/create_file.hpp"

#include <algorithm>
#include <iterator>

namespace cancuoc::personalization {

namespace {

std::vector<CommandApdu> commandsOf(LoadingStep step, const CardImage& image, const LoadProfile& profile,
                                    const SecretEncryption& encryption, std::size_t maximumCommandData) {
    switch (step) {
    case LoadingStep::Files:
        return profile.files == FileCommands::CreateFile
                   ? createFileCommands(image, profile.groupings.cardAccess, maximumCommandData)
                   : storeFileCommands(image, profile.groupings, maximumCommandData);
    case LoadingStep::Secrets:
        return storeSecretCommands(image, profile.groupings, encryption, maximumCommandData);
    default:
        return {};
    }
}

} // namespace

std::vector<CommandApdu> loadingCommands(const CardImage& image, const LoadProfile& profile,
                                         const SecretEncryption& encryption, std::size_t maximumCommandData) {
    std::vector<CommandApdu> commands;
    for (const LoadingStep step : profile.steps) {
        auto part = commandsOf(step, image, profile, encryption, maximumCommandData);
        std::move(part.begin(), part.end(), std::back_inserter(commands));
    }
    numberBlocks(commands);
    return commands;
}

} // namespace cancuoc::personalization
