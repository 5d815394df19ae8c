import Corpus

/// Times the usable ways of forcing with all slots at work, on the work that they are chosen for.
struct Calibrator {
    /// A recited text shorter than this many tokens says nothing about speed.
    static let leastRecitedTokens = 4

    let scorer: ForcedScorer
    let slots: Int
    /// Where the windows of a run are scored too, so that what is timed is done by the same thread.
    let executor: LoopExecutor
    /// The n-th of any number of texts that the model does not know; their contexts differ, so that each has to be read,
    /// as in a run.
    let unlikely: @Sendable (_ number: Int) -> ForcingTarget
    /// The model's own greedy text.
    ///
    /// In a run its context has just been read for the reply that shows it to be that, so reading it is not timed.
    let recited: ForcingTarget

    /// Measures and chooses.
    ///
    /// - Parameter usable: Ways that passed the self-test.
    func run(usable: [ForcingWay]) async throws(InferenceError) -> Calibration {
        let ways = [ForcingWay.echo, .grammar, .freeRun, .single].filter(usable.contains)
        var contests: [Calibration.Regime: SpeedContest] = [:]
        for regime in Calibration.Regime.allCases {
            contests[regime] = SpeedContest(ways: ways, longestTurn: Self.longestTurn(of: regime))
        }
        var texts = 0
        var round = 0
        while true {
            let next = contests.mapValues(\.nextRound)
            guard next.values.contains(where: { !$0.isEmpty }) else { break }
            // There and back, so that who follows whom makes no difference, nor does a machine that slows down.
            for way in round.isMultiple(of: 2) ? ways : ways.reversed() {
                for regime in Calibration.Regime.allCases {
                    guard let turn = next[regime]?.first(where: { $0.way == way }) else { continue }
                    do throws(InferenceError) {
                        let (tokens, time) = try await hold(turn, regime, textsBefore: &texts)
                        contests[regime]?.record(turn, tokens: tokens, time: time)
                    } catch {
                        // A way that fails on this text may not be chosen; a server that is gone fails them all.
                        if error.isServerFault || error.isCancellation { throw error }
                        contests[regime]?.withdraw(way)
                    }
                }
            }
            round += 1
        }
        return Calibration(
            measurements: Calibration.Regime.allCases.flatMap { regime in
                (contests[regime]?.tallies ?? []).map {
                    Calibration.Measurement(way: $0.way, regime: regime, tokensPerSecond: $0.speed)
                }
            },
            unlikely: contests[.unlikely]?.winner ?? .single, recited: contests[.recited]?.winner ?? .single)
    }

    /// Slots that begin together with long replies and no context to read go on much as they begin, so a glance at those
    /// tells nearly as much as a turn.
    private static func longestTurn(of regime: Calibration.Regime) -> Duration {
        switch regime {
        case .unlikely: .seconds(5)
        case .recited: .seconds(1)
        }
    }

    /// Holds one turn.
    ///
    /// - Parameter texts: Number of unknown texts used so far.
    /// - Returns: Tokens scored on all slots together, and how long that took.
    private func hold(
        _ turn: SpeedContest.Turn, _ regime: Calibration.Regime, textsBefore texts: inout Int
    ) async throws(InferenceError) -> (tokens: Int, time: Duration) {
        let windows: [[ForcingTarget]]
        switch regime {
        case .unlikely:
            windows = (0..<slots).map { slot in
                (0..<turn.windows).map { unlikely(texts + slot * turn.windows + $0) }
            }
            texts += slots * turn.windows
        case .recited:
            windows = Array(repeating: Array(repeating: recited, count: turn.windows), count: slots)
            _ = try await score(Array(repeating: [recited], count: slots), .single, first: 1)
        }
        let clock = ContinuousClock()
        let start = clock.now
        let tokens = try await score(windows, turn.way)
        return (tokens, clock.now - start)
    }

    /// Scores the windows of each slot one after the other, on all slots at once.
    ///
    /// - Returns: Tokens scored on all slots together.
    private func score(
        _ windows: [[ForcingTarget]], _ way: ForcingWay, first count: Int? = nil
    ) async throws(InferenceError) -> Int {
        let outcomes = await withTaskGroup(of: Result<Int, InferenceError>.self) { group in
            for (slot, windows) in windows.enumerated() {
                group.addTask(executorPreference: executor) {
                    do throws(InferenceError) {
                        var tokens = 0
                        for window in windows {
                            let score = try await scorer.score(
                                window, first: count, way: way, slot: SlotID(rawValue: slot))
                            tokens += score.tokens.count
                        }
                        return .success(tokens)
                    } catch { return .failure(error) }
                }
            }
            var outcomes: [Result<Int, InferenceError>] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        var tokens = 0
        for outcome in outcomes { tokens += try outcome.get() }
        return tokens
    }
}
