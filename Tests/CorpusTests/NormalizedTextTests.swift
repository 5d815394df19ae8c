import Foundation
import Randomness
import Testing

@testable import Corpus

@Suite struct NormalizedTextTests {
    private func reading(_ text: String) -> String { NormalizedText(text, profile: .reading).text }

    @Test(arguments: [
        ("“It’s ‘so’”—he said…", "\"It's 'so'\"-he said..."),
        ("«a» ‹b› „c“ 5′ 6″ it´s", "\"a\" 'b' \"c\" 5' 6\" it's"),
        ("a–b − c‑d ‐ e", "a-b - c-d - e"),
        ("co\u{AD}op\u{200B}er\u{FEFF}ate\u{2060}", "cooperate"),
        ("one\r\n\u{A0}\t\u{2028} two\u{3000}", "one two "),
        ("a \u{200B} b", "a b"),
        ("ﬁne ﬂow ① ½ Ａ", "fine flow 1 1\u{2044}2 A"),
        ("cafe\u{301} Å\u{212B}", "caf\u{E9} ÅÅ"),
        ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
        ("\u{958}", "\u{915}\u{93C}"), ("\u{FF76}\u{FF9E}", "\u{30AC}"),
        ("", ""), (" ", " "), ("Abc", "Abc"),
    ])
    func readingProfile(original: String, expected: String) {
        #expect(Array(reading(original).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test func profilesDifferInWhatTheySay() {
        let text = "E\u{301} ﬁ  “"
        #expect(NormalizedText(text, profile: .none).scalars == Array(text.unicodeScalars))
        var canonical = NormalizationProfile.none
        canonical.composition = .canonical
        #expect(NormalizedText(text, profile: canonical).text.unicodeScalars.elementsEqual("É ﬁ  “".unicodeScalars))
        #expect(
            NormalizedText(text, profile: .readingCaseless).text.unicodeScalars.elementsEqual("é fi \"".unicodeScalars))
        #expect(NormalizedText("İSTANBUL Σ", profile: .readingCaseless).text == "i̇stanbul σ")
    }

    @Test func rangesLeadBackToTheOriginalBytes() {
        let original = "“ﬁ”\r\n\r\nno\u{AD}te cafe\u{301}"
        let text = NormalizedText(original, profile: .reading)
        #expect(text.text == "\"fi\" note caf\u{E9}")
        let bytes = Array(original.utf8)
        func behind(_ range: Range<Int>) -> String {
            String(decoding: bytes[text.originalByteRange(forScalars: range)], as: UTF8.self)
        }
        #expect(behind(0..<1) == "“")
        #expect(behind(1..<2) == "ﬁ")
        #expect(behind(2..<3) == "ﬁ")
        #expect(behind(4..<5) == "\r\n\r\n")
        #expect(behind(5..<9).unicodeScalars.elementsEqual("no\u{AD}te".unicodeScalars))
        #expect(behind(13..<14).unicodeScalars.elementsEqual("e\u{301}".unicodeScalars))
        #expect(behind(0..<text.scalars.count).utf8.elementsEqual(original.utf8))
        #expect(text.originalByteRange(forScalars: 14..<14) == bytes.count..<bytes.count)
        #expect(NormalizedText("", profile: .reading).originalByteRange(forScalars: 0..<0) == 0..<0)
    }

    private static let pieces: [String] = [
        "a", "B", " ", "\r\n", "\n", "\t", "é", "e\u{301}", "\u{301}", "\u{323}", "ﬁ", "…", "“", "’", "—", "\u{AD}",
        "\u{200B}", "\u{200D}", "\u{FE0F}", "🦊", "👨‍👩‍👧", "🇩🇪", "東", "ｶ\u{FF9E}", "\u{1112}\u{1161}", "\u{11AB}", "İ", "ß",
        "½",
        "\u{202B}עברית\u{202C}", "سلام", "\0", "\u{FFFF}", "\u{10FFFF}", "\u{9BE}", "\u{9C7}", "\u{1D15E}", "\u{A0}",
    ]

    /// Removing an invisible character can bring a letter and a mark together, which a second pass then composes.
    private static let piecesThatStay = pieces.filter { !["\u{200D}", "\u{AD}", "\u{200B}", "\u{FE0F}"].contains($0) }

    private static func random(_ count: Int, from pieces: [String], _ generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<count { text += pieces[generator.next(below: pieces.count)] }
        return text
    }

    @Test(arguments: [NormalizationProfile.none, .reading, .readingCaseless])
    func mappingIsTotalMonotoneAndRoundTrips(profile: NormalizationProfile) {
        let seed: UInt64 = 21
        var generator = SeededGenerator(seed: seed, stream: "normalized-text")
        for round in 0..<400 {
            let count = generator.next(below: 30)
            let original = Self.random(count, from: Self.pieces, &generator)
            let bytes = Array(original.utf8)
            let text = NormalizedText(original, profile: profile)
            let comment: Comment = "seed \(seed), round \(round)"

            var previous = 0..<0
            for index in text.scalars.indices {
                let range = text.originalByteRange(forScalars: index..<index + 1)
                #expect(range.lowerBound >= previous.lowerBound, comment)
                #expect(range.upperBound >= previous.upperBound, comment)
                #expect(!range.isEmpty, comment)
                #expect(range.upperBound <= bytes.count, comment)
                let isWhole = firstInvalidUTF8Offset(in: Array(bytes[range])) == nil
                #expect(isWhole, comment)
                let place = text.originalByteRange(forScalars: index..<index)
                #expect(place.isEmpty, comment)
                #expect(place.lowerBound == range.lowerBound, comment)
                previous = range
            }
            for _ in 0..<5 {
                let count = text.scalars.count
                let first = generator.next(below: count + 1)
                let last = first + generator.next(below: count - first + 1)
                let slice = String(decoding: bytes[text.originalByteRange(forScalars: first..<last)], as: UTF8.self)
                let again = NormalizedText(slice, profile: profile)
                let asked = Array(text.scalars[first..<last])
                let isThere = profile == .none ? again.scalars == asked : contains(again.scalars, asked)
                #expect(isThere, comment)
            }
        }
    }

    @Test func normalisingAgainChangesNothing() {
        let seed: UInt64 = 22
        var generator = SeededGenerator(seed: seed, stream: "idempotence")
        for round in 0..<400 {
            let original = Self.random(20, from: Self.piecesThatStay, &generator)
            let once = NormalizedText(original, profile: .reading)
            let twice = NormalizedText(once.text, profile: .reading)
            #expect(once.scalars == twice.scalars, "seed \(seed), round \(round)")
        }
    }

    @Test func hostileTextTakesLinearTime() {
        let clock = ContinuousClock()
        let elapsed = clock.measure {
            let marks = NormalizedText("a" + String(repeating: "\u{301}\u{323}", count: 100_000), profile: .reading)
            #expect(marks.scalars.count == 200_001)
            let spaces = NormalizedText(String(repeating: " \r\n", count: 100_000), profile: .reading)
            #expect(spaces.text == " ")
            #expect(NormalizedText(String(repeating: "\u{200B}", count: 100_000), profile: .reading).scalars.isEmpty)
        }
        #expect(elapsed < .seconds(10))
    }

    private func contains(_ haystack: [Unicode.Scalar], _ needle: [Unicode.Scalar]) -> Bool {
        guard !needle.isEmpty else { return true }
        guard haystack.count >= needle.count else { return false }
        return (0...haystack.count - needle.count).contains { haystack[$0..<$0 + needle.count].elementsEqual(needle) }
    }
}
