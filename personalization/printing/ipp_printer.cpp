// SPDX-License-Identifier: Apache-2.0
#include "personalization/printing/ipp_printer.hpp"

#include <cups/cups.h>
#include <cups/pwg.h>
#include <cups/raster.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <thread>

namespace cancuoc::printing {

namespace {

// In hundredths of a millimetre, as IPP counts (PWG 5100.7).
constexpr int cardWidth = 8560;
constexpr int cardHeight = 5398;

struct HttpCloser {
    void operator()(http_t* http) const { httpClose(http); }
};
struct IppCloser {
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using Message = std::unique_ptr<ipp_t, IppCloser>;

constexpr const char* pwgRaster = "image/pwg-raster";
constexpr const char* pdf = "application/pdf";

void addText(ipp_t* message, ipp_tag_t group, ipp_tag_t kind, const char* name, const char* value) {
    ippAddString(message, group, kind, name, nullptr, value);
}

// Exactly the card, and nothing of it left white or made to fit.
void addCardMedia(ipp_t* job, int dotsPerInch) {
    const Message size(ippNew());
    ippAddInteger(size.get(), IPP_TAG_JOB, IPP_TAG_INTEGER, "x-dimension", cardWidth);
    ippAddInteger(size.get(), IPP_TAG_JOB, IPP_TAG_INTEGER, "y-dimension", cardHeight);
    const Message media(ippNew());
    ippAddCollection(media.get(), IPP_TAG_JOB, "media-size", size.get());
    for (const char* margin :
         {"media-bottom-margin", "media-left-margin", "media-right-margin", "media-top-margin"}) {
        ippAddInteger(media.get(), IPP_TAG_JOB, IPP_TAG_INTEGER, margin, 0);
    }
    ippAddCollection(job, IPP_TAG_JOB, "media-col", media.get());
    addText(job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", "none");
    addText(job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", "two-sided-long-edge");
    ippAddResolution(job, IPP_TAG_JOB, "printer-resolution", IPP_RES_PER_INCH, dotsPerInch, dotsPerInch);
    ippAddInteger(job, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", 1);
}

ssize_t appendRaster(void* context, unsigned char* data, std::size_t length) {
    append(*static_cast<Bytes*>(context), BytesView(data, length));
    return static_cast<ssize_t>(length);
}

// A line of the card as the eye will see it: colour with resin over it.
void lineOf(const cardface::FaceRasters& face, std::size_t row, Bytes& line) {
    const auto& colour = face.of(cardface::Channel::Colour);
    const auto& resin = face.of(cardface::Channel::Resin);
    for (std::size_t x = 0; x < colour.width; ++x) {
        const bool isBlack = resin.data[row * resin.width + x] == 0;
        for (std::size_t part = 0; part < 3; ++part) {
            const std::size_t at = 3 * x + part;
            line[at] = isBlack ? std::uint8_t{0} : colour.data[row * colour.width * 3 + at];
        }
    }
}

Bytes rasterOf(const cardface::CardFaces& faces, int dotsPerInch) {
    Bytes file;
    cups_raster_t* const raster = cupsRasterOpenIO(&appendRaster, &file, CUPS_RASTER_WRITE_PWG);
    cups_page_header2_t header;
    pwg_media_t* const media = pwgMediaForSize(cardWidth, cardHeight);
    cupsRasterInitPWGHeader(&header, media, "srgb_8", dotsPerInch, dotsPerInch, "two-sided-long-edge",
                            "normal");
    const auto& first = faces.front.of(cardface::Channel::Colour);
    // Whole points, which the library cuts off and a card does not have.
    header.PageSize[0] = static_cast<unsigned>(std::lround(cardWidth / 2540.0 * 72));
    header.PageSize[1] = static_cast<unsigned>(std::lround(cardHeight / 2540.0 * 72));
    header.cupsWidth = first.width;
    header.cupsHeight = first.height;
    header.cupsBytesPerLine = first.width * 3;
    header.cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = 2;
    Bytes line(header.cupsBytesPerLine);
    for (const auto* face : {&faces.front, &faces.back}) {
        cupsRasterWriteHeader2(raster, &header);
        for (std::size_t row = 0; row < first.height; ++row) {
            lineOf(*face, row, line);
            cupsRasterWritePixels(raster, line.data(), header.cupsBytesPerLine);
        }
    }
    cupsRasterClose(raster);
    return file;
}

bool holds(ipp_t* message, const char* attribute, const char* value) {
    ipp_attribute_t* const found = ippFindAttribute(message, attribute, IPP_TAG_ZERO);
    return found != nullptr && ippContainsString(found, value) != 0;
}

bool holdsPart(ipp_t* message, const char* attribute, std::string_view part) {
    ipp_attribute_t* const found = ippFindAttribute(message, attribute, IPP_TAG_KEYWORD);
    for (int index = 0; found != nullptr && index < ippGetCount(found); ++index) {
        if (std::string_view(ippGetString(found, index, nullptr)).find(part) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

} // namespace

/// The way to the printer; each request has a connection of its own, because a card takes longer than
/// printers keep one open.
struct IppPrinter::Connection {
    std::string uri;
    std::string host;
    int port = 631;
    std::string resource;
    bool isEncrypted = false;

    [[nodiscard]] Message newRequest(ipp_op_t operation) const {
        Message request(ippNewRequest(operation));
        addText(request.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", uri.c_str());
        addText(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", "cancuoc");
        return request;
    }

    // The printer's answer. Throws PrinterTrouble when there is none, Error when it refuses.
    [[nodiscard]] Message ask(const Message& request, BytesView document = {}) const {
        constexpr int connectMilliseconds = 10'000;
        const std::unique_ptr<http_t, HttpCloser> http(
            httpConnect2(host.c_str(), port, nullptr, AF_UNSPEC,
                         isEncrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                         connectMilliseconds, nullptr));
        const auto length = ippLength(request.get()) + document.size();
        const bool isSent =
            http &&
            cupsSendRequest(http.get(), request.get(), resource.c_str(), length) == HTTP_STATUS_CONTINUE &&
            (document.empty() ||
             cupsWriteRequestData(http.get(), reinterpret_cast<const char*>(document.data()),
                                  document.size()) == HTTP_STATUS_CONTINUE);
        Message answer(isSent ? cupsGetResponse(http.get(), resource.c_str()) : nullptr);
        if (!answer) {
            throw PrinterTrouble(Trouble::Offline,
                                 "The printer does not answer; see whether it is on and connected.");
        }
        if (ippGetStatusCode(answer.get()) >= IPP_STATUS_ERROR_BAD_REQUEST) {
            throw Error(fmt::format("The printer refuses the card: {}.",
                                    ippErrorString(ippGetStatusCode(answer.get()))));
        }
        return answer;
    }
};

IppPrinter::IppPrinter(const std::string& uri, int dotsPerInch, std::chrono::seconds patience)
    : connection_(std::make_unique<Connection>()), dotsPerInch_(dotsPerInch), patience_(patience) {
    char scheme[32] = "";
    char user[256] = "";
    char host[256] = "";
    char resource[1024] = "";
    int port = 0;
    const auto status = httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme, sizeof scheme, user,
                                        sizeof user, host, sizeof host, &port, resource, sizeof resource);
    const std::string_view kind = scheme;
    if (status < HTTP_URI_STATUS_OK || (kind != "ipp" && kind != "ipps")) {
        throw BadConfiguration("A printer is named as ipp://HOST:PORT/ipp/print or ipps://…");
    }
    *connection_ = {uri, host, port, resource, kind == "ipps"};
}

IppPrinter::~IppPrinter() = default;

bool IppPrinter::takesRaster() const {
    const Message request = connection_->newRequest(IPP_OP_GET_PRINTER_ATTRIBUTES);
    return holds(connection_->ask(request).get(), "document-format-supported", pwgRaster);
}

void IppPrinter::doPrint(const CardPages& pages) {
    const bool asRaster = takesRaster();
    if (!asRaster && pages.pdf.empty()) {
        throw BadConfiguration("The printer takes no PWG raster, and the card comes without a PDF.");
    }
    const Message request = connection_->newRequest(IPP_OP_PRINT_JOB);
    addText(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", pages.job.c_str());
    addText(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format",
            asRaster ? pwgRaster : pdf);
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
    addCardMedia(request.get(), dotsPerInch_);
    const Message answer =
        connection_->ask(request, asRaster ? rasterOf(pages.faces, dotsPerInch_) : pages.pdf);
    ipp_attribute_t* const job = ippFindAttribute(answer.get(), "job-id", IPP_TAG_INTEGER);
    if (job == nullptr) {
        throw Error("The printer took a card and does not say as what job.");
    }
    waitFor(ippGetInteger(job, 0));
}

void IppPrinter::waitFor(int job) const {
    constexpr std::chrono::milliseconds interval(200);
    const auto end = std::chrono::steady_clock::now() + patience_;
    while (std::chrono::steady_clock::now() < end) {
        const Message request = connection_->newRequest(IPP_OP_GET_JOB_ATTRIBUTES);
        ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
        const Message answer = connection_->ask(request);
        ipp_attribute_t* const state = ippFindAttribute(answer.get(), "job-state", IPP_TAG_ENUM);
        const int value = state == nullptr ? 0 : ippGetInteger(state, 0);
        if (value == IPP_JSTATE_COMPLETED) {
            return;
        }
        if (value == IPP_JSTATE_ABORTED || value == IPP_JSTATE_CANCELED) {
            throw Error("The printer ended the job of a card before it was printed.");
        }
        std::this_thread::sleep_for(interval);
    }
    throw Error(fmt::format("A card is not printed after {} s; look at the printer.", patience_.count()));
}

std::vector<Trouble> IppPrinter::troubles() const {
    const Message request = connection_->newRequest(IPP_OP_GET_PRINTER_ATTRIBUTES);
    Message answer;
    try {
        answer = connection_->ask(request);
    } catch (const Error&) {
        return {Trouble::Offline};
    }
    constexpr std::pair<std::string_view, Trouble> reasons[] = {{"media-empty", Trouble::HopperEmpty},
                                                                {"media-needed", Trouble::HopperEmpty},
                                                                {"marker-supply-empty", Trouble::RibbonEnd},
                                                                {"media-jam", Trouble::Jam},
                                                                {"output-area-full", Trouble::RejectBinFull},
                                                                {"shutdown", Trouble::Offline},
                                                                {"offline", Trouble::Offline}};
    std::vector<Trouble> troubles;
    for (const auto& reason : reasons) {
        if (holdsPart(answer.get(), "printer-state-reasons", reason.first)) {
            troubles.push_back(reason.second);
        }
    }
    return troubles;
}

} // namespace cancuoc::printing
