/// A sentence as Markdown text in which every word that a renderer might act upon is shown as code.
///
/// Sentences of this program name servers, tokens and error texts of other programs. A word is plain only if it is made
/// of letters, digits and harmless punctuation and does not look like an address; an option such as `--control` is
/// shown as code too, and so is what the sentence itself puts between backticks.
struct Prose {
    let text: String

    init(_ sentence: String) {
        let shown = visible(sentence, limit: Phrase.proseLimit)
        let parts = shown.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false).map(Substring.init)
        guard !parts.count.isMultiple(of: 2) else {
            text = Self.words(shown[...])
            return
        }
        var text = ""
        for (index, part) in parts.enumerated() {
            let isCode = !index.isMultiple(of: 2) && !part.isEmpty
            appendApart(isCode ? CodeSpan(String(part)).text : Self.words(part), to: &text)
        }
        self.text = text
    }

    private static func words(_ text: Substring) -> String {
        text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { word(Array($0)) }.joined(separator: " ")
    }

    private static func word(_ word: [UInt8]) -> String {
        guard !isHarmless(word) else { return String(decoding: word, as: UTF8.self) }
        // Punctuation of the sentence around the word is not part of what is named.
        let start = word.firstIndex { !Array("(\"".utf8).contains($0) } ?? word.endIndex
        let end = word[start...].lastIndex { !Array(".,;:)\"".utf8).contains($0) }.map { $0 + 1 } ?? start
        let named = end > start ? CodeSpan(String(decoding: word[start..<end], as: UTF8.self)).text : ""
        return String(decoding: word[..<start], as: UTF8.self) + named + String(decoding: word[end...], as: UTF8.self)
    }

    private static let harmlessPunctuation = Set(".,;:()%/+-='\"?".utf8)

    private static func isHarmless(_ word: [UInt8]) -> Bool {
        guard !word.starts(with: "--".utf8), !word.contains("://".utf8), !word.contains("www.".utf8) else {
            return false
        }
        // A dot before a letter makes names of hosts and files, which some renderers turn into links.
        let dotted = zip(word, word.dropFirst()).contains { $0 == UInt8(ascii: ".") && ($1 >= 0x80 || isLetter($1)) }
        return !dotted
            && word.allSatisfy { byte in
                byte >= 0x80 || isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || harmlessPunctuation.contains(byte)
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
