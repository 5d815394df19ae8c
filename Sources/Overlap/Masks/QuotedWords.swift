/// Returns the stretches of words of a text that stand inside quotation marks.
///
/// Marks with two forms (“ ” „ “ « » 「 」 『 』) are matched as pairs; straight marks (") open and close in turn. Single
/// marks are not read, since they are apostrophes as well. A quotation ends at the latest with its paragraph (an empty
/// line); one that is left open there counts only if the next paragraph opens with the same mark, as quotations over
/// several paragraphs are printed.
///
/// - Parameters:
///   - text: The text.
///   - words: The words of the same text, from `words(of:)`.
/// - Returns: Word numbers, without overlap, ascending.
/// - Complexity: O(*n*).
public func quotedWords(in text: String, words: [Word]) -> [Range<Int>] {
    var reader = QuotationReader()
    for scalar in text.unicodeScalars { reader.read(scalar.value) }
    reader.endParagraph()
    var ranges: [Range<Int>] = []
    var word = 0
    for quotation in reader.quotations {
        while word < words.count, words[word].scalars.lowerBound < quotation.lowerBound { word += 1 }
        let first = word
        while word < words.count, words[word].scalars.upperBound <= quotation.upperBound { word += 1 }
        if word > first { ranges.append(first..<word) }
    }
    return ranges
}

/// Finds quotations scalar by scalar.
private struct QuotationReader {
    /// What stands between the marks, in scalars of the text.
    private(set) var quotations: [Range<Int>] = []
    private var position = 0
    /// The mark that opened the quotation being read, the one that will close it, and where its inside begins.
    private var open: (mark: UInt32, closing: UInt32, start: Int)?
    /// A quotation that its paragraph left open, waiting for the first mark of the next one.
    private var unclosed: (mark: UInt32, inside: Range<Int>)?
    private var isAtParagraphStart = true
    private var isLineEmpty = true

    mutating func read(_ scalar: UInt32) {
        defer { position += 1 }
        switch scalar {
        case 0x0D: return
        case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029:
            if isLineEmpty || scalar == 0x2029 { endParagraph() }
            isLineEmpty = true
            return
        case 0x09, 0x20, 0xA0: return
        default: isLineEmpty = false
        }
        if let quotation = open, scalar == quotation.closing {
            add(quotation.start..<position)
            open = nil
        } else if open == nil, let closing = Self.closing(of: scalar) {
            if isAtParagraphStart, let unclosed, unclosed.mark == scalar { add(unclosed.inside) }
            open = (scalar, closing, position + 1)
        }
        if isAtParagraphStart { unclosed = nil }
        isAtParagraphStart = false
    }

    mutating func endParagraph() {
        if let quotation = open { unclosed = (quotation.mark, quotation.start..<position) }
        open = nil
        isAtParagraphStart = true
    }

    private mutating func add(_ range: Range<Int>) {
        if !range.isEmpty { quotations.append(range) }
    }

    private static func closing(of mark: UInt32) -> UInt32? {
        switch mark {
        case 0x22: 0x22
        case 0x201C: 0x201D
        case 0x201E: 0x201C
        case 0xAB: 0xBB
        case 0x300C: 0x300D
        case 0x300E: 0x300F
        default: nil
        }
    }
}
