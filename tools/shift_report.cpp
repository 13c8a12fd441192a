// SPDX-License-Identifier: Apache-2.0
#include "tools/shift_report.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

Json movementJson(const BlankMovement& blanks) {
    return {{"carriedIn", blanks.carriedIn}, {"received", blanks.received}, {"good", blanks.good},
            {"spoiled", blanks.spoiled},     {"returned", blanks.returned}, {"inProcess", blanks.inProcess}};
}

Json stationJson(const StationReport& station) {
    Json json{{"station", station.station}, {"blanks", movementJson(station.blanks)}};
    if (station.hasStock) {
        json["stock"] = {{"received", station.stock.received},
                         {"returned", station.stock.returned},
                         {"spoiled", station.stock.spoiled},
                         {"atHand", station.stock.atHand}};
    }
    return json;
}

Json orderJson(const OrderReport& order) {
    return {{"order", order.order},       {"blanks", movementJson(order.blanks)},
            {"requests", order.requests}, {"good", order.good},
            {"rejected", order.rejected}, {"inProcess", order.inProcess},
            {"waiting", order.waiting},   {"quarantined", order.quarantined}};
}

void printMovement(std::ostream& out, const std::string& name, const BlankMovement& blanks) {
    printText(out, "{:<28} {:>10} {:>9} {:>7} {:>8} {:>9} {:>11}\n", name, blanks.carriedIn, blanks.received,
              blanks.good, blanks.spoiled, blanks.returned, blanks.inProcess);
}

} // namespace

Json shiftReportJson(const ShiftReport& report) {
    Json stations = Json::array();
    for (const StationReport& station : report.stations) {
        stations.push_back(stationJson(station));
    }
    Json orders = Json::array();
    for (const OrderReport& order : report.orders) {
        orders.push_back(orderJson(order));
    }
    return {{"shift", report.shift},
            {"blanks", movementJson(report.blanks)},
            {"stations", stations},
            {"orders", orders},
            {"discrepancies", report.discrepancies},
            {"balances", report.discrepancies.empty()}};
}

void printShiftReport(std::ostream& out, const ShiftReport& report) {
    printText(out, "{:<28} carried in  received    good  spoiled  returned  in process\n",
              "Shift " + report.shift);
    for (const StationReport& station : report.stations) {
        printMovement(out, station.station, station.blanks);
    }
    printMovement(out, "all stations", report.blanks);
    for (const StationReport& station : report.stations) {
        if (station.hasStock) {
            printText(out, "Stock of {}: {} received, {} returned, {} spoiled; {} must be at hand.\n",
                      station.station, station.stock.received, station.stock.returned, station.stock.spoiled,
                      station.stock.atHand);
        }
    }
    for (const OrderReport& order : report.orders) {
        printText(
            out,
            "Order {}: {} requests, {} good, {} rejected, {} in process, {} waiting, {} quarantined; in this "
            "shift {} good, {} spoiled.\n",
            order.order, order.requests, order.good, order.rejected, order.inProcess, order.waiting,
            order.quarantined, order.blanks.good, order.blanks.spoiled);
    }
    for (const std::string& discrepancy : report.discrepancies) {
        printText(out, "NOT BALANCED: {}\n", discrepancy);
    }
    if (report.discrepancies.empty()) {
        out << "Every blank is accounted for.\n";
    }
}

} // namespace cancuoc::tools
