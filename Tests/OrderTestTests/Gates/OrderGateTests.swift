import Corpus
import Foundation
import Randomness
import Statistics
import Testing

@testable import OrderTest

@Suite("Whether an order looks random")
struct OrderGateTests {
    private func gates(_ lines: [String], ignoring: [String] = []) throws -> [OrderGate] {
        let folder = try ScratchFolder()
        return try PublishedOrder(
            folder.corpus(lines), options: OrderTestOptions(ignoredFields: ignoring)
        ).gates
    }

    /// Records whose fields are made by a function from the position.
    private func lines(_ count: Int = 60, seed: UInt64 = 1, _ fields: (Int, inout SeededGenerator) -> String)
        -> [String]
    {
        var generator = SeededGenerator(seed: seed, stream: "gate")
        return (0..<count).map { position in
            let text = (0..<10).map { _ in vocabulary[generator.next(below: vocabulary.count)] }.joined(separator: " ")
            let more = fields(position, &generator)
            return #"{"text": "\#(text) \#(generator.next(below: 900) + 100)"\#(more.isEmpty ? "" : ", ")\#(more)}"#
        }
    }

    @Test("random fields pass, and the detail names them")
    func passes() throws {
        let gates = try gates(
            lines { _, generator in
                #""date": "20\#(generator.next(below: 90) + 10)-01-02", "score": \#(generator.next(below: 1000)), "#
                    + #""same": 1, "id": "x\#(generator.next(below: 1 << 40))""#
            })
        #expect(gates.map(\.gate) == [.looksRandom, .unrelatedNeighbours])
        #expect(gates.allSatisfy { $0.passed && $0.remedy.isEmpty }, "\(gates)")
        #expect(gates[0].detail == "looked at id, length, date, score")
    }

    @Test(
        "what is sorted, sorted backwards, or in groups fails by its name",
        arguments: sortedFields)
    func sorted(field: String, make: @escaping @Sendable (Int) -> String) throws {
        let records = lines { position, _ in make(position) }
        let found = try gates(records)[0]
        #expect(
            !found.passed && found.detail.hasPrefix("\(field) ") && found.remedy.contains("--ignore-field"), "\(found)")
        let declared = try gates(records, ignoring: [field])[0]
        #expect(declared.passed && declared.detail.hasSuffix("not looked at, as declared: \(field)"), "\(declared)")
    }

    @Test("texts that grow along the file fail, names that the reader made do not")
    func lengths() throws {
        let growing = lines { position, _ in "\"more\": \(position % 2)" }.enumerated().map { index, line in
            line.replacing("\"text\": \"", with: "\"text\": \"" + String(repeating: "a ", count: index))
        }
        let found = try gates(growing)[0]
        #expect(!found.passed && found.detail.contains("length rises"), "\(found)")
        #expect(try gates(lines { _, _ in "" })[0].detail == "looked at length")
    }

    @Test("neighbours about one topic, or that repeat each other, fail")
    func related() throws {
        var generator = SeededGenerator(seed: 3, stream: "topics")
        let topics = (0..<120).map { position in
            let words = (0..<8).map { _ in "w\(position / 4)x\(generator.next(below: 12))" }
            return #"{"text": "\#(words.joined(separator: " ")) \#(position)"}"#
        }
        let found = try gates(topics)[1]
        #expect(!found.passed && found.gate == .unrelatedNeighbours && !found.remedy.isEmpty, "\(found)")
        var shuffled = topics
        shuffled.shuffle(with: &generator)
        #expect(try gates(shuffled)[1].passed)
        let plain = lines(120) { _, _ in "" }
        // Repeated by the next one: on either side of the documents that change places.
        for remainder in 0...1 {
            let doubled = plain.indices.map {
                $0 % 2 == remainder && $0 > 0 ? plain[$0 - 1].replacing("\"}", with: " again\"}") : plain[$0]
            }
            #expect(try !gates(doubled)[1].passed, "\(remainder)")
        }
    }

    @Test("orders that were drawn at random fail as seldom as promised")
    func level() throws {
        var failures = (fields: 0, words: 0)
        for seed in 0..<150 {
            let gates = try gates(
                lines(40, seed: UInt64(seed) + 100) { _, generator in
                    "\"a\": \(generator.next(below: 5)), \"b\": \"\(generator.next(below: 1000))\""
                })
            failures.fields += gates[0].passed ? 0 : 1
            failures.words += gates[1].passed ? 0 : 1
        }
        // Expected at most 1.5 and 7.5.
        #expect(failures.fields <= 6 && failures.words <= 18, "\(failures)")
    }

    @Test("digits are compared as numbers, of any length")
    func naturalOrder() {
        let sorted = [
            "", "0", "00", "1", "2", "10", "100000000000000000000000000001", "100000000000000000000000000002", "a",
            "a1",
            "a1b", "a2", "a10", "b", "é",
        ]
        for (i, one) in sorted.enumerated() {
            for (j, other) in sorted.enumerated() {
                #expect(NaturalOrder.precedes(Array(one.utf8), Array(other.utf8)) == (i < j), "\(one) and \(other)")
            }
        }
    }

    @Test("the moments of trend and serial correlation are those of all permutations")
    func moments() throws {
        let values: [Double] = [0, 1, 1, 4, 7, 2]
        // By enumeration: the p-values are normal tails of standardised statistics, so z is recovered from them.
        var trends: [Double] = []
        var serials: [Double] = []
        for order in Arrangements.all(6) {
            let moved = order.map { values[$0] }
            let found = try #require(PositionTrend(ranks: moved))
            trends.append(found.trend)
            serials.append(found.clustering)
        }
        func mean(_ x: [Double]) -> Double { x.reduce(0, +) / Double(x.count) }
        func variance(_ x: [Double]) -> Double { mean(x.map { $0 * $0 }) - mean(x) * mean(x) }
        #expect(abs(mean(trends)) < 1e-12 && abs(variance(trends) - 1 / 5.0) < 1e-12)
        #expect(abs(mean(serials) + 1 / 5.0) < 1e-12)
        let sorted = try #require(PositionTrend(ranks: [0, 1, 1, 2, 4, 7]))
        let z = (sorted.clustering - mean(serials)) / variance(serials).squareRoot()
        #expect(abs(sorted.clusteringP.value - 0.5 * erfc(z / 2.0.squareRoot())) < 1e-12)
        #expect(PositionTrend(ranks: [1, 1, 1, 1, 1]) == nil && PositionTrend(ranks: [1, 2, 3]) == nil)
        #expect(PositionTrend.ranks([3, 1, 3, 2], by: <) == [2.5, 0, 2.5, 1])
    }
}

/// Fields that follow the position in some way, and how they are written.
private let sortedFields: [(String, @Sendable (Int) -> String)] = [
    ("id", { "\"id\": \($0)" }), ("id", { "\"id\": \"doc-\($0)\"" }), ("id", { "\"id\": \"doc-\(99 - $0)\"" }),
    ("date", { "\"date\": \"2021-\(10 + $0 / 20)-\(10 + $0 % 20)\"" }), ("n", { "\"n\": \"\($0 * 7)\"" }),
    ("n", { "\"n\": -\($0).5" }), ("topic", { "\"topic\": \"\(["b", "c", "a", "d"][$0 / 15])\"" }),
    ("flag", { "\"flag\": \($0 > 15 && $0 < 40)" }),
    ("only", { $0 % 20 == 0 ? "\"other\": 1" : "\"only\": \($0)" }),
]
