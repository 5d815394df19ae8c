import RealModule

/// A multinomial logistic regression on hashed word features: a text in, a probability for each class out.
///
/// p(k | x) = exp(w_k·x + b_k) / Σⱼ exp(w_j·x + b_j). Two classes are ordinary logistic regression. Weights are kept only
/// for features that occurred in training; any other feature of a text changes nothing. The model is data: it can be
/// stored, and reads texts in the same way ever after.
public struct SoftmaxRegression: Sendable, Hashable {
    /// What turns texts into features.
    public let hasher: FeatureHasher
    /// The number of classes.
    public let classes: Int
    /// The places that have weights, ascending.
    public let places: [UInt32]
    /// The weights, class after class for each of ``places``.
    public let weights: [Double]
    /// The constant term of each class.
    public let intercepts: [Double]

    /// The largest number of classes.
    public static let largestClassCount = 65_536
    /// The number of the stored form.
    public static let version = 1

    init(hasher: FeatureHasher, classes: Int, places: [UInt32], weights: [Double], intercepts: [Double]) {
        self.hasher = hasher
        self.classes = classes
        self.places = places
        self.weights = weights
        self.intercepts = intercepts
    }

    /// The probability of each class for a text.
    ///
    /// - Returns: As many probabilities as there are ``classes``; they are finite and add up to 1.
    /// - Complexity: O(words log words + features × (classes + log places)).
    public func probabilities(of text: String) -> [Double] {
        probabilities(ofOwn: hasher.features(of: text))
    }

    /// The probability of each class for features.
    ///
    /// - Throws: ``TextLearningError/otherHashing(found:expected:)`` when another hasher made the features.
    /// - Complexity: O(features × (classes + log places)).
    public func probabilities(of features: HashedFeatures) throws(TextLearningError) -> [Double] {
        guard features.hasher == hasher else { throw .otherHashing(found: features.hasher, expected: hasher) }
        return probabilities(ofOwn: features)
    }

    private func probabilities(ofOwn features: HashedFeatures) -> [Double] {
        var scores = intercepts
        for (place, value) in zip(features.places, features.values) {
            guard let row = row(of: place) else { continue }
            for index in 0..<classes { scores[index] += weights[row * classes + index] * Double(value) }
        }
        turnIntoProbabilities(&scores)
        return scores
    }

    /// Finds a place by halving.
    private func row(of place: UInt32) -> Int? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = low + (high - low) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] == place ? low : nil
    }
}

/// Replaces scores by their softmax.
///
/// - Returns: ln Σ exp(score), in nats.
@discardableResult
func turnIntoProbabilities(_ scores: inout [Double]) -> Double {
    let largest = scores.reduce(-.infinity) { max($0, $1) }
    var sum = 0.0
    for index in scores.indices {
        scores[index] = .exp(scores[index] - largest)
        sum += scores[index]
    }
    for index in scores.indices { scores[index] /= sum }
    return largest + .log(sum)
}

extension SoftmaxRegression: Codable {
    private enum CodingKeys: String, CodingKey { case version, hasher, classes, places, weights, intercepts }

    /// The largest weight a stored model may have; training cannot reach it.
    private static let largestWeight = 1e12

    /// Reads a stored model and checks that its parts fit together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func refuse(_ key: CodingKeys, _ reason: String) -> DecodingError {
            .dataCorruptedError(forKey: key, in: container, debugDescription: reason)
        }
        let version = try container.decode(Int.self, forKey: .version)
        guard version == Self.version else {
            throw refuse(.version, "this is form \(version) of a text model; form \(Self.version) can be read")
        }
        hasher = try container.decode(FeatureHasher.self, forKey: .hasher)
        classes = try container.decode(Int.self, forKey: .classes)
        places = try container.decode([UInt32].self, forKey: .places)
        weights = try container.decode([Double].self, forKey: .weights)
        intercepts = try container.decode([Double].self, forKey: .intercepts)
        guard classes >= 1, classes <= Self.largestClassCount, intercepts.count == classes else {
            throw refuse(.classes, "\(classes) classes and \(intercepts.count) intercepts do not fit together")
        }
        guard zip(places, places.dropFirst()).allSatisfy(<), (places.last ?? 0) < hasher.dimension else {
            throw refuse(.places, "places must ascend and stay below \(hasher.dimension)")
        }
        guard weights.count == places.count * classes else {
            throw refuse(
                .weights, "\(places.count) places × \(classes) classes need as many weights, not \(weights.count)")
        }
        guard (weights + intercepts).allSatisfy({ abs($0) <= Self.largestWeight }) else {
            throw refuse(.weights, "every weight must be finite and at most \(Self.largestWeight) in size")
        }
    }

    /// Writes the model with the number of its form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(hasher, forKey: .hasher)
        try container.encode(classes, forKey: .classes)
        try container.encode(places, forKey: .places)
        try container.encode(weights, forKey: .weights)
        try container.encode(intercepts, forKey: .intercepts)
    }
}
