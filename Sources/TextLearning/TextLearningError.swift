/// Why a function of this module refused its input.
///
/// Every case names the argument and what would be accepted; no function of this module returns NaN instead.
public enum TextLearningError: Error, Equatable, Sendable {
    /// A collection that must hold something is empty.
    case empty(name: String)
    /// Two collections that describe the same things differ in length.
    case lengthMismatch(name: String, count: Int, other: String, otherCount: Int)
    /// A number is NaN, infinite or outside the range in which the method is defined.
    case outOfRange(name: String, value: Double, requirement: String)
    /// Features were hashed with another seed or dimension than the model they are given to.
    case otherHashing(found: FeatureHasher, expected: FeatureHasher)
}

extension TextLearningError: CustomStringConvertible {
    /// One sentence that says what was wrong and what would be accepted.
    public var description: String {
        switch self {
        case .empty(let name):
            return "\(name) is empty, but at least one is needed"
        case .lengthMismatch(let name, let count, let other, let otherCount):
            return "\(name) holds \(count) value(s) and \(other) holds \(otherCount); they must be equally long"
        case .outOfRange(let name, let value, let requirement):
            return "\(name) is \(value), but must be \(requirement)"
        case .otherHashing(let found, let expected):
            return """
                the features were hashed with seed \(found.seed) into \(found.dimension) places, the model expects \
                seed \(expected.seed) and \(expected.dimension) places; hash the texts with the model's own hasher
                """
        }
    }
}
