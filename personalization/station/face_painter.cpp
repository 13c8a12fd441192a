// SPDX-License-Identifier: Apache-2.0
#include "personalization/station/face_painter.hpp"

#include <exception>

#include "personalization/cardface/card_content.hpp"
#include "personalization/cardface/layout.hpp"

namespace cancuoc::station {

namespace {
constexpr int dotsPerInch = 300; // a face of 1011 x 638 pixels is as large as a screen shows it
}

FacePainter::FacePainter(std::string layout, std::string artwork, Done done)
    : layout_(std::move(layout)), artwork_(std::move(artwork)), done_(std::move(done)),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void FacePainter::paint(const personalization::CitizenRecord& record,
                        const personalization::Pictures& pictures) {
    {
        const std::lock_guard guard(mutex_);
        next_ = Order{record, pictures};
    }
    changed_.notify_one();
}

// Fonts and what is on every card take their time: before the first card comes.
void FacePainter::prepare() {
    try {
        renderer_ =
            std::make_unique<cardface::FaceRenderer>(cardface::Layout::find(layout_), dotsPerInch, artwork_);
    } catch (const std::exception& error) {
        problem_ = error.what();
    }
}

void FacePainter::work(const std::stop_token& stop) {
    prepare();
    while (!stop.stop_requested()) {
        std::optional<Order> order;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return next_.has_value(); })) {
                return;
            }
            order = std::move(next_);
            next_.reset();
        }
        done_(std::make_shared<const CardPicture>(draw(*order)));
    }
}

CardPicture FacePainter::draw(const Order& order) const {
    CardPicture picture{.requestId = order.record.requestId,
                        .number = order.record.number,
                        .fullName = order.record.fullName,
                        .portrait = {},
                        .front = {},
                        .back = {},
                        .problem = problem_};
    if (renderer_ == nullptr) {
        return picture;
    }
    try {
        const auto content = cardface::contentOf(order.record, order.pictures, renderer_->layout().qrProfile);
        if (const auto portrait = content.pictures.find("portrait"); portrait != content.pictures.end()) {
            picture.portrait = portrait->second;
        }
        const auto faces = renderer_->render(content);
        picture.front = renderer_->preview(faces.front, content, cardface::Side::Front);
        picture.back = renderer_->preview(faces.back, content, cardface::Side::Back);
    } catch (const std::exception& error) {
        picture.problem = error.what();
    }
    return picture;
}

} // namespace cancuoc::station
