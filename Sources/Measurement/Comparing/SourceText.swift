import Corpus
import Overlap

/// A document made ready to be compared with replies.
struct SourceText: Sendable {
    let normalized: NormalizedText
    /// The words and characters, with those masked that never count.
    let compared: ComparedText
    /// For every word whether it stands inside quotation marks.
    let isQuoted: [Bool]

    /// Takes a document apart.
    ///
    /// - Parameters:
    ///   - text: The document as it was read.
    ///   - plan: What is made equal and what does not count.
    ///   - boilerplate: What many documents of the corpus share, or `nil` when that counts.
    /// - Complexity: O(*n*).
    init(_ text: String, plan: MeasurementPlan, boilerplate: BoilerplateIndex?) {
        let normalized = NormalizedText(text, profile: plan.profile)
        let compared = ComparedText(normalized.text)
        let quoted = Self.quotedWords(of: text, compared.words, normalized)
        var mask = WordMask(wordCount: compared.words.count)
        if let boilerplate { mask.mask(boilerplate.ranges(in: compared.words), as: .boilerplate) }
        if plan.masks.quotes {
            for place in quoted.indices where quoted[place] { mask.mask(place..<place + 1, as: .quoted) }
        }
        self.normalized = normalized
        self.compared = compared.masked(by: mask)
        isQuoted = quoted
    }

    /// Quotations are read in the text as it was printed, where opening and closing marks and paragraphs still differ.
    private static func quotedWords(of text: String, _ words: [Word], _ normalized: NormalizedText) -> [Bool] {
        let printed = Overlap.words(of: text)
        let quotations = Overlap.quotedWords(in: text, words: printed).map {
            printed[$0.lowerBound].utf8.lowerBound..<printed[$0.upperBound - 1].utf8.upperBound
        }
        var quoted = [Bool](repeating: false, count: words.count)
        var next = 0
        for (place, word) in words.enumerated() {
            let bytes = normalized.originalByteRange(forScalars: word.scalars)
            while next < quotations.count, quotations[next].upperBound <= bytes.lowerBound { next += 1 }
            quoted[place] = next < quotations.count && quotations[next].lowerBound <= bytes.lowerBound
        }
        return quoted
    }

    /// The bytes of the document as it was read that a stretch of words was made from.
    func originalBytes(ofWords range: Range<Int>) -> Range<Int> {
        let words = compared.words
        return normalized.originalByteRange(
            forScalars: words[range.lowerBound].scalars.lowerBound..<words[range.upperBound - 1].scalars.upperBound)
    }
}
