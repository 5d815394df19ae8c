/// How a softmax regression is trained.
public struct SoftmaxOptions: Codable, Sendable, Hashable {
    /// The strength λ of the pull towards zero, 10⁻⁶ … 10⁶, in units of examples of weight 1.
    public var penalty = 1.0
    /// The largest number of steps, at least 0.
    public var steps = 200
    /// Training ends when the gradient is this small compared with the total weight of the examples, above 0.
    public var tolerance = 1e-6

    /// λ = 1, up to 200 steps, tolerance 10⁻⁶.
    public init() {}
}

extension SoftmaxRegression {
    /// Trains a model.
    ///
    /// Minimises Σᵢ vᵢ Σₖ −tᵢₖ ln p(k | xᵢ) + λ/2 (‖w‖² + ‖b‖²) by L-BFGS (Liu and Nocedal, 1989), starting from zero. The
    /// objective is strictly convex, so there is one optimum, and nothing is random. Because of the penalty all weights
    /// are finite even when one class never occurs or the classes are separable.
    ///
    /// - Parameters:
    ///   - examples: The examples, all hashed by `hasher`; without any, every class is equally probable.
    ///   - classes: The number of classes, 1 … 65,536.
    ///   - hasher: The hasher that made the features and that the model will use.
    ///   - options: Penalty and when to stop.
    /// - Throws: ``TextLearningError`` for other hashing, targets that do not fit and numbers out of range.
    /// - Complexity: O(steps × (entries + places) × classes) time; memory for about 16 copies of the weights.
    public init(
        examples: [SoftmaxExample], classes: Int, hasher: FeatureHasher, options: SoftmaxOptions = SoftmaxOptions()
    ) throws(TextLearningError) {
        guard classes >= 1, classes <= Self.largestClassCount else {
            throw .outOfRange(
                name: "classes", value: Double(classes), requirement: "between 1 and \(Self.largestClassCount)")
        }
        guard options.penalty >= 1e-6, options.penalty <= 1e6 else {
            throw .outOfRange(name: "penalty", value: options.penalty, requirement: "between 1e-6 and 1e6")
        }
        guard options.steps >= 0 else {
            throw .outOfRange(name: "steps", value: Double(options.steps), requirement: "at least 0")
        }
        guard options.tolerance > 0, options.tolerance.isFinite else {
            throw .outOfRange(name: "tolerance", value: options.tolerance, requirement: "finite and above 0")
        }
        let objective = try SoftmaxObjective(
            examples: examples, classes: classes, hasher: hasher, penalty: options.penalty)
        let best = minimum(
            from: [Double](repeating: 0, count: objective.variables), steps: options.steps,
            tolerance: options.tolerance, of: objective.value)
        let split = objective.places.count * classes
        self.init(
            hasher: hasher, classes: classes, places: objective.places, weights: Array(best[..<split]),
            intercepts: Array(best[split...]))
    }
}

/// The penalised loss of a softmax regression on fixed examples, divided by their total weight when that is above 1.
///
/// The variables are the weights, class after class for each place, followed by the intercepts.
struct SoftmaxObjective {
    let places: [UInt32]
    private let classes: Int
    private let penalty: Double
    private let rows: [Row]

    private struct Row {
        var entries: [(row: Int, value: Double)]
        var shares: [Double]
        var weight: Double
    }

    /// The number of variables.
    var variables: Int { (places.count + 1) * classes }

    init(
        examples: [SoftmaxExample], classes: Int, hasher: FeatureHasher, penalty: Double
    ) throws(TextLearningError) {
        for example in examples {
            guard example.features.hasher == hasher else {
                throw .otherHashing(found: example.features.hasher, expected: hasher)
            }
            guard SoftmaxExample.allowedWeights.contains(example.weight) else {
                throw .outOfRange(name: "weight", value: example.weight, requirement: "between 0 and 1e6")
            }
        }
        var isSeen = [Bool](repeating: false, count: hasher.dimension)
        for example in examples where example.weight > 0 {
            for place in example.features.places { isSeen[Int(place)] = true }
        }
        var rowOf = [Int](repeating: 0, count: hasher.dimension)
        var places: [UInt32] = []
        for place in isSeen.indices where isSeen[place] {
            rowOf[place] = places.count
            places.append(UInt32(place))
        }
        // Dividing by less than 1 could overflow.
        let total = max(1, examples.reduce(0) { $0 + $1.weight })
        var rows: [Row] = []
        for example in examples {
            let shares = try example.target.shares(classes: classes)
            guard example.weight > 0 else { continue }
            let entries = zip(example.features.places, example.features.values)
                .map { (row: rowOf[Int($0)], value: Double($1)) }
            rows.append(Row(entries: entries, shares: shares, weight: example.weight / total))
        }
        self.places = places
        self.rows = rows
        self.classes = classes
        self.penalty = penalty / total
    }

    /// The loss at `variables`, and its gradient.
    func value(at variables: [Double], gradient: inout [Double]) -> Double {
        var value = 0.0
        for index in variables.indices {
            value += penalty / 2 * variables[index] * variables[index]
            gradient[index] = penalty * variables[index]
        }
        let constant = places.count * classes
        var scores = [Double](repeating: 0, count: classes)
        for example in rows {
            for index in 0..<classes { scores[index] = variables[constant + index] }
            for (row, entry) in example.entries {
                for index in 0..<classes { scores[index] += variables[row * classes + index] * entry }
            }
            // Σ t(ln Σ exp(s) − s), because the shares add up to 1.
            let expected = zip(example.shares, scores).reduce(0) { $0 + $1.0 * $1.1 }
            value += example.weight * (turnIntoProbabilities(&scores) - expected)
            for index in 0..<classes {
                scores[index] = example.weight * (scores[index] - example.shares[index])
                gradient[constant + index] += scores[index]
            }
            for (row, entry) in example.entries {
                for index in 0..<classes { gradient[row * classes + index] += scores[index] * entry }
            }
        }
        return value
    }
}
