// SPDX-License-Identifier: Apache-2.0
#include "personalization/globalplatform/cap_file.hpp"

#include "host/base/error.hpp"
#include "personalization/archive/zip_archive.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace cancuoc::personalization {

namespace {

/// A component's name and tag (JCVM 3.0.5, Table 6-1).
struct Component {
    const char* name;
    std::uint8_t tag;
    bool required;
};

// In the order of loading (6.2).
constexpr std::array<Component, 10> loadedComponents{{{"Header", 1, true},
                                                      {"Directory", 2, true},
                                                      {"Import", 4, true},
                                                      {"Applet", 3, false},
                                                      {"Class", 6, true},
                                                      {"Method", 7, true},
                                                      {"StaticField", 8, true},
                                                      {"Export", 10, false},
                                                      {"ConstantPool", 5, true},
                                                      {"RefLocation", 9, true}}};

[[noreturn]] void refuse(const std::string& what) {
    throw MalformedData("The CAP file " + what + ".");
}

ZipArchive openArchive(BytesView bytes) {
    if (bytes.size() > CapFile::maximumArchiveSize) {
        refuse("has more than 1 MB");
    }
    auto archive = ZipArchive::open(bytes, ZipArchive::Consistency::AsItIs);
    if (!archive) {
        refuse("is no ZIP archive");
    }
    return *std::move(archive);
}

/// The bytes of one component, read one field after another.
class ComponentReader {
public:
    ComponentReader(const char* name, BytesView bytes) : name_(name), rest_(bytes) {}

    [[nodiscard]] BytesView take(std::size_t size) {
        if (size > rest_.size()) {
            refuseComponent("is cut off");
        }
        const BytesView part = rest_.first(size);
        rest_ = rest_.subspan(size);
        return part;
    }
    [[nodiscard]] std::uint8_t takeByte() { return take(1).front(); }
    [[nodiscard]] std::size_t takeShort() { return static_cast<std::size_t>(fromBigEndian(take(2))); }

    [[nodiscard]] Bytes takeIdentifier() {
        const std::size_t size = takeByte();
        if (size < 5 || size > 16) {
            refuseComponent("holds an application identifier of " + std::to_string(size) + " bytes");
        }
        return toBytes(take(size));
    }
    // 6.4: minor version, major version, identifier
    [[nodiscard]] CapPackage takePackage() {
        CapPackage package;
        package.minorVersion = takeByte();
        package.majorVersion = takeByte();
        package.identifier = takeIdentifier();
        return package;
    }
    [[noreturn]] void refuseComponent(const std::string& what) const {
        refuse(std::string("has a component ") + name_ + " that " + what);
    }
    [[nodiscard]] std::size_t remaining() const { return rest_.size(); }

private:
    const char* name_;
    BytesView rest_;
};

// 6.1: tag and size of every component
std::optional<ComponentReader> openComponent(const CapComponents& components, const Component& component) {
    const auto found = components.find(component.name);
    if (found == components.end()) {
        if (component.required) {
            refuse(std::string("has no component ") + component.name);
        }
        return std::nullopt;
    }
    ComponentReader reader(component.name, found->second);
    if (reader.takeByte() != component.tag || reader.takeShort() != reader.remaining()) {
        reader.refuseComponent("does not begin with its tag and size");
    }
    return reader;
}

} // namespace

CapComponents readCapComponents(BytesView bytes) {
    const ZipArchive archive = openArchive(bytes);
    if (archive.count() > CapFile::maximumEntries) {
        refuse("has more than 256 entries");
    }
    constexpr std::string_view suffix = ".cap";
    CapComponents components;
    for (std::uint64_t index = 0; index < archive.count(); ++index) {
        const auto entry = archive.entry(index);
        if (!entry) {
            refuse("is damaged");
        }
        const std::string_view path = entry->name;
        if (!path.ends_with(suffix)) {
            continue;
        }
        const std::string_view file = path.substr(path.rfind('/') + 1);
        const std::string name(file.substr(0, file.size() - suffix.size()));
        if (entry->size > CapFile::maximumComponentSize) {
            refuse("has a component of more than 65538 bytes");
        }
        auto content = archive.read(index, entry->size);
        if (!content) {
            refuse("is damaged");
        }
        if (!components.emplace(name, *std::move(content)).second) {
            refuse("holds the component " + name + " twice; one package at a time");
        }
    }
    return components;
}

CapFile::CapFile(CapComponents components) : components_(std::move(components)) {
    for (const Component& component : loadedComponents) {
        auto reader = openComponent(components_, component);
        if (!reader) {
            continue;
        }
        const std::string_view name = component.name;
        if (name == "Header") { // 6.4
            static const Bytes magic = fromHex("DECAFFED");
            if (!equal(reader->take(magic.size()), magic)) {
                reader->refuseComponent("does not hold the magic number");
            }
            const std::uint8_t minor = reader->takeByte();
            formatVersion_ = std::to_string(reader->takeByte()) + "." + std::to_string(minor);
            static_cast<void>(reader->takeByte()); // flags
            package_ = reader->takePackage();
        } else if (name == "Applet") { // 6.6
            for (std::uint8_t left = reader->takeByte(); left > 0; --left) {
                applets_.push_back(reader->takeIdentifier());
                static_cast<void>(reader->takeShort()); // offset of the install method
            }
        } else if (name == "Import") { // 6.7
            for (std::uint8_t left = reader->takeByte(); left > 0; --left) {
                imports_.push_back(reader->takePackage());
            }
        }
    }
}

CapFile CapFile::decode(BytesView archive) {
    return CapFile(readCapComponents(archive));
}

Bytes CapFile::loadFileData() const {
    Bytes data;
    for (const Component& component : loadedComponents) {
        const auto found = components_.find(component.name);
        if (found != components_.end()) {
            append(data, found->second);
        }
    }
    return data;
}

} // namespace cancuoc::personalization
