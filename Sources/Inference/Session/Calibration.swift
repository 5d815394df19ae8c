import Corpus

/// How fast each way of forcing is on one server, and which to use.
public struct Calibration: Sendable, Hashable, Codable {
    /// The kinds of text that make the difference.
    public enum Regime: String, Sendable, Hashable, Codable, CaseIterable {
        /// Text that greedy decoding would not produce.
        case unlikely
        /// Text that greedy decoding produces token by token.
        case recited
    }

    /// One measured speed.
    public struct Measurement: Sendable, Hashable, Codable {
        /// The way that was timed.
        public let way: ForcingWay
        /// The kind of text it was timed on.
        public let regime: Regime
        /// Forced tokens per second with every slot at work.
        public let tokensPerSecond: Double
    }

    /// What was measured; empty when the ways were fixed without measuring.
    public let measurements: [Measurement]
    /// The way for text that the model is not expected to know.
    public let unlikely: ForcingWay
    /// The way for text that a greedy run has just reproduced.
    public let recited: ForcingWay

    /// Creates a calibration from its parts.
    public init(measurements: [Measurement], unlikely: ForcingWay, recited: ForcingWay) {
        self.measurements = measurements
        self.unlikely = unlikely
        self.recited = recited
    }

    /// The way for a regime.
    public func way(for regime: Regime) -> ForcingWay {
        switch regime {
        case .unlikely: unlikely
        case .recited: recited
        }
    }

    /// A choice that depends on what the server can do but not on the clock, so that a strict run replays.
    static func fixed(usable: [ForcingWay]) -> Calibration {
        let way = [ForcingWay.grammar, .single, .freeRun, .echo].first(where: usable.contains) ?? .single
        return Calibration(measurements: [], unlikely: way, recited: way)
    }
}

/// Times the usable ways of forcing with all slots at work.
struct Calibrator {
    /// Least time spent on one measurement.
    static let leastTime = Duration.milliseconds(250)
    /// A slower way is preferred when it is this close and needs fewer requests.
    static let indifference = 0.97
    /// A recited text shorter than this many tokens says nothing about speed.
    static let leastRecitedTokens = 4

    let scorer: ForcedScorer
    let slots: Int

    /// Measures and chooses.
    ///
    /// - Parameters:
    ///   - usable: Ways that passed the self-test.
    ///   - unlikely: A text that the model does not know; only its first tokens are forced.
    ///   - recited: The model's own greedy text.
    func run(
        usable: [ForcingWay], unlikely: ForcingTarget, recited: ForcingTarget
    ) async throws(InferenceError) -> Calibration {
        var measurements: [Calibration.Measurement] = []
        var chosen: [Calibration.Regime: ForcingWay] = [:]
        for regime in Calibration.Regime.allCases {
            let target = regime == .unlikely ? unlikely : recited
            var best: (way: ForcingWay, speed: Double)?
            // In order of the number of requests a way needs, so that near-ties go to the fewer.
            for way in [ForcingWay.echo, .grammar, .freeRun, .single] where usable.contains(way) {
                let speed: Double
                do throws(InferenceError) { speed = try await self.speed(of: way, on: target) } catch {
                    // A way that fails on this text may not be chosen; a server that is gone fails them all.
                    if error.isServerFault || error.isCancellation { throw error }
                    continue
                }
                measurements.append(.init(way: way, regime: regime, tokensPerSecond: speed))
                if best.map({ speed * Self.indifference > $0.speed }) ?? true { best = (way, speed) }
            }
            chosen[regime] = best?.way
        }
        return Calibration(
            measurements: measurements, unlikely: chosen[.unlikely] ?? .single, recited: chosen[.recited] ?? .single)
    }

    private func speed(of way: ForcingWay, on target: ForcingTarget) async throws(InferenceError) -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        var tokens = 0
        repeat {
            tokens += try await forceOnEverySlot(way, target)
        } while clock.now - start < Self.leastTime
        return Double(tokens) / ((clock.now - start) / .seconds(1))
    }

    private func forceOnEverySlot(_ way: ForcingWay, _ target: ForcingTarget) async throws(InferenceError) -> Int {
        let outcomes = await withTaskGroup(of: Result<Int, InferenceError>.self) { group in
            for slot in 0..<slots {
                group.addTask {
                    do throws(InferenceError) {
                        let score = try await scorer.score(target, way: way, slot: SlotID(rawValue: slot))
                        return .success(score.tokens.count)
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
