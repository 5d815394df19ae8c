import Audit
import Corpus
import Randomness

/// One run that was never made: what every document would have said, in the order of sending.
struct SimulatedRun {
    /// The seed in the run's plan.
    let seed: UInt64
    /// Number of pairs.
    let pairs: Int
    /// The pair of each document, or `nil` for those without a partner.
    let pairOf: [Int?]
    /// One outcome per document, in the order of sending.
    let outcomes: [DocumentOutcome]
}

/// Makes the runs of one scenario.
struct Simulator {
    private let scenario: Scenario
    private let seed: UInt64
    private let stream: String
    private let suspects: [DocumentID]
    private let controls: [DocumentID]

    /// Documents of either arm on which a prefix is chosen, for each that is tested.
    private static let learningShare = 0.4

    /// - Parameter stream: What tells this scenario's random choices from those of others.
    init(_ scenario: Scenario, seed: UInt64, stream: String) {
        self.scenario = scenario
        self.seed = seed
        self.stream = stream
        func names(_ tested: Int) -> [DocumentID] {
            let all =
                switch scenario.selection {
                case .learningFold: Int((Double(tested) / (1 - Self.learningShare)).rounded())
                case .none, .testedDocuments: tested
                }
            return (0..<all).map { DocumentID("\($0)") }
        }
        suspects = names(scenario.suspects)
        controls = names(scenario.controls)
    }

    /// Makes one run; the same number gives the same run.
    func run(_ number: Int) -> SimulatedRun {
        var generator = SeededGenerator(seed: seed, stream: "\(stream)/\(number)")
        let planSeed = generator.next()
        let suspectFolds = folds(suspects, .suspect, planSeed)
        let controlFolds = folds(controls, .control, planSeed)
        let suspectWindows = windows(suspectFolds.test, &generator)
        let controlWindows = windows(controlFolds.test, &generator)
        let order = PairedOrder(suspect: suspectWindows, control: controlWindows, seed: planSeed)
        let last = Double(max(1, order.documents.count - 1))
        let tested = order.documents.enumerated().map { place, document in
            Member(
                document: document,
                windows: (document.arm == .suspect ? suspectWindows : controlWindows)[document.document] ?? 0,
                effect: generator.nextNormal(), part: Double(place) / last)
        }
        let outcomes: [DocumentOutcome]
        switch scenario.selection {
        case .none:
            outcomes = tested.map { outcome($0, nil, &generator) }
        case .learningFold:
            let learning =
                members(suspectFolds.learning, .suspect, &generator)
                + members(controlFolds.learning, .control, &generator)
            let best = Self.best(Prefix.all.map { prefix in learning.map { outcome($0, prefix, &generator) } })
            outcomes = tested.map { outcome($0, Prefix.all[best], &generator) }
        case .testedDocuments:
            let all = Prefix.all.map { prefix in tested.map { outcome($0, prefix, &generator) } }
            outcomes = all[Self.best(all)]
        }
        return SimulatedRun(seed: planSeed, pairs: order.pairs, pairOf: order.pairOf, outcomes: outcomes)
    }

    /// A document that is about to be asked about.
    private struct Member {
        let document: ArmedDocument
        let windows: Int
        /// What its windows share, in standard deviations.
        let effect: Double
        /// The part of the run that is over.
        let part: Double
    }

    /// What a prefix does to every document, memorized or not.
    private struct Prefix {
        let rateFactor: Double
        let liftLn: Double

        static let all = (0..<20).map { Prefix(rateFactor: 0.5 + 0.05 * Double($0), liftLn: 0.1 * Double($0)) }
    }

    private func folds(_ names: [DocumentID], _ arm: Arm, _ seed: UInt64) -> (
        learning: [DocumentID], test: [DocumentID]
    ) {
        guard case .learningFold = scenario.selection, let fraction = LearningFraction(Self.learningShare) else {
            return ([], names)
        }
        let split = FoldSplit.split(documents: names, arm: arm, learningFraction: fraction, seed: seed)
        return (split.learning, split.test)
    }

    private func windows(_ names: [DocumentID], _ generator: inout SeededGenerator) -> [DocumentID: Int] {
        var windows: [DocumentID: Int] = [:]
        windows.reserveCapacity(names.count)
        for name in names {
            windows[name] =
                switch scenario.windows {
                case .same(let count): count
                case .upTo(let most): 1 + generator.next(below: most)
                }
        }
        return windows
    }

    private func members(_ names: [DocumentID], _ arm: Arm, _ generator: inout SeededGenerator) -> [Member] {
        let windows = windows(names, &generator)
        return names.map {
            Member(
                document: ArmedDocument(arm: arm, document: $0), windows: windows[$0] ?? 0,
                effect: generator.nextNormal(), part: 0.5)
        }
    }

    private func outcome(
        _ member: Member, _ prefix: Prefix?, _ generator: inout SeededGenerator
    ) -> DocumentOutcome {
        var model = WindowModel(
            rate: member.document.arm == .suspect ? scenario.suspectRate : scenario.controlRate,
            correlation: scenario.correlation, missing: scenario.missing, hasScores: scenario.hasScores)
        if let prefix {
            model.rate *= prefix.rateFactor
            model.meanLn += prefix.liftLn
        }
        if scenario.drift > 0 { model = model.drifted(member.part, strength: scenario.drift) }
        return model.outcome(member.document, windows: member.windows, effect: member.effect, &generator)
    }

    /// The place of the prefix whose mean ln p differs most between the arms, in favour of the suspects.
    private static func best(_ outcomes: [[DocumentOutcome]]) -> Int {
        func contrast(_ outcomes: [DocumentOutcome]) -> Double {
            func mean(_ arm: Arm) -> Double {
                let lns = outcomes.filter { $0.arm == arm }.compactMap(\.meanLn)
                return lns.isEmpty ? 0 : lns.reduce(0, +) / Double(lns.count)
            }
            return mean(.suspect) - mean(.control)
        }
        let contrasts = outcomes.map(contrast)
        return contrasts.indices.max { contrasts[$0] < contrasts[$1] } ?? 0
    }
}
