// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "personalization/cardface/face_renderer.hpp"
#include "personalization/intake/citizen_record.hpp"
#include "personalization/intake/pictures.hpp"
#include "personalization/station/floor_state.hpp"

namespace cancuoc::station {

/// Draws the faces of the cards at work, in a thread of its own, for a screen. Where cards come faster than
/// they can be drawn, only the newest is.
class FacePainter {
public:
    using Done = std::function<void(std::shared_ptr<const CardPicture>)>;

    /// @param layout a name or a file, see cardface::Layout::find; @param artwork its folder, may be empty
    /// @param done gets each card, on the painter's thread. A layout, a font or a card that cannot be drawn
    /// is
    ///        told as the problem of the picture.
    FacePainter(std::string layout, std::string artwork, Done done);
    FacePainter(const FacePainter&) = delete;
    FacePainter& operator=(const FacePainter&) = delete;

    /// Draws the card of that record next. Any thread may call it; it returns at once.
    void paint(const personalization::CitizenRecord& record, const personalization::Pictures& pictures);

private:
    struct Order {
        personalization::CitizenRecord record;
        personalization::Pictures pictures;
    };
    void prepare();
    void work(const std::stop_token& stop);
    [[nodiscard]] CardPicture draw(const Order& order) const;

    std::string layout_;
    std::string artwork_;
    Done done_;
    std::unique_ptr<cardface::FaceRenderer> renderer_; ///< of the thread; null: `problem_` says why
    std::string problem_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<Order> next_;
    std::jthread thread_; ///< last: it uses the others
};

} // namespace cancuoc::station
