import Testing

@testable import rote

@Suite struct SanitizeTests {
    @Test func controlsBecomeVisible() {
        #expect(sanitize("a\u{1b}[31mb") == "a␛[31mb")
        #expect(sanitize("\u{1b}]0;title\u{7}") == "␛]0;title␇")
        #expect(sanitize("a\r\nb\tc") == "a␍␊b␉c")
        #expect(sanitize("a\r\nb\tc", keepingLines: true) == "a␍\nb\tc")
        #expect(sanitize("\u{9b}2J\u{7f}\0") == "<U+009B>2J␡␀")
        #expect(sanitize("\u{202e}evil\u{2066}") == "<U+202E>evil<U+2066>")
    }

    @Test func ordinaryTextStays() {
        let text = "Ünïcödé, 東京, 👩‍👩‍👧, e\u{301}, « » — “quotes”\u{a0}"
        #expect(sanitize(text) == text)
    }

    @Test func everyScalarIsHarmlessAndStable() {
        for value in UInt32(0)...0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = sanitize(String(scalar))
            #expect(!shown.isEmpty)
            #expect(shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            #expect(sanitize(shown) == shown)
        }
    }
}
