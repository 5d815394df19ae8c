/// One score made of several, learned on one fold of documents and usable on others.
///
/// Every feature is cut to the range between its 2.5 % and 97.5 % quantiles, centred and divided by its standard
/// deviation; a missing value becomes 0, the mean. All of these numbers come from the learning fold with its arms pooled,
/// and the weights are those of a logistic regression (suspect against control) with a ridge penalty on the same fold, as
/// in LLM dataset inference (Maini and others, 2024) but without its leaks: nothing is taken from the test fold, no
/// document is dropped, and both arms are treated alike. Features that never vary in the learning fold get the weight 0.
public struct ScoreAggregate: Sendable, Hashable, Codable {
    /// How one feature enters.
    public struct Term: Sendable, Hashable, Codable {
        /// Values below are raised to this.
        public let lowest: Double
        /// Values above are lowered to this.
        public let highest: Double
        /// The mean after cutting.
        public let centre: Double
        /// The standard deviation after cutting; 0 for a feature that is not used.
        public let scale: Double
        /// The change of the log-odds of being suspect per standard deviation.
        public let weight: Double
    }

    /// One term per feature, in the order of the table.
    public let terms: [Term]
    /// The penalty λ on the squared weights.
    public let penalty: Double

    /// The share that is cut at either end.
    public static let cut = 0.025

    /// Learns an aggregate.
    ///
    /// - Parameters:
    ///   - fold: The learning fold.
    ///   - penalty: λ, above 0 and finite.
    /// - Throws: ``StatisticsError`` when an arm is missing or the penalty is out of range.
    /// - Complexity: O(features × documents log documents + steps × documents × features²).
    public init(_ fold: LearningFold, penalty: Double = 1) throws(StatisticsError) {
        try Require.positive(penalty, "penalty")
        for (name, rows) in [
            ("suspect documents to learn from", fold.suspect), ("control documents to learn from", fold.control),
        ]
        where rows.isEmpty {
            throw .sampleTooSmall(name: name, count: 0, minimum: 1)
        }
        let rows = fold.suspect + fold.control
        let width = rows[0].count
        let unweighted = (0..<width).map { feature in Self.term(rows.compactMap { $0[feature] }) }
        let used = unweighted.indices.filter { unweighted[$0].scale > 0 }
        var weights = Array(repeating: 0.0, count: width)
        if !used.isEmpty {
            let model = try RidgeLogistic(
                first: fold.suspect.map { row in used.map { unweighted[$0].standardized(row[$0]) } },
                second: fold.control.map { row in used.map { unweighted[$0].standardized(row[$0]) } },
                penalty: penalty)
            for (feature, weight) in zip(used, model.weights) { weights[feature] = weight }
        }
        terms = zip(unweighted, weights).map { term, weight in
            Term(
                lowest: term.lowest, highest: term.highest, centre: term.centre, scale: term.scale, weight: weight)
        }
        self.penalty = penalty
    }

    /// The aggregate of one document: its log-odds of being suspect, up to a constant.
    ///
    /// - Parameter row: One value per feature; values beyond ``terms`` are ignored and lacking ones are missing.
    public func score(_ row: [Double?]) -> Double {
        zip(terms, row).map { $0.weight * $0.standardized($1) }.compensatedSum
    }

    /// Range, mean and standard deviation of a feature.
    private static func term(_ values: [Double]) -> Term {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last, first < last else {
            return Term(
                lowest: sorted.first ?? 0, highest: sorted.first ?? 0, centre: sorted.first ?? 0, scale: 0, weight: 0)
        }
        let (lowest, highest) = (quantile(sorted, cut), quantile(sorted, 1 - cut))
        let inside = sorted.map { min(max($0, lowest), highest) }
        let mean = inside.compensatedSum / Double(inside.count)
        let variance = inside.map { ($0 - mean) * ($0 - mean) }.compensatedSum / Double(inside.count - 1)
        // Differences that rounding alone can make are none.
        let isFlat = variance.squareRoot() <= 1e-12 * max(abs(lowest), abs(highest))
        return Term(
            lowest: lowest, highest: highest, centre: mean, scale: isFlat ? 0 : variance.squareRoot(), weight: 0)
    }

    /// The quantile by linear interpolation between order statistics (Hyndman and Fan, 1996, type 7).
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place.rounded(.down))
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}

extension ScoreAggregate.Term {
    /// The cut value in standard deviations from the mean; 0 where it is missing or the feature is not used.
    func standardized(_ value: Double?) -> Double {
        guard let value, scale > 0 else { return 0 }
        return (min(max(value, lowest), highest) - centre) / scale
    }
}
