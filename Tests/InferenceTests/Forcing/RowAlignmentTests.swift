import Corpus
import Testing

@testable import Inference

@Suite("Pairing rows with tokens")
struct RowAlignmentTests {
    private func rows(_ tokens: [TokenID]) -> [ProbabilityRow] {
        tokens.enumerated().map { ProbabilityRow(token: $1, ln: -Double($0 + 1), mostProbable: nil) }
    }

    private func align(_ rowTokens: [TokenID], _ tokens: [TokenID], withheld: Set<Int> = []) -> [Double?]? {
        RowAlignment.align(rows(rowTokens), to: tokens[...], withheld: withheld.contains)?.map { $0?.ln }
    }

    @Test("one row per token")
    func all() {
        #expect(align([1, 2, 3], [1, 2, 3]) == [-1, -2, -3])
        #expect(align([], []) == [])
    }

    @Test("withheld tokens have none")
    func withheld() {
        #expect(align([3, 4], [1, 2, 3, 4], withheld: [0, 1]) == [nil, nil, -1, -2])
        #expect(align([], [1], withheld: [0]) == [nil])
    }

    @Test("a withheld token never takes the row of an equal one after it")
    func equalBytes() {
        // 😘 is F0 9F 98 98: of the two last bytes only the second one has a row.
        #expect(align([98, 7], [240, 159, 98, 98, 7], withheld: [0, 1, 2]) == [nil, nil, nil, -1, -2])
    }

    @Test("a server that withholds nothing is understood too")
    func nothingWithheld() {
        #expect(align([1, 2, 3], [1, 2, 3], withheld: [0, 1]) == [-1, -2, -3])
        #expect(align([240, 159, 98, 98], [240, 159, 98, 98], withheld: [0, 1, 2]) == [-1, -2, -3, -4])
    }

    @Test("rows of other tokens, and too few rows, fit nowhere")
    func misfits() {
        #expect(align([1, 9], [1, 2]) == nil)
        #expect(align([1], [1, 2]) == nil)
        #expect(align([], [1]) == nil)
        #expect(align([2, 1], [1, 2]) == nil)
    }

    @Test("rows beyond the tokens of interest are left alone")
    func prefix() {
        #expect(align([1, 2, 3], [1, 2]) == [-1, -2])
    }
}
