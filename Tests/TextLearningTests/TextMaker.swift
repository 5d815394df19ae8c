import Randomness

/// Makes texts from a seed: common words with long-tailed frequencies, and a share of words that belong to one source.
struct TextMaker {
    private var generator: SeededGenerator
    private let vocabulary: Int

    init(seed: UInt64, vocabulary: Int = 400) {
        generator = SeededGenerator(seed: seed, stream: "text-maker")
        self.vocabulary = vocabulary
    }

    /// One text; `ownShare` of its words come from fifty names that only texts of the same `source` use.
    mutating func text(words: Int, source: String = "", ownShare: Double = 0) -> String {
        var text: [String] = []
        for _ in 0..<words {
            if generator.nextUnit() < ownShare {
                text.append("name" + source + letters(generator.next(below: 50)))
            } else {
                // The smaller of two draws makes small numbers common.
                text.append(
                    letters(min(generator.next(below: vocabulary), generator.next(below: vocabulary))))
            }
        }
        return text.joined(separator: " ")
    }

    /// Several texts.
    mutating func texts(_ count: Int, words: Int, source: String = "", ownShare: Double = 0) -> [String] {
        (0..<count).map { _ in text(words: words, source: source, ownShare: ownShare) }
    }

    /// A number as letters, because digits are folded.
    private func letters(_ number: Int) -> String {
        var number = number
        var letters = ""
        repeat {
            letters.append(Character(Unicode.Scalar(UInt8(97 + number % 26))))
            number /= 26
        } while number > 0
        return letters
    }
}

/// Texts that have broken readers before.
enum HostileTexts {
    static let all: [String] = [
        "", " ", "\n", "\r\n", "\u{0}", "\u{FEFF}", "\u{200B}\u{200D}", "e\u{301}\u{301}\u{301}", "\u{301}",
        "שלום עולם", "مرحبا ١٢٣", "ﷺ", "日本語のテキスト", "ไม่มีช่องว่าง", "👩‍👩‍👧‍👦🇩🇪", "ǅ İ ſ ß ẞ", "\u{10FFFF}\u{E000}\u{FFFF}",
        String(repeating: "a", count: 5_000), String(repeating: "\u{301}", count: 5_000),
    ]
}
