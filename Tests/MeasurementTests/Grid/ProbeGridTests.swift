import Corpus
import Inference
import PrefixLearning
import Randomness
import Testing

@testable import Measurement

@Suite("Where probes are put")
struct ProbeGridTests {
    private func grid(_ prefixes: [Int], _ suffix: Int, stride: Int? = nil, limit: Int? = nil) throws -> ProbeGrid {
        try #require(
            ProbeGrid(prefixLengths: prefixes, suffixLength: suffix, stride: stride, windowsPerDocument: limit))
    }

    @Test("without a stride only the document's start is asked about")
    func opening() throws {
        let windows = try grid([50, 25, 50], 50).windows(ofLength: 99)
        #expect(windows == [GridWindow(prefixLength: 25, suffixLength: 50, start: 0)])
        #expect(try grid([25, 50], 50).windows(ofLength: 100).map(\.prefixLength) == [25, 50])
        #expect(windows.allSatisfy { $0.place == .opening })
    }

    @Test("windows slide over the whole document, its end included")
    func sliding() throws {
        let starts = try grid([10], 10, stride: 15).windows(ofLength: 60).map(\.start)
        #expect(starts == [0, 15, 30, 40])
        #expect(try grid([10], 10, stride: 20).windows(ofLength: 60).map(\.start) == [0, 20, 40])
        #expect(try grid([10], 10, stride: 15, limit: 2).windows(ofLength: 60).map(\.start) == [0, 40])
        #expect(try grid([10], 10, stride: 15, limit: 1).windows(ofLength: 60).map(\.start) == [0])
        #expect(try grid([10], 10, stride: 1).windows(ofLength: 19).isEmpty)
    }

    @Test("every window lies in its document and none is asked for twice", arguments: [1, 2, 3] as [UInt64])
    func properties(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "grids")
        for _ in 0..<200 {
            let lengths = (0...generator.next(below: 3)).map { _ in 1 + generator.next(below: 40) }
            let stride = generator.next(below: 4) == 0 ? nil : 1 + generator.next(below: 30)
            let limit = generator.next(below: 2) == 0 ? nil : 1 + generator.next(below: 5)
            let grid = try grid(lengths, 1 + generator.next(below: 30), stride: stride, limit: limit)
            let length = generator.next(below: 200)
            let windows = grid.windows(ofLength: length)
            #expect(Set(windows).count == windows.count)
            #expect(windows.allSatisfy { $0.start >= 0 && $0.start + $0.prefixLength + $0.suffixLength <= length })
            for prefix in grid.prefixLengths {
                let starts = windows.filter { $0.prefixLength == prefix }.map(\.start)
                #expect(starts == starts.sorted())
                #expect(starts.isEmpty == (length < prefix + grid.suffixLength))
                #expect(starts.first ?? 0 == 0)
                if let limit { #expect(starts.count <= limit) }
                if stride != nil, limit != 1, !starts.isEmpty {
                    #expect(starts.last == length - prefix - grid.suffixLength)
                }
            }
        }
    }

    @Test("impossible grids cannot be made or read")
    func impossible() throws {
        #expect(ProbeGrid(prefixLengths: [], suffixLength: 1) == nil)
        #expect(ProbeGrid(prefixLengths: [0], suffixLength: 1) == nil)
        #expect(ProbeGrid(prefixLengths: [1], suffixLength: Int.max) == nil)
        #expect(ProbeGrid(prefixLengths: [1], suffixLength: 1, slackTokens: -1) == nil)
        #expect(ProbeGrid(prefixLengths: [1], suffixLength: 1, stride: 0) == nil)
        #expect(ProbeGrid(prefixLengths: [1], suffixLength: 1, windowsPerDocument: 0) == nil)
    }

    @Test("words are mapped to the borders between tokens at or before them")
    func borders() {
        let text = " “Fog, twice.” Don't go"
        let pieces = [" “", "Fo", "g,", " tw", "ice.” D", "on't", " go"].map { Array($0.utf8) }
        let tokenized = TokenizedText(tokens: (0..<7).map { TokenID(Int32($0)) }, pieces: pieces)
        let borders = UnitBorders(text: text, tokenized: tokenized, unit: .words)
        // Fog, twice, Don't, go; the third begins inside the token that ends the second.
        #expect(borders.tokens == [0, 3, 4, 6, 7] && borders.count == 4)
        #expect(borders.tokens(of: 1..<3) == 3..<6)
        let start = " “Fog,".utf8.count
        #expect(borders.bytes(ofTokens: 3..<4) == start..<start + 3)
        let tokens = UnitBorders(text: text, tokenized: tokenized, unit: .tokens)
        #expect(tokens.count == 7 && tokens.tokens(of: 2..<4) == 2..<4)
    }

    @Test("a space that the tokenizer adds before the text moves nothing")
    func addedSpace() {
        let tokenized = TokenizedText(tokens: [1, 2], pieces: [Array(" grey".utf8), Array(" boats".utf8)])
        let borders = UnitBorders(text: "grey boats", tokenized: tokenized, unit: .words)
        #expect(borders.tokens == [0, 1, 2])
        #expect(borders.bytes(ofTokens: 0..<1) == 0..<4 && borders.bytes(ofTokens: 1..<2) == 4..<10)
        let empty = UnitBorders(text: "", tokenized: TokenizedText(tokens: [], pieces: []), unit: .words)
        #expect(empty.count == 0)
    }

    @Test("conditions have an order and a name")
    func conditions() {
        let first = ProbeCondition(elicitation: .none, prefixLength: 25, place: .opening)
        let second = ProbeCondition(elicitation: .none, prefixLength: 25, place: .inside)
        #expect(first < second && !(second < first))
        #expect(first.description == "none, prefix 25, opening")
    }
}
