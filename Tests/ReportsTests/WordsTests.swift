import Statistics
import Testing

@testable import Reports

/// Numbers and words for people.
@Suite struct WordsTests {
    @Test(arguments: [
        (0.0, "0 %"), (1.0, "100 %"), (0.5, "50.0 %"), (0.02276, "2.28 %"), (0.00996, "0.996 %"),
        (0.9996, "over 99.9 %"),
        (0.000_001_23, "0.000123 %"), (1e-12, "1.00e-10 %"), (.nan, "none %"),
    ]) func percentages(_ share: Double, _ text: String) {
        #expect(ReportNumber.percent(share) == text)
    }

    @Test(arguments: [
        (0.01 * (1 - 0.3), "0.007"), (0.005, "0.005"), (1e-5, "0.00001"), (0.01, "0.01"), (1, "1"), (100, "100"),
    ]) func settings(_ value: Double, _ text: String) {
        #expect(ReportNumber.setting(value) == text)
    }

    @Test func fixedNumbers() {
        #expect(ReportNumber.fixed(-0.00001, 4) == "0.0000")
        #expect(ReportNumber.fixed(-1234.56789, 4) == "-1234.5679")
        #expect(ReportNumber.fixed(.infinity, 2) == "none")
        #expect(ReportNumber.signed(0.00001, 2) == "0.00")
        #expect(ReportNumber.signed(1.5, 2) == "+1.50")
        #expect(ReportNumber.points(-0.125) == "-12.5")
        #expect(ReportNumber.count(-1_234_567) == "-1,234,567")
        #expect(ReportNumber.count(Int.min) == "-9,223,372,036,854,775,808")
        #expect(ReportNumber.count(999) == "999")
    }

    @Test func probabilities() throws {
        #expect(ReportNumber.probability(.certain) == "1")
        #expect(ReportNumber.probability(.impossible) == "0")
        #expect(ReportNumber.ln(.impossible) == "below every number")
        #expect(try ReportNumber.probability(LogProbability(0.00504)) == "0.00504")
        #expect(try ReportNumber.probability(LogProbability(ln: -1404.76)) == "8.33e-611")
    }

    @Test func shellWordsComeBackFromAShell() {
        #expect(ShellWords.line(["a", "b c", "", "it's", "$x", "é"]) == #"a 'b c' '' 'it'\''s' '$x' 'é'"#)
    }

    @Test func whatHasNoShapeIsShown() {
        #expect(
            visible("a\u{0}\u{7f}\u{85}\u{202e}\u{200b}\u{ad}\u{e0041}\u{e000}")
                == "a␀␡<U+0085><U+202E><U+200B><U+00AD><U+E0041><U+E000>")
        #expect(visible("a\tb\r\nc") == "a␉b␍␊c")
        #expect(visible("a\tb\r\nc", keepingLines: true) == "a\tb␍\nc")
        #expect(visible("❤️ 👩‍🚀 می‌شود é") == "❤️ 👩‍🚀 می‌شود é")
        #expect(visible("abcdef", limit: 4) == "abcd [… 2 more characters]")
        #expect(visible("abcd", limit: 4) == "abcd")
    }
}
