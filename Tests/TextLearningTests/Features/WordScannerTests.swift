import Testing

@testable import TextLearning

@Suite struct WordScannerTests {
    private func words(_ text: String, seed: UInt64 = 0) -> [UInt64] {
        var words: [UInt64] = []
        WordScanner(seed: seed).forEachWord(of: text) { words.append($0) }
        return words
    }

    // From this script:
    //   M = 2**64 - 1
    //   def mixed(v):
    //       m = (v + 0x9e3779b97f4a7c15) & M
    //       m = ((m ^ (m >> 30)) * 0xbf58476d1ce4e5b9) & M
    //       m = ((m ^ (m >> 27)) * 0x94d049bb133111eb) & M
    //       return m ^ (m >> 31)
    //   def word(scalars, seed):
    //       h = 0xcbf29ce484222325 ^ mixed(seed)
    //       for s in scalars: h = ((h ^ ord(s)) * 0x100000001b3) & M
    //       return mixed(h)
    //   print([hex(word(w, seed)) for seed in (0, 2**64 - 1) for w in ("élan", ",", "00th", "\n")])
    private static let hashes: [(seed: UInt64, words: [UInt64])] = [
        (0, [0x68ce_12b0_57e2_c970, 0xd23c_c4a9_0299_6df4, 0x1b94_6640_f3b5_e2ae, 0xaf47_b14f_dda6_7691]),
        (.max, [0xef73_832d_5e54_0951, 0x1fc9_7d6f_6bde_8042, 0x27ae_f07b_eae6_402f, 0x8ce3_905c_a25c_6d84]),
    ]

    @Test(arguments: hashes) func hashesAreThoseOfTheScript(seed: UInt64, expected: [UInt64]) {
        #expect(words("ÉLAN, 19th\n", seed: seed) == expected)
    }

    @Test(arguments: [
        ("Hello World", "hELLO   wORLD"), ("in 2019", "in 2023"), ("٢٠١٩", "2019"), ("a\tb", "a b"),
        ("ΑΘΗΝΑ", "αθηνα"), ("a\u{200B}b", "a b"), ("a\r\nb", "a \nb"),
    ]) func theseAreTheSame(left: String, right: String) {
        #expect(words(left) == words(right))
        #expect(!words(left).isEmpty)
    }

    @Test(arguments: [
        ("19/3/2019", "2019-03-19"), ("199", "1999"), ("don't", "don’t"), ("a b", "ab"), ("a. b", "a b"),
        ("a\nb", "a b"), ("caf\u{e9}", "cafe\u{301}"), ("“a”", "\"a\""), ("日本", "本日"),
    ]) func theseDiffer(left: String, right: String) {
        #expect(words(left) != words(right))
    }

    @Test func scriptsWithoutSpacesGiveAWordForEachScalar() {
        #expect(words("日本語").count == 3)
        #expect(words("ひらカナ").count == 4)
        #expect(words("ไทย").count == 3)
        #expect(words("한국어").count == 1)
    }

    @Test func marksStayInTheirWord() {
        #expect(words("cafe\u{301}s").count == 1)
        #expect(words("مُحَمَّد").count == 1)
    }

    @Test func everyScalarIsRead() {
        var visited = 0
        var text = String.UnicodeScalarView()
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 13) {
            if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        }
        WordScanner(seed: 1).forEachWord(of: String(text)) { _ in visited += 1 }
        #expect(visited > 10_000)
    }

    @Test(arguments: HostileTexts.all) func hostileTextsAreRead(text: String) {
        #expect(words(text) == words(text))
    }
}
