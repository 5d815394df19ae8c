import Overlap

/// Reads a header out of what an inducer wrote.
public struct InducerReply: Hashable, Sendable {
    /// The header, without quotes, fences and labels.
    public let header: String

    /// The rules a header must keep.
    public struct Rules: Hashable, Codable, Sendable {
        /// The largest number of characters, about six for each of ``InducerRequest/longestHeader`` tokens.
        public var longestHeader = 240
        /// The number of consecutive words of the document that count as a copy, at least 1.
        public var copiedWords = 6

        /// At most 240 characters, and fewer than six consecutive words of the document.
        public init() {}
    }

    /// Takes a reply apart.
    ///
    /// Thoughts between `<think>` tags, a code fence, a label such as `Header:` and a pair of quotation marks around
    /// the whole are taken off, in this order, as often as they occur.
    ///
    /// - Parameters:
    ///   - reply: What the inducer wrote.
    ///   - document: The text that must not be copied: the document's prefix, and the suffix too where the caller has
    ///     it.
    ///   - rules: The rules.
    /// - Throws: ``InducerRejection`` when there is no usable header.
    /// - Complexity: O(reply + document).
    public init(
        parsing reply: String, document: String, rules: Rules = Rules()
    ) throws(InducerRejection) {
        let header = Self.unwrapped(reply)
        guard !header.isEmpty else { throw .empty }
        guard header.unicodeScalars.dropFirst(max(0, rules.longestHeader)).isEmpty else { throw .tooLong }
        guard header.unicodeScalars.contains(where: \.properties.isAlphabetic),
            !header.unicodeScalars.contains(where: Self.isGarbage)
        else { throw .garbage }
        let (own, theirs) = (words(of: header), words(of: document))
        if let run = longestCommonRun(source: theirs, reply: own), run.count >= max(1, rules.copiedWords) {
            throw .copy
        }
        self.header = header
    }

    /// Control characters other than line ends and tabs, replacement characters, private use and unassigned ones.
    private static func isGarbage(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n" && scalar != "\t"
        case .privateUse, .unassigned, .surrogate: true
        default: scalar == "\u{FFFD}"
        }
    }

    private static func unwrapped(_ reply: String) -> String {
        var text = trimmed(
            reply.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\n")[...])
        if let end = text.range(ofLast: "</think>") { text = trimmed(text[end.upperBound...]) }
        // Thoughts that were cut off before their end.
        if text.hasPrefix("<think>") { return "" }
        while true {
            let before = text.utf8.count
            text = trimmed(withoutFence(text))
            text = trimmed(withoutLabel(text))
            text = trimmed(withoutQuotes(text))
            if text.utf8.count == before { return String(text) }
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    private static func withoutFence(_ text: Substring) -> Substring {
        guard text.hasPrefix("```") else { return text }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1 else { return text.drop(while: { $0 == "`" }).prefix(while: { $0 != "`" }) }
        let inside = lines.dropFirst().prefix { !$0.hasPrefix("```") }
        guard let first = inside.first, let last = inside.last else { return "" }
        return text[first.startIndex..<last.endIndex]
    }

    /// The labels that a header may be given, in lower case.
    private static let labels = [
        "good header", "header", "lead-in", "prompt", "answer", "prefix", "### header", "**header**",
    ]

    private static func withoutLabel(_ text: Substring) -> Substring {
        guard let colon = text.prefix(24).firstIndex(of: ":") else { return text }
        return labels.contains(text[..<colon].lowercased()) ? text[text.index(after: colon)...] : text
    }

    private static let quotes: [Character: Character] = [
        "\"": "\"", "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "`": "`",
    ]

    private static func withoutQuotes(_ text: Substring) -> Substring {
        guard let first = text.first, let last = text.dropFirst().last, quotes[first] == last else { return text }
        let inside = text.dropFirst().dropLast()
        return inside.contains(first) || inside.contains(last) ? text : inside
    }
}

/// Why a reply holds no usable header.
public enum InducerRejection: String, Error, Hashable, Codable, Sendable, CaseIterable {
    /// Nothing is left when quotes, fences and labels are taken off.
    case empty
    /// It is longer than the rules allow.
    case tooLong
    /// It has control characters or no letters.
    case garbage
    /// It repeats consecutive words of the document.
    case copy
}

extension Substring {
    /// Where a text occurs last.
    fileprivate func range(ofLast text: String) -> Range<Index>? {
        var start = endIndex
        while start > startIndex {
            start = index(before: start)
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
        }
        return nil
    }
}
