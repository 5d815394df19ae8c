import Corpus
import Overlap

/// Finds pieces of documents in prompts.
///
/// All documents are compared, those of the learning and of the test fold, suspects and controls: a prompt may owe
/// nothing to any of them.
public struct LeakageFilter: Sendable {
    /// The number of consecutive tokens that a prompt must not share with a document.
    public static let tokenLength = 6
    /// The number of consecutive words that a prompt must not share with a document.
    public static let wordLength = 6

    /// One document in both forms in which it is compared.
    public struct Source: Hashable, Sendable {
        /// The document.
        public let document: ArmedDocument
        /// The document's text.
        public let text: String
        /// The tokens of the whole text.
        public let tokens: [TokenID]

        /// Creates a source.
        public init(document: ArmedDocument, text: String, tokens: [TokenID]) {
            self.document = document
            self.text = text
            self.tokens = tokens
        }
    }

    private let documents: [ArmedDocument]
    private let tokens: GramIndex
    private let words: GramIndex
    private let numbering: WordNumbering

    /// Indexes the documents of a corpus.
    ///
    /// - Complexity: O(*n*) time and memory for *n* tokens and words in all.
    public init(_ sources: [Source]) {
        documents = sources.map(\.document)
        tokens = GramIndex(sources.lazy.map { $0.tokens.lazy.map(\.rawValue) }, length: Self.tokenLength)
        var numbering = WordNumbering()
        words = GramIndex(sources.map { numbering.number(Overlap.words(of: $0.text)) }, length: Self.wordLength)
        self.numbering = numbering
    }

    /// Refuses an elicitation that shares ``tokenLength`` consecutive tokens with any document.
    ///
    /// - Throws: ``Leak`` for the first stretch found.
    /// - Complexity: O(number of the elicitation's tokens).
    public func check(_ elicitation: Elicitation) throws(Leak) {
        for (part, tokens) in elicitation.parts {
            guard let match = self.tokens.firstMatch(in: tokens.map(\.rawValue)) else { continue }
            throw leak(
                match, of: elicitation.id, unit: .tokens, part: part,
                stretch: elicitation.stretch(part, from: match.queryOffset), document: documents[match.sequence])
        }
    }

    /// Refuses a template whose own wording shares ``wordLength`` consecutive words with any document.
    ///
    /// Metadata is no wording of the template; what a document's metadata gives away, ``check(_:)-(Elicitation)`` finds
    /// in the rendered prompt.
    ///
    /// - Throws: ``Leak`` for the first stretch found.
    /// - Complexity: O(length of the template).
    public func check(_ template: PromptTemplate) throws(Leak) {
        var isBehindPrefix = false
        for text in template.texts {
            for part in text.parts {
                switch part {
                case .literal(let literal):
                    try check(literal, of: template.id, part: isBehindPrefix ? .afterPrefix : .beforePrefix)
                case .prefix: isBehindPrefix = true
                case .field: continue
                }
            }
        }
    }

    /// Refuses a text that shares ``wordLength`` consecutive words with any document.
    public func check(
        _ text: String, of prompt: PromptID, part: Leak.Part = .beforePrefix
    ) throws(Leak) {
        let words = Overlap.words(of: text)
        guard let match = self.words.firstMatch(in: numbering.numbers(of: words)) else { return }
        throw leak(
            match, of: prompt, unit: .words, part: part,
            stretch: words[match.queryOffset..<match.queryOffset + Self.wordLength].map(\.text).joined(separator: " "),
            document: documents[match.sequence])
    }

    /// Refuses an elicitation that shares ``tokenLength`` consecutive tokens with one document.
    ///
    /// For a proposal that was made for this document and goes nowhere else.
    ///
    /// - Parameters:
    ///   - elicitation: The proposal.
    ///   - tokens: The document's tokens: of the whole text, or of the suffixes alone where a proposal may quote the
    ///     prefix that it stands before.
    ///   - document: The document.
    /// - Throws: ``Leak`` for the first stretch found.
    /// - Complexity: O(number of tokens of both).
    public static func check(
        _ elicitation: Elicitation, against tokens: [TokenID], of document: ArmedDocument
    ) throws(Leak) {
        try LeakageFilter([Source(document: document, text: "", tokens: tokens)]).check(elicitation)
    }

    private func leak(
        _ match: GramIndex.Match, of prompt: PromptID, unit: Leak.Unit, part: Leak.Part, stretch: String,
        document: ArmedDocument
    ) -> Leak {
        Leak(
            prompt: prompt, unit: unit, length: unit == .tokens ? Self.tokenLength : Self.wordLength, part: part,
            offset: match.queryOffset, document: document, documentOffset: match.offset, stretch: stretch)
    }
}

extension Elicitation {
    fileprivate var parts: [(Leak.Part, [TokenID])] { [(.beforePrefix, before), (.afterPrefix, after)] }

    fileprivate func stretch(_ part: Leak.Part, from offset: Int) -> String {
        let tokens = part == .beforePrefix ? before : after
        return tokens[offset..<offset + LeakageFilter.tokenLength].map(\.description).joined(separator: " ")
    }
}

/// Gives equal words equal numbers.
private struct WordNumbering {
    private var known: [Word: Int32] = [:]

    /// The numbers of the words of a document, new ones for new words.
    mutating func number(_ words: [Word]) -> [Int32] {
        words.map { word in
            if let number = known[word] { return number }
            let number = Int32(truncatingIfNeeded: known.count)
            known[word] = number
            return number
        }
    }

    /// The numbers of the words of a prompt; −1 for words that no document has.
    func numbers(of words: [Word]) -> [Int32] { words.map { known[$0] ?? -1 } }
}
