import Corpus
import RealModule
import Statistics
import TextLearning

extension PrefixPolicy {
    /// Learns a policy from the lifts seen on learning documents.
    ///
    /// **Objective.** The expected lift Σᵢ Σₖ p(k | xᵢ)·liftᵢₖ has no single optimum; its smooth stand-in is a softmax
    /// regression on the targets tᵢₖ ∝ exp(liftᵢₖ·m/τ) over the prompts known on document i, in which a document counts as
    /// much as choosing well is worth on it: its best lift minus its mean lift, divided by the mean of that over documents.
    ///
    /// **Suspects only.** The model never sees a control's lifts: a choice that was trained to raise suspects and not
    /// controls would learn to tell the arms apart by their texts, and the contrast would then be of the policy's making.
    ///
    /// **Pool.** The prompts are first reduced by greedy coverage, see `DiversePool`.
    ///
    /// **Fallback.** The whole procedure, pool and best single prompt included, is repeated without each of several folds,
    /// and the prompts it chooses on the documents left out are compared there with its best single prompt. The policy is
    /// kept when a sign-flip test finds the gain on suspects above 0 at the level, and the contrast of the gain (with
    /// controls taken off, where they are known) is above 0 too. Otherwise it is the single prompt.
    ///
    /// - Parameters:
    ///   - table: Scores of prompts on learning documents; unknown ones are allowed anywhere.
    ///   - texts: The text of each document's prefix, in the order of the table's documents.
    ///   - groups: The group of each document, for example of near-duplicates, which folds do not tear apart.
    ///   - options: See ``PolicyOptions``.
    ///   - seed: The seed of the folds and of the test.
    /// - Throws: ``PolicyError`` for texts or groups of another number and options out of range.
    /// - Complexity: O(folds × steps × (features of all texts) × pool).
    public init(
        learnedFrom table: LiftTable, texts: [String], groups: [Int]? = nil, options: PolicyOptions = PolicyOptions(),
        seed: UInt64
    ) throws(PolicyError) {
        let learner = try PolicyLearner(table: table, texts: texts, options: options)
        let everything = try learner.learn(from: learner.suspects)
        let universal = table.prompts[everything.universal]
        let estimate = try learner.estimate(groups: groups, seed: seed)
        var choice: Choice?
        if estimate.pValue <= options.level, (estimate.gain?.value ?? 0) > 0, let model = everything.model {
            choice = Choice(pool: everything.pool.map { table.prompts[$0] }, model: model)
        }
        self.init(universal: universal, choice: choice, estimate: estimate)
    }
}

/// A table with the features of its texts.
struct PolicyLearner {
    let table: LiftTable
    let options: PolicyOptions
    /// The places of the suspect documents.
    let suspects: [Int]
    private let features: [HashedFeatures]
    private let rows: [[Double?]]

    /// What is learned from some documents: places of prompts in the table.
    struct Learned {
        let universal: Int
        let pool: [Int]
        /// Nil when there was nothing to choose.
        let model: SoftmaxRegression?

        /// The prompt for features.
        func prompt(for features: HashedFeatures) -> Int {
            guard let probabilities = try? model?.probabilities(of: features) else { return universal }
            return pool[probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }]
        }
    }

    init(table: LiftTable, texts: [String], options: PolicyOptions) throws(PolicyError) {
        guard texts.count == table.documents.count else {
            throw .textsMismatch(texts: texts.count, documents: table.documents.count)
        }
        for (name, value, allowed) in [
            ("poolSize", Double(options.poolSize), 1.0...256), ("temperature", options.temperature, 1e-6...1e6),
            ("suffixTokens", Double(options.suffixTokens), 1...1e6), ("folds", Double(options.folds), 2...1e6),
            ("level", options.level, 0...1),
        ] where !allowed.contains(value) {
            throw .outOfRange(
                name: name, value: value, requirement: "between \(allowed.lowerBound) and \(allowed.upperBound)")
        }
        self.table = table
        self.options = options
        suspects = table.documents.indices.filter { table.documents[$0].arm == .suspect }
        features = texts.map { options.hasher.features(of: $0) }
        rows = table.documents.indices.map { document in
            table.prompts.indices.map { table.lift(prompt: $0, document: document)?.natsPerToken }
        }
    }

    /// Learns pool and model from some documents.
    func learn(from documents: [Int]) throws(PolicyError) -> Learned {
        let pool = DiversePool(
            rows: documents.map { rows[$0] }, prompts: table.prompts.count, size: options.poolSize)
        let examples = examples(from: documents, pool: pool.prompts)
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
    private func examples(from documents: [Int], pool: [Int]) -> [SoftmaxExample] {
        var examples: [SoftmaxExample] = []
        for document in documents {
            let lifts = pool.map { rows[document][$0] }
            let known = lifts.compactMap { $0 }
            guard known.count >= 2, let best = known.max(), !features[document].places.isEmpty else { continue }
            let shares = lifts.map { lift in
                lift.map { .exp(($0 - best) * Double(options.suffixTokens) / options.temperature) } ?? 0
            }
            let worth = best - known.reduce(0) { $0 + $1 / Double(known.count) }
            guard worth.isFinite else { continue }
            examples.append(
                SoftmaxExample(features: features[document], target: .mixture(shares), weight: worth))
        }
        let mean = examples.reduce(0) { $0 + $1.weight / Double(examples.count) }
        guard mean > 0, mean.isFinite else { return [] }
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
        guard folds.fold.count == documents.count else {
            throw .textsMismatch(texts: folds.fold.count, documents: documents.count)
        }
        guard folds.count >= 2 else { return .nothing }
        var gains = ArmLifts()
        var (policyLifts, universalLifts): ([Double], [Double]) = ([], [])
        var leftOut = 0
        for fold in 0..<folds.count {
            let learned = try learn(from: suspects.filter { folds.fold[$0] != fold })
            for document in documents where folds.fold[document] == fold {
                let chosen = learned.prompt(for: features[document])
                let arm = table.documents[document].arm
                guard let policy = rows[document][chosen], let universal = rows[document][learned.universal],
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
        let test = try? signFlipTest(gains.suspect, resamples: 1_999, seed: seed)
        return PolicyEstimate(
            policyLift: mean(policyLifts), universalLift: mean(universalLifts), gain: Contrast(gains),
            pValue: test?.pValue.value ?? 1, leftOut: leftOut)
    }

    private func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0) { $0 + $1 / Double(values.count) }
    }
}
