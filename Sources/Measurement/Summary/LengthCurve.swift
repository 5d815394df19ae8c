import Corpus
import Statistics

/// The share of documents of which a run of at least so many words came back: a curve, because no one length is right.
public struct LengthCurve: Codable, Hashable, Sendable {
    /// One length.
    public struct Point: Codable, Hashable, Sendable {
        /// The length of the run, in words.
        public let words: Int
        /// The documents with such a run; every document is one trial.
        public let documents: ClusteredRate
    }

    /// The arm.
    public let arm: Arm
    /// The points, ascending.
    public let points: [Point]

    /// Lengths from what chance explains to what nothing but memory does.
    static let words = [5, 8, 10, 15, 20, 30, 50, 75, 100]

    init(arm: Arm, _ documents: [DocumentRow], alpha: Double) throws(StatisticsError) {
        self.arm = arm
        var points: [Point] = []
        for words in Self.words {
            points.append(
                Point(
                    words: words,
                    documents: try ClusteredRate(documents.map { [$0.longestWords >= words] }, alpha: alpha)))
        }
        self.points = points
    }
}
