/// A stretch of words of a text with what became of it, for marking the text in a report.
public struct Segment: Hashable, Codable, Sendable {
    /// What became of a stretch of words.
    public enum Kind: String, Codable, Sendable {
        /// The words stand in the other text, in a block.
        case matched
        /// The words stand between matched words of one block and differ from the other text's.
        case nearMatched
        /// The words stand in no block: the source's are missing from the reply, the reply's are its own.
        case missing
    }

    /// What became of the words.
    public let kind: Kind
    /// The words, by number.
    public let words: Range<Int>
}

extension NearVerbatimBlocks {
    /// The source's words, all of them in order, by what became of them.
    public var sourceSegments: [Segment] {
        Self.segments(of: sourceWords, blocks: blocks.map { ($0.source, $0.runs.map(\.source)) })
    }

    /// The reply's words, all of them in order, by what they are.
    public var replySegments: [Segment] {
        Self.segments(of: replyWords, blocks: blocks.map { ($0.reply, $0.runs.map(\.reply)) })
    }

    private static func segments(of count: Int, blocks: [(extent: Range<Int>, runs: [Range<Int>])]) -> [Segment] {
        var segments: [Segment] = []
        var end = 0
        func add(_ kind: Segment.Kind, until next: Int) {
            guard next > end else { return }
            if let last = segments.last, last.kind == kind {
                segments[segments.count - 1] = Segment(kind: kind, words: last.words.lowerBound..<next)
            } else {
                segments.append(Segment(kind: kind, words: end..<next))
            }
            end = next
        }
        for block in blocks {
            add(.missing, until: block.extent.lowerBound)
            for run in block.runs {
                add(.nearMatched, until: run.lowerBound)
                add(.matched, until: run.upperBound)
            }
        }
        add(.missing, until: count)
        return segments
    }
}
