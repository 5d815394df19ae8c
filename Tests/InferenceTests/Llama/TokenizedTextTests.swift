import Corpus
import Testing

@testable import Inference

@Suite("Tokens and their bytes")
struct TokenizedTextTests {
    private let text = TokenizedText(tokens: [5, 6, 7, 8], pieces: [[0x61], [], [0xC3], [0xA9, 0x62]])

    @Test("pieces are found again by index and by range")
    func pieces() {
        #expect(text.bytes == [0x61, 0xC3, 0xA9, 0x62])
        #expect((0..<4).map { Array(text.piece($0)) } == [[0x61], [], [0xC3], [0xA9, 0x62]])
        #expect(Array(text.bytes(ofTokens: 1..<4)) == [0xC3, 0xA9, 0x62])
        #expect(Array(text.bytes(ofTokens: 0..<4)) == text.bytes)
        #expect(text.bytes(ofTokens: 2..<2).isEmpty)
        #expect(text.bytes(ofTokens: 0..<0).isEmpty)
    }

    @Test("a part is a text of its own, whatever its bytes")
    func parts() {
        #expect(text.part(0..<4) == text)
        #expect(text.part(2..<4) == TokenizedText(tokens: [7, 8], pieces: [[0xC3], [0xA9, 0x62]]))
        #expect(text.part(1..<2) == TokenizedText(tokens: [6], pieces: [[]]))
        #expect(text.part(4..<4) == TokenizedText(tokens: [], pieces: []))
    }

    @Test("a text is spelled byte for byte, apart from one space in front")
    func spelling() {
        #expect(text.spells("aéb"))
        #expect(!text.spells("ae\u{301}b"))
        #expect(!text.spells("aé"))
        let spaced = TokenizedText(tokens: [1, 2], pieces: [[0x20, 0x61], [0x62]])
        #expect(spaced.spells("ab"))
        #expect(spaced.spells(" ab"))
        #expect(!spaced.spells("  ab"))
        let empty = TokenizedText(tokens: [], pieces: [])
        #expect(empty.spells(""))
        #expect(!empty.spells(" "))
    }
}
