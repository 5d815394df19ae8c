import Corpus
import RealModule
import TextLearning

extension PrefixPolicy {
    /// Learns a policy from the lifts seen on learning documents.
    ///
    /// **Objective.** The expected lift Σᵢ Σₖ p(k | xᵢ)·liftᵢₖ has no single optimum; its smooth stand-in is a softmax
    /// regression on the targets tᵢₖ ∝ exp(liftᵢₖ·m/τ) over the prompts known on document i, in which a document counts
    /// as much as choosing well is worth on it: its best lift minus its mean lift, divided by the mean of that over
    /// documents.
    ///
    /// **Suspects only.** The model never sees a control: a choice that was trained to raise suspects and not controls
    /// would learn to tell the arms apart by their texts, and the contrast would then be of the policy's making. What
    /// controls do say is how much a prompt lifts any text: each prompt's mean lift on controls is taken off its lifts,
    /// the same for every document.
    ///
    /// **Pool.** The prompts are first reduced by greedy coverage, see `DiversePool`.
    ///
    /// **Fallback.** The whole procedure is repeated without each of several folds, and the prompts it chooses on the
    /// documents left out are compared there with the best single prompt. The policy is kept when ``FinalChoice`` finds
    /// the differences good enough; otherwise it is the single prompt.
    ///
    /// - Parameters:
    ///   - table: Scores of prompts on learning documents; unknown ones are allowed anywhere.
    ///   - texts: The text of each document's prefix, in the order of the table's documents.
    ///   - universal: The winner of a race, which the policy is compared with and falls back on. Without one it is
    ///     compared with the prompt that has the largest mean lift in each learning part, those on controls taken off,
    ///     and falls back on the empty prompt, since no race has shown that another is any good.
    ///   - groups: The group of each document, for example of near-duplicates, which folds do not tear apart.
    ///   - options: See ``PolicyOptions``.
    ///   - seed: The seed of the folds and of the test.
    /// - Throws: ``PolicyError`` for texts or groups of another number, options out of range and a prompt that is not
    ///   in the table.
    /// - Complexity: O(folds × steps × (features of all texts) × pool).
    public init(
        learnedFrom table: LiftTable, texts: [String], universal: PromptID? = nil, groups: [Int]? = nil,
        options: PolicyOptions = PolicyOptions(), seed: UInt64
    ) throws(PolicyError) {
        if let universal, table.place(of: universal) == nil { throw .unknownPrompt(universal) }
        let learner = try PolicyLearner(
            table: table, texts: texts, universal: universal.flatMap { table.place(of: $0) }, options: options)
        let everything = try learner.learn(from: Array(table.documents.indices))
        let estimate = try learner.estimate(groups: groups, seed: seed)
        var choice: Choice?
        if estimate.finding?.isPassed == true, let model = everything.model {
            choice = Choice(pool: everything.pool.map { table.prompts[$0] }, model: model)
        }
        self.init(universal: universal ?? .none, choice: choice, estimate: estimate)
    }
}

/// A table with the features of its texts.
struct PolicyLearner {
    let table: LiftTable
    let options: PolicyOptions
    private let universal: Int?
    private let features: [HashedFeatures]

    /// What is learned from some documents: places of prompts in the table.
    struct Learned {
        let universal: Int
        let pool: [Int]
        /// Nil when there was nothing to choose.
        let model: SoftmaxRegression?

        /// The prompt for features.
        func prompt(for features: HashedFeatures) -> Int {
            guard let probabilities = try? model?.probabilities(of: features) else { return universal }
            return pool[placeOfLargest(probabilities)]
        }
    }

    init(table: LiftTable, texts: [String], universal: Int?, options: PolicyOptions) throws(PolicyError) {
        guard texts.count == table.documents.count else {
            throw .textsMismatch(texts: texts.count, documents: table.documents.count)
        }
        for (name, value, allowed) in [
            ("poolSize", Double(options.poolSize), 1.0...256), ("temperature", options.temperature, 1e-6...1e6),
            ("suffixTokens", Double(options.suffixTokens), 1...1e6), ("folds", Double(options.folds), 2...1e6),
        ] where !allowed.contains(value) {
            throw .outOfRange(
                name: name, value: value, requirement: "between \(allowed.lowerBound) and \(allowed.upperBound)")
        }
        self.table = table
        self.options = options
        self.universal = universal
        features = texts.map { options.hasher.features(of: $0) }
    }

    /// Learns pool and model from some documents of both arms.
    func learn(from documents: [Int]) throws(PolicyError) -> Learned {
        let own = OwnLifts(table, among: documents)
        let pool = DiversePool(
            rows: own.rows, prompts: table.prompts.count, universal: universal, size: options.poolSize)
        let examples = examples(of: own, pool: pool.prompts)
        guard pool.prompts.count > 1, !examples.isEmpty else {
            return Learned(universal: pool.universal, pool: pool.prompts, model: nil)
        }
        var training = SoftmaxOptions()
        training.penalty = options.penalty
        training.steps = 60
        training.tolerance = 1e-4
        do {
            let model = try SoftmaxRegression(
                examples: examples, classes: pool.prompts.count, hasher: options.hasher, options: training)
            return Learned(universal: pool.universal, pool: pool.prompts, model: model)
        } catch {
            throw .textModel(error)
        }
    }

    /// Documents with at least two known prompts, as examples of soft choices.
    private func examples(of own: OwnLifts, pool: [Int]) -> [SoftmaxExample] {
        var examples: [SoftmaxExample] = []
        for (document, row) in zip(own.documents, own.rows) {
            let lifts = pool.map { row[$0] }
            let known = lifts.compactMap { $0 }
            guard known.count >= 2, let best = known.max(), !features[document].places.isEmpty else { continue }
            let shares = lifts.map { lift in
                lift.map { .exp(($0 - best) * Double(options.suffixTokens) / options.temperature) } ?? 0
            }
            // Rounding may leave a hair below 0 of equal lifts.
            let worth = max(0, best - known.reduce(0) { $0 + $1 / Double(known.count) })
            examples.append(SoftmaxExample(features: features[document], target: .mixture(shares), weight: worth))
        }
        let mean = examples.reduce(0) { $0 + $1.weight / Double(examples.count) }
        guard mean > 0 else { return [] }
        return examples.map { example in
            var example = example
            example.weight = min(example.weight / mean, SoftmaxExample.allowedWeights.upperBound)
            return example
        }
    }

    /// Compares the procedure with its best single prompt on documents left out.
    func estimate(groups: [Int]?, seed: UInt64) throws(PolicyError) -> PolicyEstimate {
        let documents = Array(table.documents.indices)
        let folds: GroupedFolds
        do {
            folds = try GroupedFolds(
                groups: groups ?? documents, labels: table.documents.map { $0.arm == .suspect ? 1 : 0 },
                count: options.folds, seed: seed)
        } catch {
            throw .textModel(error)
        }
        guard folds.count >= 2 else { return .nothing }
        var gains = ArmLifts()
        var (policyLifts, universalLifts): ([Double], [Double]) = ([], [])
        var leftOut = 0
        for fold in 0..<folds.count {
            let learned = try learn(from: documents.filter { folds.fold[$0] != fold })
            for document in documents where folds.fold[document] == fold {
                let chosen = learned.prompt(for: features[document])
                let arm = table.documents[document].arm
                guard let policy = lift(chosen, document), let universal = lift(learned.universal, document),
                    let gain = Lift(with: policy, without: universal)
                else {
                    if arm == .suspect { leftOut += 1 }
                    continue
                }
                gains.append(gain, of: arm)
                if arm == .suspect {
                    policyLifts.append(policy)
                    universalLifts.append(universal)
                }
            }
        }
        return PolicyEstimate(
            policyLift: mean(policyLifts), universalLift: mean(universalLifts),
            finding: options.rule.finding(on: gains),
            leftOut: leftOut)
    }

    private func lift(_ prompt: Int, _ document: Int) -> Double? {
        table.lift(prompt: prompt, document: document)?.value
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0) { $0 + $1 / Double(values.count) }
    }
}
