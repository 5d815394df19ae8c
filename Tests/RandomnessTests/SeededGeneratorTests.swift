import Testing

@testable import Randomness

@Suite struct SeededGeneratorTests {
    /// First outputs of SplitMix64 from state 1234567, as published with the reference implementation's test data.
    @Test func splitMixMatchesItsReferenceOutput() {
        var filler = SplitMix64(state: 1_234_567)
        #expect(filler.next() == 6_457_827_717_110_365_317)
        #expect(filler.next() == 3_203_168_211_198_807_973)
        #expect(filler.next() == 9_817_491_932_198_370_423)
    }

    @Test func sameSeedAndStreamReplay() {
        var first = SeededGenerator(seed: 7, stream: "order")
        var second = SeededGenerator(seed: 7, stream: "order")
        for _ in 0..<100 { #expect(first.next() == second.next()) }
    }

    @Test func streamsAndSeedsDiffer() {
        var names = Set<UInt64>()
        for seed in UInt64(0)..<20 {
            for stream in ["order", "fold-split", ""] {
                var generator = SeededGenerator(seed: seed, stream: stream)
                names.insert(generator.next())
            }
        }
        #expect(names.count == 60)
    }

    @Test func boundedDrawsAreUniform() {
        var generator = SeededGenerator(seed: 1, stream: "uniformity")
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.next(below: 7)] += 1 }
        let chiSquare = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
        #expect(chiSquare < 22.5)  // 99.9 % point of chi-square with 6 degrees of freedom
    }

    @Test func unitDrawsStayInRange() {
        var generator = SeededGenerator(seed: 2, stream: "unit")
        var sum = 0.0
        for _ in 0..<10_000 {
            let draw = generator.nextUnit()
            #expect(draw >= 0 && draw < 1)
            sum += draw
        }
        #expect(abs(sum / 10_000 - 0.5) < 0.01)
    }

    @Test func shuffleIsAPermutationAndReachesEveryOrder() {
        var orders = Set<[Int]>()
        for seed in UInt64(0)..<400 {
            var generator = SeededGenerator(seed: seed, stream: "shuffle")
            var items = [0, 1, 2, 3]
            items.shuffle(with: &generator)
            #expect(items.sorted() == [0, 1, 2, 3])
            orders.insert(items)
        }
        #expect(orders.count == 24)
    }
}
