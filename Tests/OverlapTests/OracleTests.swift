import Foundation
import Testing

@testable import Overlap

/// Results of other implementations, written by `Oracles/make_oracles.py`.
@Suite struct OracleTests {
    struct Row: Decodable {
        let source: String
        let reply: String
        let blocks: [[Int]]
        let books: [[Int]]
        let articles: [[Int]]
        let longest: [Int]
        let rouge: [Double]
        let subsequence: Int
        let wordDistance: Int
        let characterDistance: Int
        let characterSimilarity: Double
    }

    private func rows() throws -> [Row] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracles/oracles.json")
        return try JSONDecoder().decode([Row].self, from: Data(contentsOf: file))
    }

    @Test func agreesWithOtherImplementations() throws {
        let rows = try rows()
        #expect(rows.count == 42)
        for (number, row) in rows.enumerated() {
            let (source, reply) = (ComparedText(row.source), ComparedText(row.reply))
            let comment: Comment = "row \(number)"
            let runs = matchingBlocks(source: source.words, reply: reply.words)
            #expect(runs.map { [$0.source.lowerBound, $0.reply.lowerBound, $0.count] } == row.blocks, comment)
            for (rule, expected) in [(NearVerbatimRule.books, row.books), (.articles, row.articles)] {
                let near = NearVerbatimBlocks(source: source.words, reply: reply.words, rule: rule)
                let found = near.blocks.map {
                    [
                        $0.source.lowerBound, $0.source.upperBound, $0.reply.lowerBound, $0.reply.upperBound,
                        $0.matchedWords,
                    ]
                }
                #expect(found == expected, comment)
                #expect(near.matchedWords == expected.reduce(0) { $0 + $1[4] }, comment)
            }
            let overlap = Regurgitation(source: source, reply: reply)
            let longest = overlap.longestWordRun
            #expect(longest?.count ?? 0 == row.longest[2], comment)
            if let longest {
                #expect([longest.source.lowerBound, longest.reply.lowerBound] == Array(row.longest[..<2]), comment)
            }
            #expect(overlap.rougeL.commonWords == row.subsequence, comment)
            for (found, expected) in zip(
                [overlap.rougeL.precision, overlap.rougeL.recall, overlap.rougeL.f1], row.rouge)
            {
                #expect(abs(found - expected) < 1e-12, comment)
            }
            #expect(EditSimilarity(wordsOf: source, reply: reply).distance == row.wordDistance, comment)
            let characters = EditSimilarity(charactersOf: source, reply: reply)
            #expect(characters.distance == row.characterDistance, comment)
            #expect(abs(characters.similarity - row.characterSimilarity) < 1e-12, comment)
        }
    }
}
