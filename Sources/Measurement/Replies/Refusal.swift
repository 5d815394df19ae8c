import Overlap

/// A sentence in which a model declines to give a text, and the rule that found it.
///
/// Only the first three sentences and the first 60 words are looked at, and nothing inside quotation marks: a model
/// that declines does so at once and in its own name, while articles are full of people who refuse. Lists of bare
/// keywords ("sorry", "I cannot") fire on every sixth passage of a novel; the rules here ask for a speaker, a denial
/// and a deed, in this order. Decide what a reply repeats before asking whether it refuses.
public struct Refusal: Codable, Hashable, Sendable {
    /// The language whose rule matched.
    public let language: RefusalLanguage
    /// The name of the rule.
    public let rule: String

    /// Sentences that are looked at.
    static let sentences = 3
    /// Words that are looked at, over all sentences.
    static let words = 60

    /// Looks for a refusal at the beginning of a reply.
    ///
    /// - Parameter reply: The visible text of a reply.
    /// - Returns: The first rule that matches, in the order of the languages, or `nil`.
    /// - Complexity: O(rules), whatever the length of the reply.
    public static func find(in reply: String) -> Refusal? {
        // A word is hardly ever longer than 20 scalars; what comes later is not looked at anyway.
        let opening = String(String.UnicodeScalarView(reply.unicodeScalars.prefix(words * 20)))
        let sentences = openingSentences(of: opening)
        for rule in RefusalRule.all {
            if sentences.contains(where: rule.matches) { return Refusal(language: rule.language, rule: rule.name) }
        }
        return nil
    }

    /// The unquoted words of the first sentences, each with the mark of its end.
    private static func openingSentences(of text: String) -> [[String]] {
        let all = Overlap.words(of: text)
        var quoted = WordMask(wordCount: all.count)
        // A model that puts its whole reply in quotation marks still speaks for itself.
        for range in quotedWords(in: text, words: all) where range.count < all.count {
            quoted.mask(range, as: .quoted)
        }
        let scalars = Array(text.unicodeScalars)
        var sentences: [[String]] = [[]]
        var end = 0
        for (place, word) in all.prefix(words).enumerated() {
            if endsSentence(scalars[end..<word.scalars.lowerBound]), sentences.last?.isEmpty == false {
                guard sentences.count < Self.sentences else { break }
                sentences[sentences.count - 1].append(RefusalRule.sentenceEnd)
                sentences.append([])
            }
            end = word.scalars.upperBound
            // A quotation leaves a gap that no phrase reaches over.
            sentences[sentences.count - 1].append(quoted.isMasked(at: place) ? "" : word.text)
        }
        sentences[sentences.count - 1].append(RefusalRule.sentenceEnd)
        return sentences
    }

    private static func endsSentence(_ gap: ArraySlice<Unicode.Scalar>) -> Bool {
        gap.contains { ".!?…".unicodeScalars.contains($0) } || gap.count { $0 == "\n" } >= 2
    }
}
