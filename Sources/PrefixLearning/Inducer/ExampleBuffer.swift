import Corpus
import TextLearning

/// The prompts that did best before learning documents, and some that did badly, for an inducer to learn from in
/// context.
///
/// Examples above 0 compete for ``ExampleBufferLimits/capacity`` places by ``InducerExample/priority``, at most a few
/// for one document; examples at or below 0 are kept apart, the worst ones, as warnings. What is held does not depend
/// on anything but the sequence of insertions.
public struct ExampleBuffer: Hashable, Sendable {
    /// The most that is held.
    public let limits: ExampleBufferLimits
    /// What turns texts into features.
    public let hasher: FeatureHasher
    private var good: [Held] = []
    private var bad: [Held] = []
    private var inserted = 0

    private struct Held: Hashable {
        let example: InducerExample
        let features: HashedFeatures
        let number: Int
    }

    /// Creates an empty buffer.
    public init(limits: ExampleBufferLimits = ExampleBufferLimits(), hasher: FeatureHasher = .standard) {
        self.limits = limits
        self.hasher = hasher
    }

    /// The examples with a reward above 0, best first; the earlier of equal ones first.
    public var examples: [InducerExample] { good.map(\.example) }

    /// The examples at or below 0, worst first.
    public var warnings: [InducerExample] { bad.map(\.example) }

    /// Offers an example.
    ///
    /// The same prompt for the same document replaces what is held of it only when it did better, or worse among the
    /// warnings.
    ///
    /// - Returns: Whether it is held now.
    /// - Complexity: O(capacity × log capacity + text).
    @discardableResult
    public mutating func insert(_ example: InducerExample) -> Bool {
        let held = Held(example: example, features: hasher.features(of: example.text), number: inserted)
        inserted += 1
        if example.priority > 0 {
            good = kept(good + [held], most: limits.capacity) { $0 > $1 }
            return good.contains(held)
        }
        bad = kept(bad + [held], most: limits.warnings) { $0 < $1 }
        return bad.contains(held)
    }

    /// The first of each document and prompt, few for one document, at most `most`.
    private func kept(_ held: [Held], most: Int, isBetter: (Lift, Lift) -> Bool) -> [Held] {
        var ofDocument: [ArmedDocument: Int] = [:]
        var prompts: Set<[String]> = []
        var kept: [Held] = []
        let ordered = held.sorted { left, right in
            let (a, b) = (left.example.reward, right.example.reward)
            return a == b ? left.number < right.number : isBetter(a, b)
        }
        for candidate in ordered where kept.count < most {
            let example = candidate.example
            guard ofDocument[example.document, default: 0] < limits.perDocument,
                prompts.insert([
                    example.document.arm.rawValue, example.document.document.rawValue, example.prompt,
                ]).inserted
            else { continue }
            ofDocument[example.document, default: 0] += 1
            kept.append(candidate)
        }
        return kept
    }

    /// The demonstrations for a new text: what worked and what failed on the texts that are most like it.
    ///
    /// Likeness is the cosine of hashed words and pairs of words, 0 … 1. The most alike are taken; of equally alike
    /// ones the better (or worse) example, then the earlier. Prompts are not shown twice.
    ///
    /// - Parameters:
    ///   - text: The text of the new document's prefix.
    ///   - document: The new document, whose own examples are left out.
    ///   - best: The number of good examples wished for.
    ///   - worst: The number of warnings wished for.
    /// - Complexity: O(capacity × (features + log capacity)).
    public func demonstrations(
        for text: String, of document: ArmedDocument? = nil, best: Int = 4, worst: Int = 2
    ) -> Demonstrations {
        let features = hasher.features(of: text)
        func nearest(_ held: [Held], _ count: Int) -> [InducerExample] {
            let alike = held.enumerated().filter { $0.element.example.document != document }
                .map { (likeness: cosine(features, $0.element.features), place: $0.offset, held: $0.element) }
                .sorted { ($1.likeness, $0.place) < ($0.likeness, $1.place) }
            var chosen: [InducerExample] = []
            for example in alike.map(\.held.example) where chosen.count < count {
                if !chosen.contains(where: { $0.prompt == example.prompt }) { chosen.append(example) }
            }
            return chosen
        }
        return Demonstrations(best: nearest(good, best), worst: nearest(bad, worst))
    }
}

/// The most that an example buffer holds.
public struct ExampleBufferLimits: Hashable, Encodable, Sendable {
    /// The number of examples above 0.
    public let capacity: Int
    /// The number of examples for one document, good and bad counted apart.
    public let perDocument: Int
    /// The number of examples at or below 0.
    public let warnings: Int

    /// Sets limits; those below 1 are raised to 1.
    public init(capacity: Int = 256, perDocument: Int = 2, warnings: Int = 128) {
        self.capacity = max(1, capacity)
        self.perDocument = max(1, perDocument)
        self.warnings = max(1, warnings)
    }
}

/// What an inducer is shown.
public struct Demonstrations: Hashable, Codable, Sendable {
    /// Prompts that worked, the one for the most similar text first.
    public let best: [InducerExample]
    /// Prompts that failed, the one for the most similar text first.
    public let worst: [InducerExample]

    /// Puts demonstrations together.
    public init(best: [InducerExample] = [], worst: [InducerExample] = []) {
        self.best = best
        self.worst = worst
    }
}

/// The cosine of two feature vectors of length 1, 0 … 1; 0 when one has no features.
func cosine(_ left: HashedFeatures, _ right: HashedFeatures) -> Double {
    var (first, second, sum) = (0, 0, 0.0)
    while first < left.places.count, second < right.places.count {
        if left.places[first] == right.places[second] {
            sum += Double(left.values[first]) * Double(right.values[second])
            first += 1
            second += 1
        } else if left.places[first] < right.places[second] {
            first += 1
        } else {
            second += 1
        }
    }
    return min(1, sum)
}
