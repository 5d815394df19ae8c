/// Where in a document probes are put, and how long their prefixes and suffixes are.
///
/// Memory depends on both: a model may need many tokens to recognise a text or recite only from its very beginning, and
/// four sequences in ten are easier with a shorter prefix. So lengths form a grid, windows slide over the whole
/// document, and the document's start is a condition of its own.
public struct ProbeGrid: Codable, Hashable, Sendable {
    /// What lengths are counted in.
    public enum Unit: String, Codable, Hashable, Sendable, CaseIterable {
        /// Tokens of the model that is asked.
        case tokens
        /// Words of the text, so that models with different tokenizers are asked the same; a prefix ends at the last
        /// border between tokens that does not lie behind the word's beginning.
        case words
    }

    /// What lengths are counted in.
    public let unit: Unit
    /// The lengths of the prefix, ascending and distinct, each at least 1.
    public let prefixLengths: [Int]
    /// The length of what is expected back, at least 1.
    public let suffixLength: Int
    /// Tokens asked for beyond the suffix, so that a reply that inserts a word still ends with the text.
    public let slackTokens: Int
    /// From the beginning of one window to the next, at least 1; `nil` for the document's start alone.
    public let stride: Int?
    /// Most windows of one document per prefix length, spread evenly; `nil` for all.
    public let windowsPerDocument: Int?

    /// Lengths that make sense in any unit; more than any context that a window could be sent to.
    public static let lengths = 1...100_000

    /// Creates a grid.
    ///
    /// - Parameters:
    ///   - unit: What lengths are counted in.
    ///   - prefixLengths: The lengths of the prefix, in any order; repeated ones count once.
    ///   - suffixLength: The length of what is expected back.
    ///   - slackTokens: Tokens asked for beyond the suffix.
    ///   - stride: From the beginning of one window to the next; `nil` for the document's start alone.
    ///   - windowsPerDocument: Most windows of one document per prefix length; `nil` for all.
    /// - Returns: `nil` without a prefix length, and when a length is not in ``lengths`` or the slack is negative.
    public init?(
        unit: Unit = .tokens, prefixLengths: [Int], suffixLength: Int, slackTokens: Int = 0, stride: Int? = nil,
        windowsPerDocument: Int? = nil
    ) {
        guard !prefixLengths.isEmpty, prefixLengths.allSatisfy(Self.lengths.contains),
            Self.lengths.contains(suffixLength), (0...Self.lengths.upperBound).contains(slackTokens),
            stride.map(Self.lengths.contains) ?? true, windowsPerDocument.map({ $0 >= 1 }) ?? true
        else { return nil }
        self.init(
            checked: unit, prefixLengths: Set(prefixLengths).sorted(), suffixLength: suffixLength,
            slackTokens: slackTokens, stride: stride, windowsPerDocument: windowsPerDocument)
    }

    init(
        checked unit: Unit, prefixLengths: [Int], suffixLength: Int, slackTokens: Int = 0, stride: Int? = nil,
        windowsPerDocument: Int? = nil
    ) {
        self.unit = unit
        self.prefixLengths = prefixLengths
        self.suffixLength = suffixLength
        self.slackTokens = slackTokens
        self.stride = stride
        self.windowsPerDocument = windowsPerDocument
    }

    /// 50 tokens given and 50 expected back, from the start on and every 50 tokens.
    public static let standard = ProbeGrid(checked: .tokens, prefixLengths: [50], suffixLength: 50, stride: 50)

    /// The windows of a document, for each prefix length from the front to the back.
    ///
    /// The first window of a prefix length is the document's start and the last one ends with the document, so that no
    /// part of it is left out unless ``stride`` is `nil`. No two windows of a length begin at the same place.
    ///
    /// - Parameter length: The document's length, in ``unit``.
    /// - Returns: No window of a prefix length for which the document is too short.
    /// - Complexity: O(windows).
    public func windows(ofLength length: Int) -> [GridWindow] {
        prefixLengths.flatMap { prefix in
            starts(ofLength: length, window: prefix + suffixLength).map { start in
                GridWindow(prefixLength: prefix, suffixLength: suffixLength, start: start)
            }
        }
    }

    private func starts(ofLength length: Int, window: Int) -> [Int] {
        guard length >= window else { return [] }
        guard let stride else { return [0] }
        let last = length - window
        var starts = Array(Swift.stride(from: 0, through: last, by: stride))
        if last % stride != 0 { starts.append(last) }
        guard let limit = windowsPerDocument, starts.count > limit else { return starts }
        guard limit > 1 else { return [0] }
        return (0..<limit).map { starts[$0 * (starts.count - 1) / (limit - 1)] }
    }
}

/// One window of a grid in a document, in units of the grid.
public struct GridWindow: Codable, Hashable, Sendable {
    /// The length of the prefix.
    public let prefixLength: Int
    /// The length of what is expected back.
    public let suffixLength: Int
    /// Where the prefix begins.
    public let start: Int

    /// Where in the document the window stands.
    public var place: ProbeCondition.Place { start == 0 ? .opening : .inside }
}

extension ProbeGrid {
    private enum CodingKeys: String, CodingKey {
        case unit, prefixLengths, suffixLength, slackTokens, stride, windowsPerDocument
    }

    /// Reads a grid and refuses one that cannot be made.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let grid = ProbeGrid(
            unit: try container.decode(Unit.self, forKey: .unit),
            prefixLengths: try container.decode([Int].self, forKey: .prefixLengths),
            suffixLength: try container.decode(Int.self, forKey: .suffixLength),
            slackTokens: try container.decode(Int.self, forKey: .slackTokens),
            stride: try container.decodeIfPresent(Int.self, forKey: .stride),
            windowsPerDocument: try container.decodeIfPresent(Int.self, forKey: .windowsPerDocument))
        guard let grid else {
            throw DecodingError.dataCorruptedError(
                forKey: .prefixLengths, in: container, debugDescription: "lengths of a grid are from 1 to 100000")
        }
        self = grid
    }
}
