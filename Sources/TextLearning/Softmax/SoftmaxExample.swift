/// A text's features with the class, or the mixture of classes, that a model should predict for it.
public struct SoftmaxExample: Sendable, Hashable {
    /// The features of the text.
    public var features: HashedFeatures
    /// What should be predicted.
    public var target: SoftmaxTarget
    /// How much the example counts, 0 … 10⁶.
    public var weight: Double

    /// Puts an example together.
    public init(features: HashedFeatures, target: SoftmaxTarget, weight: Double = 1) {
        self.features = features
        self.target = target
        self.weight = weight
    }

    /// The range a ``weight`` may have.
    public static let allowedWeights = 0.0...1e6
}

/// What a model should predict for one example.
public enum SoftmaxTarget: Codable, Sendable, Hashable {
    /// One class, counted from 0.
    case only(Int)
    /// A share for each class, none negative and not all 0; shares are divided by their sum.
    case mixture([Double])

    /// The share of each class.
    func shares(classes: Int) throws(TextLearningError) -> [Double] {
        switch self {
        case .only(let chosen):
            guard chosen >= 0, chosen < classes else {
                throw .outOfRange(
                    name: "target class", value: Double(chosen), requirement: "between 0 and \(classes - 1)")
            }
            var shares = [Double](repeating: 0, count: classes)
            shares[chosen] = 1
            return shares
        case .mixture(let shares):
            guard shares.count == classes else {
                throw .lengthMismatch(
                    name: "target shares", count: shares.count, other: "classes", otherCount: classes)
            }
            let largest = shares.reduce(0) { max($0, $1) }
            for share in shares where !(share >= 0 && share.isFinite) {
                throw .outOfRange(name: "target share", value: share, requirement: "finite and not negative")
            }
            guard largest > 0 else {
                throw .outOfRange(name: "largest target share", value: largest, requirement: "above 0")
            }
            // Dividing by the largest first keeps the sum finite.
            let scaled = shares.map { $0 / largest }
            let sum = scaled.reduce(0, +)
            return scaled.map { $0 / sum }
        }
    }
}
