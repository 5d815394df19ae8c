import Randomness
import Testing

@testable import Overlap

@Suite struct WordTests {
    @Test(arguments: [
        ("Hello, World!", ["hello", "world"]),
        ("don't Don’t 'quoted' James' rock 'n' roll", ["don't", "don't", "quoted", "james", "rock", "n", "roll"]),
        ("3.14 1,000 3. 4, 5.x v2.0 a.b", ["3.14", "1,000", "3", "4", "5", "x", "v2.0", "a", "b"]),
        ("well-known — co\u{AD}operate zero\u{200B}width", ["well", "known", "cooperate", "zerowidth"]),
        ("ÉCOLE Straße İ ΣΑΣ", ["école", "straße", "i\u{307}", "σασ"]),
        ("cafe\u{301} \u{301}a", ["cafe\u{301}", "\u{301}a"]),
        ("東京は晴れ。OK 3時", ["東", "京", "は", "晴", "れ", "ok", "3", "時"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("שלום עולם سَلام", ["שלום", "עולם", "سَلام"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("a\r\nb\tc\u{2028}d\u{A0}e", ["a", "b", "c", "d", "e"]),
        ("🦊 👨‍👩‍👧 !?…", []), ("", []), ("''''", []), ("a''b", ["a", "b"]), ("\0", []),
    ])
    func splitting(text: String, expected: [String]) {
        let found = words(of: text).map(\.text)
        #expect(found.map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
    }

    @Test func placesLeadBackToTheText() {
        let text = "“It’s co\u{AD}operative,” 東京 said."
        let scalars = Array(text.unicodeScalars)
        let found = words(of: text).map { word in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[word.scalars])
            return String(view)
        }
        #expect(found == ["It’s", "co\u{AD}operative", "東", "京", "said"])
    }

    @Test func wordsAreEqualWhereverTheyStand() {
        let found = words(of: "Fox fox FOX box")
        #expect(Set(found).count == 2)
        #expect(found[0] == found[2])
        #expect(found[0] != found[3])
    }

    /// Random text: places ascend without overlap, and both forms of the function agree.
    @Test func placesAreOrderedWithinTheText() {
        let pieces: [Unicode.Scalar] = [
            "a", "B", "é", "\u{301}", "'", "’", ".", ",", "1", "2", " ", "\r", "\n", "\u{AD}", "\u{200D}", "東", "ก",
            "ั", "🦊",
            "\0", "\u{10FFFF}", "ا", "\u{FE0F}", "½", "ß", "İ",
        ]
        let seed: UInt64 = 61
        var generator = SeededGenerator(seed: seed, stream: "words")
        for round in 0..<1000 {
            let scalars = (0..<generator.next(below: 30)).map { _ in pieces[generator.next(below: pieces.count)] }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let found = words(of: scalars)
            #expect(found == words(of: String(view)), "seed \(seed), round \(round)")
            var previousEnd = 0
            for word in found {
                #expect(word.scalars.lowerBound >= previousEnd, "seed \(seed), round \(round)")
                #expect(
                    Array(String(view).utf8)[word.utf8]
                        == Array(String(String.UnicodeScalarView(scalars[word.scalars])).utf8)[...],
                    "seed \(seed), round \(round)")
                #expect(!word.scalars.isEmpty && !word.text.isEmpty, "seed \(seed), round \(round)")
                previousEnd = word.scalars.upperBound
            }
            #expect(previousEnd <= scalars.count, "seed \(seed), round \(round)")
        }
    }

    @Test func aMegabyteWithoutASpaceIsOneWord() {
        let letters = words(of: String(repeating: "aBc'", count: 1 << 18))
        #expect(letters.count == 1)
        #expect(letters.first?.scalars == 0..<(1 << 20) - 1)
        #expect(words(of: "a" + String(repeating: "\u{301}", count: 1 << 18)).count == 1)
        #expect(words(of: String(repeating: "''", count: 1 << 18)).isEmpty)
    }
}
