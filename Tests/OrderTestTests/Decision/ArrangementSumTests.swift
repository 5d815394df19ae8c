import Foundation
import Randomness
import Statistics
import Testing

@testable import OrderTest

@Suite("The exact test of orders")
struct ArrangementSumTests {
    /// p by enumeration of all orders of all shards together, on sums as they are.
    private func enumerated(_ shards: [(ofOrders: [Double], published: Int)]) -> Double {
        var sums = [0.0]
        for shard in shards { sums = sums.flatMap { sum in shard.ofOrders.map { sum + $0 } } }
        let observed = shards.reduce(0) { $0 + $1.ofOrders[$1.published] }
        return Double(sums.count { $0 >= observed - 1e-9 }) / Double(sums.count)
    }

    @Test("p agrees with enumeration", arguments: 1...4)
    func enumeration(shards count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count), stream: "whole numbers")
        for round in 0..<50 {
            // Whole numbers whose ranges add up to a power of two are rounded nowhere, so ties are compared too.
            var shards = (0..<count).map { _ in
                (ofOrders: (0..<6).map { _ in Double(generator.next(below: 17)) }, published: generator.next(below: 6))
            }
            for index in shards.indices { (shards[index].ofOrders[0], shards[index].ofOrders[1]) = (0, 16) }
            if count == 3 { shards.append((ofOrders: [0, 16], published: generator.next(below: 2))) }
            let result = try arrangementSumTest(shards)
            #expect(abs(result.pValue.value - enumerated(shards)) < 1e-12, "seed \(count), round \(round)")
            #expect(result.exactness == .exact)
        }
    }

    @Test("over all published orders p is at most α in at most the part α of the cases: 3 places, 3 shards")
    func uniform() throws {
        var generator = SeededGenerator(seed: 7, stream: "uniform")
        for round in 0..<3 {
            let fits = (0..<3).map { _ in fit(3, published: [0, 1, 2], &generator) }
            let orders = Arrangements.all(3)
            var values: [Double] = []
            for a in orders {
                for b in orders {
                    for c in orders {
                        let shards = zip(fits, [a, b, c]).map { ShardScores(fit: $0, published: $1).totals }
                        values.append(try arrangementSumTest(shards).pValue.value)
                    }
                }
            }
            values.sort()
            for (place, p) in values.enumerated() {
                // The number of values at most p is at most p · 216, with equality without ties.
                #expect(Double(values.count { $0 <= p * (1 + 1e-12) }) <= p * 216 + 1e-6, "round \(round), \(place)")
            }
            #expect(abs((values.first ?? 0) - 1 / 216.0) < 1e-12 && abs((values.last ?? 0) - 1) < 1e-12)
        }
    }

    @Test("what belongs to a document alone, or to a place alone, changes nothing")
    func additive() throws {
        var generator = SeededGenerator(seed: 8, stream: "additive")
        let fits = (0..<5).map { _ in fit(3, lift: 1, published: [2, 0, 1], &generator) }
        let moved = fits.map { rows in
            rows.enumerated().map { place, row in
                row.enumerated().map { $1 + 512 * Double(place) - 1024 * Double($0 * $0) }
            }
        }
        let (one, other) = (try test(fits), try test(moved))
        #expect(abs(one - other) < 1e-9)
        func test(_ fits: [[[Double]]]) throws -> Double {
            try arrangementSumTest(fits.map { ShardScores(fit: $0, published: [2, 0, 1]).totals }).pValue.ln
        }
    }

    @Test("the best order of every shard has p = ∏ 1/orders, however small that is")
    func smallest() throws {
        var generator = SeededGenerator(seed: 9, stream: "smallest")
        for (count, places) in [(1, 2), (3, 3), (1500, 3), (300, 5)] {
            let shards = (0..<count).map { _ in
                let published = Arrangements.all(places)[generator.next(below: places)]
                return ShardScores(fit: fit(places, lift: 200, published: published, &generator), published: published)
                    .totals
            }
            let result = try arrangementSumTest(shards)
            let expected = -Double(count) * log(Double((1...places).reduce(1, *)))
            #expect(abs(result.pValue.ln - expected) < 1e-9 * abs(expected) + 1e-12, "\(count), \(places)")
        }
    }

    @Test("far tails keep their digits: many fair coins against the binomial distribution")
    func binomial() throws {
        for (count, heads) in [(64, 40), (64, 64), (64, 0), (64, 20), (512, 400), (512, 511)] {
            let shards = (0..<count).map { (ofOrders: [0.0, 1], published: $0 < heads ? 1 : 0) }
            let result = try arrangementSumTest(shards)
            var terms: [Double] = []
            for k in heads...count {
                terms.append(lgamma(Double(count + 1)) - lgamma(Double(k + 1)) - lgamma(Double(count - k + 1)))
            }
            let most = terms.max() ?? 0
            let expected = most + log(terms.reduce(0) { $0 + exp($1 - most) }) - Double(count) * log(2)
            #expect(abs(result.pValue.ln - expected) < 1e-9 * max(1, abs(expected)), "\(heads) of \(count)")
        }
    }

    @Test("no variation gives p = 1, and what is no number is refused")
    func degenerate() throws {
        let flat = try arrangementSumTest([([1, 1], 0), ([3, 3, 3], 1)])
        #expect(flat.pValue.value == 1 && flat.warnings == [.noVariation])
        #expect(throws: StatisticsError.self) { try arrangementSumTest([]) }
        for bad in [Double.nan, .infinity, -.infinity] {
            #expect(throws: StatisticsError.self) { try arrangementSumTest([([1, bad], 0)]) }
        }
        #expect(throws: StatisticsError.self) {
            try arrangementSumTest([([-.greatestFiniteMagnitude, .greatestFiniteMagnitude], 0)])
        }
    }

    @Test("a model without knowledge of the order is accused no more often than α")
    func null() throws {
        var generator = SeededGenerator(seed: 10, stream: "null")
        let rounds = 800
        var values: [Double] = []
        for _ in 0..<rounds {
            let shards = (0..<8).map { _ in
                let published = Arrangements.all(3)[generator.next(below: 6)]
                return ShardScores(fit: fit(3, published: [-1, -1, -1], &generator), published: published).totals
            }
            values.append(try arrangementSumTest(shards).pValue.value)
        }
        for alpha in [0.01, 0.05, 0.1, 0.5] {
            let count = Double(values.count { $0 <= alpha })
            let spread = (Double(rounds) * alpha * (1 - alpha)).squareRoot()
            #expect(count <= Double(rounds) * alpha + 3.7 * spread, "\(alpha)")
            #expect(count >= Double(rounds) * alpha - 4.5 * spread - 1, "\(alpha)")
        }
    }

    @Test("a model that prefers the published order is found: weakly everywhere, or strongly in few places")
    func power() throws {
        var generator = SeededGenerator(seed: 11, stream: "power")
        func found(_ rounds: Int, shards: Int, lift: (inout SeededGenerator) -> Double) throws -> Int {
            var count = 0
            for _ in 0..<rounds {
                let totals = (0..<shards).map { _ in
                    let published = Arrangements.all(3)[generator.next(below: 6)]
                    let lift = lift(&generator)
                    return ShardScores(fit: fit(3, lift: lift, published: published, &generator), published: published)
                        .totals
                }
                if try arrangementSumTest(totals).pValue.value <= 0.01 { count += 1 }
            }
            return count
        }
        // The noise of one fit has the standard deviation 2: two pairs of neighbours with 1.4 each.
        #expect(try found(60, shards: 60) { _ in 0.8 } >= 45)
        #expect(try found(60, shards: 60) { $0.next(below: 10) == 0 ? 25 : 0 } >= 45)
        #expect(try found(60, shards: 60) { _ in 0 } <= 4)
    }

    @Test("the lift is the difference of published and other fits, per pair of neighbours")
    func lift() {
        let scores = ShardScores(fit: [[9, 1, 2], [3, 3, 10], [0, 8, 3]], published: [0, 2, 1])
        #expect(abs(scores.lift - (27 / 3.0 - 12 / 6.0) / 2) < 1e-12)
        #expect(OrderEffect([]) == nil && OrderEffect([1])?.lower == nil)
        let effect = OrderEffect([1, 2, 3, 4])
        // t₃ = 3.182446, s = 1.290994
        #expect(abs((effect?.upper ?? 0) - (2.5 + 3.182446 * 1.290994 / 2)) < 0.02)
    }
}
