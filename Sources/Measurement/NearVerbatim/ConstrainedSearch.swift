import Corpus
import Inference
import RealModule
import Statistics

/// A lower bound of the probability that one sample is nearly a given suffix.
///
/// p_(z,r) = Σ p(y) over all token sequences y of the suffix's length whose distance to it is at most r. Sampling would
/// need about 100,000 replies to see a probability of 10⁻⁵; a beam search whose children are the model's most probable
/// tokens, and which drops every sequence that can no longer end within r, finds the sequences that carry most of it
/// for the price of about as many samples as the beam is wide (Cooper and others, 2026, arXiv 2603.24917).
///
/// On text that a model does not know hardly anything but the suffix is followed to its end, since every other sequence
/// soon becomes too improbable to matter.
///
/// Sequences of one length are different events, so their sum is never above p_(z,r). The suffix itself is always kept,
/// so it is never below p_z, and at radius 0 it is p_z.
public struct ConstrainedSearch: Sendable {
    /// How the distance of two token sequences is counted.
    public enum Distance: String, Codable, Hashable, Sendable, CaseIterable {
        /// Places at which they differ.
        case hamming
        /// Tokens that must be put in, left out or replaced.
        case levenshtein
    }

    /// What the search may do.
    public struct Options: Codable, Hashable, Sendable {
        /// How distances are counted.
        public let distance: Distance
        /// The largest distance, in tokens, at least 0.
        public let radius: Int
        /// The number of sequences that are followed, at least 1.
        public let beam: Int
        /// The number of next tokens that are looked at for each, at least 1.
        public let candidates: Int
        /// The log-probability, in nats, below which a sequence other than the suffix itself is no longer followed.
        public let leastLn: Double

        /// Creates options, or `nil` for a negative radius, an empty beam or a log-probability above 0.
        public init?(
            distance: Distance = .levenshtein, radius: Int = 2, beam: Int = 20, candidates: Int = 20,
            leastLn: Double = -15
        ) {
            guard (0...1000).contains(radius), (1...10_000).contains(beam), (1...10_000).contains(candidates),
                leastLn <= 0
            else { return nil }
            self.leastLn = leastLn
            self.distance = distance
            self.radius = radius
            self.beam = beam
            self.candidates = candidates
        }
    }

    /// What a search found.
    public struct Bound: Codable, Hashable, Sendable {
        /// The lower bound of p_(z,r).
        public let atLeast: LogProbability
        /// The number of different sequences whose probabilities it adds up.
        public let sequences: Int
        /// How often the source was asked for next tokens: the price, in tokens.
        public let questions: Int
        /// Whether no sequence was dropped for want of room in the beam or as too improbable.
        public let keptAll: Bool
    }

    /// What the search may do.
    public let options: Options

    /// Creates a search.
    public init(_ options: Options) { self.options = options }

    /// A sequence that may still end within the radius.
    private struct Node {
        let path: [TokenID]
        let ln: Double
        let distance: PathDistance
        let isVerbatim: Bool
    }

    /// Adds up what it finds.
    ///
    /// - Parameters:
    ///   - suffix: The tokens that are expected; without any the bound is 1.
    ///   - source: Who tells the next tokens.
    /// - Throws: `InferenceError` when the source has no answer.
    /// - Complexity: At most beam × suffix questions; O(beam × candidates × suffix²) time.
    public func bound(
        for suffix: [TokenID], in source: some NextTokenSource
    ) async throws(InferenceError) -> Bound {
        var nodes = [
            Node(
                path: [], ln: 0,
                distance: PathDistance(options.distance, expected: suffix.count, radius: options.radius),
                isVerbatim: true)
        ]
        var questions = 0
        var keptAll = true
        for place in suffix.indices {
            var children: [Node] = []
            for node in nodes {
                questions += 1
                let found = try await source.candidates(
                    after: node.path, count: options.candidates, including: suffix[place])
                for candidate in found where candidate.ln > -.infinity {
                    guard let distance = node.distance.extended(by: candidate.token, in: suffix) else { continue }
                    let child = Node(
                        path: node.path + [candidate.token], ln: node.ln + min(candidate.ln, 0), distance: distance,
                        isVerbatim: node.isVerbatim && candidate.token == suffix[place])
                    if child.isVerbatim || child.ln >= options.leastLn {
                        children.append(child)
                    } else {
                        keptAll = false
                    }
                }
            }
            // Equal sums are put in one order, so that a replayed search takes the same way.
            children.sort { first, second in
                if first.isVerbatim != second.isVerbatim { return first.isVerbatim }
                if first.ln != second.ln { return first.ln > second.ln }
                return first.path.lexicographicallyPrecedes(second.path)
            }
            if children.count > options.beam { keptAll = false }
            nodes = Array(children.prefix(options.beam))
        }
        return Bound(
            atLeast: Self.sum(nodes.map(\.ln)), sequences: nodes.count, questions: questions, keptAll: keptAll)
    }

    /// ln Σ exp, a little below it rather than above.
    private static func sum(_ lns: [Double]) -> LogProbability {
        guard let greatest = lns.max(), greatest > -.infinity else { return .impossible }
        let total = greatest + .log(lns.reduce(0) { $0 + .exp($1 - greatest) })
        return (try? LogProbability(ln: min(total, 0))) ?? .impossible
    }
}
