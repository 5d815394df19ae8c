import Foundation
import Randomness
import Testing

@testable import Corpus

@Suite struct WindowTests {
    private func tokens(_ count: Int) -> [TokenID] { (0..<count).map { TokenID(Int32($0)) } }

    @Test(arguments: [
        ([100, 100, 99], "50+50", 2), ([100, 99], "50+50", 1), ([100, 99, 99], "32+32", 3), ([64, 63, 10], "16+16", 2),
        ([32, 31], "16+16", 1), ([.max, 500], "50+50", 2),
    ])
    func theLargestShapeThatHalfOfTheDocumentsHold(lengths: [Int], shape: String, fitting: Int) {
        let chosen = WindowShape.chosen(forDocumentLengths: lengths)
        #expect(chosen?.shape.description == shape)
        #expect(chosen?.fittingDocuments == fitting)
    }

    @Test func noShapeFitsVeryShortDocuments() {
        #expect(WindowShape.chosen(forDocumentLengths: [32, 31, 31]) == nil)
        #expect(WindowShape.chosen(forDocumentLengths: [0, -5, .min]) == nil)
        #expect(WindowShape.chosen(forDocumentLengths: []) == nil)
    }

    @Test func theChoiceIsSaidAloud() {
        #expect(
            WindowShape.chosen(forDocumentLengths: [64, 63, 70])?.description
                == "Windows are 32 tokens given and 32 expected back, the largest standard shape that at least half of the documents can hold; 1 of 3 documents is shorter and is left out."
        )
    }

    @Test func shapesAreNeverEmpty() throws {
        #expect(WindowShape(prefixTokens: 0, suffixTokens: 1) == nil)
        #expect(WindowShape(prefixTokens: 1, suffixTokens: -1) == nil)
        #expect(WindowShape(prefixTokens: .max, suffixTokens: 1) == nil)
        let shape = try JSONDecoder().decode(WindowShape.self, from: Data(#"{"prefixTokens":3,"suffixTokens":4}"#.utf8))
        #expect(shape == WindowShape(prefixTokens: 3, suffixTokens: 4))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(WindowShape.self, from: Data(#"{"prefixTokens":0,"suffixTokens":4}"#.utf8))
        }
    }

    @Test func windowsHoldTheRightTokens() throws {
        let shape = try #require(WindowShape(prefixTokens: 2, suffixTokens: 1))
        let windows = Window.windows(
            of: tokens(11), document: DocumentID("d"), arm: .control, shape: shape, count: 3)
        #expect(windows.map(\.start) == [0, 4, 8])
        #expect(windows.map(\.index) == [0, 1, 2])
        #expect(
            windows[1]
                == Window(document: DocumentID("d"), arm: .control, index: 1, start: 4, prefix: [4, 5], suffix: [6]))
        let copy = try JSONDecoder().decode(Window.self, from: JSONEncoder().encode(windows[2]))
        #expect(copy == windows[2])
    }

    @Test func startsAreDistinctEvenAndDisjointWherePossible() throws {
        let seed: UInt64 = 31
        var generator = SeededGenerator(seed: seed, stream: "windows")
        for round in 0..<2000 {
            let comment: Comment = "seed \(seed), round \(round)"
            let shape = try #require(
                WindowShape(prefixTokens: 1 + generator.next(below: 9), suffixTokens: 1 + generator.next(below: 9)))
            let length = generator.next(below: 120)
            let count = generator.next(below: 12)
            let starts = Window.starts(tokenCount: length, shape: shape, count: count)
            guard count > 0, length >= shape.tokenCount else {
                #expect(starts.isEmpty, comment)
                continue
            }
            #expect(starts.first == 0, comment)
            #expect(starts.count == min(count, length - shape.tokenCount + 1), comment)
            let gaps = zip(starts.dropFirst(), starts).map { $0 - $1 }
            #expect(gaps.allSatisfy { $0 > 0 }, comment)
            if let widest = gaps.max(), let narrowest = gaps.min() {
                #expect(widest - narrowest <= 1, comment)
                #expect(starts.last == length - shape.tokenCount, comment)
                if length >= count * shape.tokenCount { #expect(narrowest >= shape.tokenCount, comment) }
            }
        }
    }

    @Test func extremeRequestsGiveNoTrap() {
        let shape = WindowShape.standard[2]
        #expect(Window.starts(tokenCount: 40, shape: shape, count: .max) == Array(0...8))
        #expect(Window.starts(tokenCount: .max, shape: shape, count: 3) == [0, (.max - 32) / 2, .max - 32])
        #expect(Window.starts(tokenCount: -1, shape: shape, count: 3).isEmpty)
        #expect(Window.starts(tokenCount: 400, shape: shape, count: .min).isEmpty)
    }
}
