import Audit
import Corpus

/// Where the expected suffix of a window stands in its document's text.
///
/// A journal counts in tokens. Where a reply reproduced the suffix its text is looked up, which gives the place exactly;
/// else the place is estimated from the share of the document's tokens that lie before it.
public struct WindowPlace: Hashable, Sendable {
    /// The suffix, in bytes of UTF-8 of the document's text.
    public let suffix: Range<Int>
    /// Where the prefix begins, in bytes of UTF-8; always estimated.
    public let prefixStart: Int
    /// Whether ``suffix`` is exact; if not, it is wider than the estimate, so that the suffix is likely to be in it.
    public let isExact: Bool

    /// Bytes that an estimated place reaches further on either side.
    private static let slack = 120

    /// Finds the place.
    ///
    /// - Parameters:
    ///   - observation: The window.
    ///   - text: The document's text.
    ///   - tokens: The document's length in tokens.
    ///   - shape: Lengths of prefix and suffix, in tokens.
    public init(_ observation: Observation, in text: String, tokens: Int, shape: WindowShape) {
        let bytes = Array(text.utf8)
        func byte(_ token: Int) -> Int {
            let share = Double(max(0, token)) / Double(max(1, tokens))
            return min(bytes.count, Int(exactly: (min(1, share) * Double(bytes.count)).rounded()) ?? bytes.count)
        }
        let border = observation.start &+ shape.prefixTokens
        let estimate = byte(border)..<max(byte(border), byte(border &+ shape.suffixTokens))
        prefixStart = Self.boundary(byte(observation.start), in: bytes)
        if let reply = observation.sighting?.reply, reply.run == shape.suffixTokens,
            let found = Self.occurrence(of: Array(reply.text.utf8), in: bytes, near: estimate.lowerBound)
        {
            suffix = found
            isExact = true
            return
        }
        let lower = Self.boundary(max(0, estimate.lowerBound - Self.slack), in: bytes)
        let upper = Self.boundary(min(bytes.count, estimate.upperBound + Self.slack), in: bytes)
        suffix = lower..<max(lower, upper)
        isExact = false
    }

    /// The occurrence that begins closest to a place.
    private static func occurrence(of needle: [UInt8], in bytes: [UInt8], near place: Int) -> Range<Int>? {
        guard !needle.isEmpty, needle.count <= bytes.count else { return nil }
        return bytes.ranges(of: needle).min { abs($0.lowerBound - place) < abs($1.lowerBound - place) }
    }

    /// The next place that does not lie within a character's bytes.
    private static func boundary(_ place: Int, in bytes: [UInt8]) -> Int {
        var place = place
        while place < bytes.count, bytes[place] & 0xc0 == 0x80 { place += 1 }
        return place
    }
}
