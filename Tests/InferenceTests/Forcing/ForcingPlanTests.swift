import Corpus
import Randomness
import Testing

@testable import Inference

@Suite("Which requests a suffix needs")
struct ForcingPlanTests {
    /// Tokens that are cut from bytes at random places, now and then with a token of no bytes between them.
    private func randomSplit(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> TokenizedText {
        var pieces: [[UInt8]] = []
        var index = 0
        while index < bytes.count {
            let length = min(bytes.count - index, 1 + generator.next(below: 5))
            pieces.append(Array(bytes[index..<index + length]))
            index += length
            if generator.next(below: 12) == 0 { pieces.append([]) }
        }
        // One id per piece, so that an id says what a literal names.
        return TokenizedText(tokens: pieces.indices.map { TokenID(rawValue: Int32($0)) }, pieces: pieces)
    }

    private func randomText(_ generator: inout SeededGenerator) -> [UInt8] {
        let characters = [
            "a", "b", " ", "é", "ß", "“", "東", "🦊", "😘", "\u{FFFD}", "\u{0}", "\n", "ぁ", "𝕊", "e\u{301}", "\u{10FFFF}",
        ]
        var bytes: [UInt8] = []
        for _ in 0..<generator.next(below: 20) { bytes += characters[generator.next(below: characters.count)].utf8 }
        return bytes
    }

    /// Bytes that are not UTF-8: cut characters, stray continuation bytes, bytes that never occur.
    private func randomBytes(_ generator: inout SeededGenerator) -> [UInt8] {
        let bytes: [UInt8] = [0x61, 0x20, 0xC3, 0xA9, 0xE2, 0x80, 0x9C, 0xF0, 0x9F, 0xFF, 0xC0, 0xED, 0xA0, 0xF8, 0x98]
        return (0..<generator.next(below: 24)).map { _ in bytes[generator.next(below: bytes.count)] }
    }

    /// Checks everything that must hold of the steps for a range of a suffix.
    private func check(_ suffix: TokenizedText, _ range: Range<Int>, _ note: String) {
        let plan = ForcingPlan(suffix: suffix)
        var covered: [Int: Int] = [:]
        for step in plan.grammarSteps(range) {
            switch step {
            case .single(let index):
                covered[index, default: 0] += 1
                #expect(ToyServer.endsBetweenCharacters(Array(suffix.piece(index))), "\(note): \(step)")
            case .lookUp(let index):
                covered[index, default: 0] += 1
                #expect(!ToyServer.endsBetweenCharacters(Array(suffix.piece(index))), "\(note): \(step)")
            case .grammar(let part, let text, let favoured, let withheld):
                #expect(range.contains(part.lowerBound) && part.upperBound <= range.upperBound, "\(note): \(step)")
                #expect(withheld == Self.withheldRows(suffix, part), "\(note): \(step)")
                for index in part where !withheld.contains(index) { covered[index, default: 0] += 1 }
                checkGrammar(suffix, part, text, favoured, "\(note): \(step)")
            }
        }
        #expect(range.allSatisfy { covered[$0] == 1 } && covered.count == range.count, "\(note): \(covered)")
    }

    /// The server's rule, applied to the reply so far.
    private static func withheldRows(_ suffix: TokenizedText, _ part: Range<Int>) -> [Int] {
        var reply: [UInt8] = []
        return part.filter { index in
            reply += suffix.piece(index)
            return !ToyServer.endsBetweenCharacters(reply)
        }
    }

    private func checkGrammar(
        _ suffix: TokenizedText, _ part: Range<Int>, _ text: String, _ favoured: [TokenID], _ note: String
    ) {
        guard var grammar = ToyGrammar(text) else {
            Issue.record("\(note): unreadable")
            return
        }
        for token in grammar.literalTokens {
            let piece = suffix.piece(Int(token.rawValue))
            #expect(!piece.isEmpty && String(validating: piece, as: UTF8.self) != nil, "\(note): names \(Array(piece))")
        }
        #expect(favoured == favoured.sorted() && Set(favoured).count == favoured.count, "\(note)")
        for index in part {
            let token = suffix.tokens[index]
            #expect(grammar.allows(token, piece: Array(suffix.piece(index))), "\(note): token \(index)")
            #expect(grammar.literalTokens.contains(token) != favoured.contains(token), "\(note): token \(index)")
            grammar.take(piece: Array(suffix.piece(index)))
        }
        #expect(grammar.isComplete, "\(note)")
    }

    @Test("every token is asked for once, and no grammar names what a grammar cannot match", arguments: 0..<8)
    func randomTexts(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "forcing plan")
        for round in 0..<60 {
            let bytes = generator.next(below: 4) == 0 ? randomBytes(&generator) : randomText(&generator)
            let suffix = randomSplit(bytes, &generator)
            let count = suffix.tokens.count
            let start = generator.next(below: count + 1)
            let end = start + generator.next(below: count - start + 1)
            check(suffix, 0..<count, "seed \(seed), round \(round), whole")
            check(suffix, start..<end, "seed \(seed), round \(round), \(start)..<\(end)")
        }
    }

    @Test("single steps look up exactly the tokens that end inside a character", arguments: 0..<4)
    func singles(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "forcing singles")
        for round in 0..<60 {
            let suffix = randomSplit(randomBytes(&generator), &generator)
            let steps = ForcingPlan(suffix: suffix).singleSteps(0..<suffix.tokens.count)
            let expected = suffix.tokens.indices.map { index -> ForcingStep in
                ToyServer.endsBetweenCharacters(Array(suffix.piece(index))) ? .single(index) : .lookUp(index)
            }
            #expect(steps == expected, "seed \(seed), round \(round)")
        }
    }

    private func plan(_ pieces: [[UInt8]]) -> ForcingPlan {
        ForcingPlan(
            suffix: TokenizedText(tokens: pieces.indices.map { TokenID(rawValue: Int32($0)) }, pieces: pieces))
    }

    @Test("whole words are one grammar of token literals")
    func words() {
        let steps = plan([[0x61], [0x20, 0x62], [0x63]]).grammarSteps(0..<3)
        #expect(steps == [.grammar(0..<3, grammar: "root ::= <[0]> <[1]> <[2]>", favouring: [], withheld: [])])
    }

    @Test("one token needs no grammar, no tokens need no request")
    func short() {
        #expect(plan([[0x61]]).grammarSteps(0..<1) == [.single(0)])
        #expect(plan([[0xF0]]).grammarSteps(0..<1) == [.lookUp(0)])
        #expect(plan([]).grammarSteps(0..<0) == [])
        #expect(plan([[0x61]]).grammarSteps(1..<1) == [])
    }

    @Test("a character of byte tokens is a character literal, and its withheld rows are asked for alone")
    func emoji() {
        let steps = plan([[0x61], [0xF0], [0x9F], [0x98], [0x98], [0x62]]).grammarSteps(0..<6)
        #expect(
            steps == [
                .grammar(
                    0..<6, grammar: "root ::= <[0]> \"\\U0001F618\" <[5]>", favouring: [1, 2, 3, 4],
                    withheld: [1, 2, 3]),
                .lookUp(1), .single(2), .single(3),
            ])
    }

    @Test("a suffix that begins or ends inside a character is forced singly there")
    func cutCharacters() {
        let pieces: [[UInt8]] = [[0x98], [0x98], [0x61], [0x62], [0xF0], [0x9F]]
        #expect(
            plan(pieces).grammarSteps(0..<6) == [
                .single(0), .single(1), .grammar(2..<4, grammar: "root ::= <[2]> <[3]>", favouring: [], withheld: []),
                .lookUp(4), .single(5),
            ])
    }

    @Test("tokens without bytes and end tokens never enter a grammar")
    func emptyPieces() {
        #expect(
            plan([[0x61], [0x62], [], [0x63], [0x64]]).grammarSteps(0..<5) == [
                .grammar(0..<2, grammar: "root ::= <[0]> <[1]>", favouring: [], withheld: []), .single(2),
                .grammar(3..<5, grammar: "root ::= <[3]> <[4]>", favouring: [], withheld: []),
            ])
    }
}
