// SPDX-License-Identifier: Apache-2.0
#include "personalization/line/personalization_line.hpp"

#include "personalization/issuance/card_builder.hpp"
#include "personalization/line/worker_lease.hpp"

#include <atomic>
#include <mutex>
#include <thread>

namespace cancuoc::personalization {

/// What the stations of one run share.
class PersonalizationLine::Run {
public:
    Run(const LineServices& services, const Observer& observer, const std::stop_token& stop)
        : services_(services), observer_(observer), stop_(stop),
          lease_(services.store, services.worker, [this](const LeaseLost& lost) {
              stopped_ = true;
              note("run", lost);
          }) {}

    /// Requests and blanks that were taken and not used go back to where they were.
    void end() { lease_.end(); }

    /// Decides about the chips that runs before left in the middle; `station` finds them.
    void recover(ChipStation& station) {
        CardProduction production(services_, nameOf(station));
        for (const OpenCard& card : services_.store.adoptOpenCards(lease_.worker(), services_.worker.lives)) {
            const auto chip =
                card.isVolatile ? nullptr : station.findAgain(card.serial, card.job.record.number);
            end(station, production.recover(card, chip.get()));
        }
    }

    /// The life of one station's thread.
    void work(ChipStation& station) {
        try {
            std::unique_ptr<InsertedChip> blank;
            while (!stopped_ && !stop_.stop_requested() && makeNext(station, blank)) {
            }
            if (blank != nullptr) {
                tellAudit(services_, {"blank-returned", nameOf(station), "", blank->serial()});
                services_.store.returnBlank(lease_.worker(), blank->serial());
                blank->giveBack();
            }
        } catch (const ReaderUnavailable& error) {
            note(nameOf(station), error);
        } catch (const NoCard& error) {
            note(nameOf(station), error);
        } catch (const std::exception& error) {
            stopped_ = true;
            note(nameOf(station), error);
        }
    }

    [[nodiscard]] RunResult result() const { return result_; }

private:
    /// Makes one card; false when there is nothing to do or nothing to do it with.
    bool makeNext(ChipStation& station, std::unique_ptr<InsertedChip>& blank) {
        const auto job = services_.store.claim(lease_.worker(), nameOf(station));
        if (!job) {
            return false;
        }
        if (blank == nullptr && !takeBlank(station, blank)) {
            services_.store.release(job->hold());
            return false;
        }
        const CardOutcome outcome = CardProduction(services_, nameOf(station)).make(*job, *blank);
        if (outcome.state != ChipState::Received) {
            blank.reset();
        }
        end(station, outcome);
        return true;
    }

    bool takeBlank(ChipStation& station, std::unique_ptr<InsertedChip>& blank) {
        auto inserted = station.insertBlank();
        if (inserted == nullptr) {
            return false;
        }
        tellAudit(services_, {"blank-received", nameOf(station), "", inserted->serial()});
        services_.store.receiveBlank(lease_.worker(), inserted->serial(), inserted->isVolatile(),
                                     nameOf(station));
        blank = std::move(inserted);
        tellStations(services_, {StationEvent::Kind::BlankTaken, nameOf(station), blank->serial()});
        return true;
    }

    [[nodiscard]] std::string nameOf(const ChipStation& station) const {
        return nameAmongMachines(services_.worker.machine, station.name());
    }

    void end(const ChipStation& station, const CardOutcome& outcome) {
        tell(outcome);
        tellStations(services_,
                     {StationEvent::Kind::CardEnded, nameOf(station), outcome.chipSerial, outcome.requestId});
    }

    void tell(const CardOutcome& outcome) {
        const std::lock_guard guard(mutex_);
        result_.goodCards += outcome.state == ChipState::Good ? 1 : 0;
        if (observer_) {
            observer_(outcome);
        }
    }

    void note(const std::string& where, const std::exception& error) {
        const std::lock_guard guard(mutex_);
        result_.errors.push_back(where + ": " + error.what());
    }

    const LineServices& services_;
    const Observer& observer_;
    const std::stop_token& stop_;
    std::atomic<bool> stopped_ = false; ///< by an error that no station would fare better with
    std::mutex mutex_;                  ///< of result_ and the observer
    RunResult result_;
    WorkerLease lease_; ///< its thread uses the members above
};

PersonalizationLine::PersonalizationLine(LineServices services, Observer observer)
    : services_(std::move(services)), observer_(std::move(observer)) {
    if (services_.profile.replacesKeys() && services_.issuerKeys == nullptr) {
        throw BadConfiguration("The load profile " + services_.profile.name +
                               " replaces the transport keys; give the issuer's keys.");
    }
}

RunResult PersonalizationLine::run(const std::vector<std::unique_ptr<ChipStation>>& stations,
                                   const std::stop_token& stop) {
    const auto start = std::chrono::steady_clock::now();
    tellAudit(services_, {"run-began", "", "", "", {{"stations", stations.size()}}});
    Run run(services_, observer_, stop);
    run.recover(*stations.front());
    std::vector<std::thread> threads;
    threads.reserve(stations.size());
    for (const auto& station : stations) {
        threads.emplace_back([&run, &station] { run.work(*station); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    run.end();
    RunResult result = run.result();
    result.elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    tellAudit(
        services_,
        {"run-ended", "", "", "", {{"good", result.goodCards}, {"stationsStopped", result.errors.size()}}});
    services_.store.recordRun(result.goodCards, result.elapsed);
    return result;
}

CardBuilder cardBuilder(const SecurityObjectSigner& signer, RandomSource& random,
                        const IssuingPolicy& policy) {
    return [&signer, &random, policy](const Job& job, BytesView chipSerial) {
        return buildCard(job.record, job.pictures, ChipKeys::generate(random), signer, chipSerial, policy);
    };
}

} // namespace cancuoc::personalization
