import Overlap

/// A text cut into stretches by what became of them in another text, for showing two texts side by side.
package struct MarkedText: Sendable {
    /// A stretch of a text.
    struct Stretch: Sendable {
        let kind: Segment.Kind
        let text: String
    }

    let stretches: [Stretch]

    /// Runs shorter than four words, and blocks of fewer than six matched words, are left unmarked: unrelated texts of
    /// this length share as much by chance.
    static let rule = NearVerbatimRule(
        first: .init(maximumGap: 2, maximumMisalignment: 1, minimumMatchedWords: 4),
        second: .init(maximumGap: 5, maximumMisalignment: 2, minimumMatchedWords: 6))

    /// Marks a source and a reply against each other.
    ///
    /// - Complexity: That of `NearVerbatimBlocks`.
    package static func pair(source: String, reply: String) -> (source: MarkedText, reply: MarkedText) {
        let (left, right) = (ComparedText(source), ComparedText(reply))
        let blocks = NearVerbatimBlocks(source: left, reply: right, rule: rule)
        return (
            MarkedText(source, words: left.words, segments: blocks.sourceSegments),
            MarkedText(reply, words: right.words, segments: blocks.replySegments)
        )
    }

    /// What stands between two stretches of words belongs to the first of them.
    private init(_ text: String, words: [Word], segments: [Segment]) {
        let bytes = Array(text.utf8)
        var stretches: [Stretch] = []
        for (index, segment) in segments.enumerated() {
            let start = index == 0 ? 0 : words[segment.words.lowerBound].utf8.lowerBound
            let end =
                index + 1 < segments.count ? words[segments[index + 1].words.lowerBound].utf8.lowerBound : bytes.count
            stretches.append(Stretch(kind: segment.kind, text: String(decoding: bytes[start..<end], as: UTF8.self)))
        }
        if segments.isEmpty, !bytes.isEmpty { stretches = [Stretch(kind: .missing, text: text)] }
        self.stretches = stretches
    }
}
