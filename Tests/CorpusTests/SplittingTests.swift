import Randomness
import Testing

@testable import Corpus

@Suite struct SplittingTests {
    private func names(_ count: Int, _ prefix: String = "d") -> [DocumentID] {
        (0..<count).map { DocumentID("\(prefix)\($0)") }
    }

    private func split(_ documents: [DocumentID], _ fraction: Double, arm: Arm = .suspect, seed: UInt64 = 1) throws
        -> FoldSplit
    {
        FoldSplit.split(
            documents: documents, arm: arm, learningFraction: try #require(LearningFraction(fraction)), seed: seed)
    }

    // Frozen: a change here re-draws the folds of every run already journaled. Computed by the Python generator in
    // RandomnessTests/GoldenVectorTests.swift as `shuffle(sorted(names), Generator(2026, "fold-split/suspect"))[:3]`.
    @Test func theSplitIsFrozen() throws {
        #expect(try split(names(8), 0.4, seed: 2026).learning.map(\.rawValue) == ["d1", "d6", "d7"])
    }

    /// Frozen like the split, from the same generator with the streams of the order.
    @Test func theOrderIsFrozen() {
        let order = order(names(5, "s"), names(4, "c"), seed: 2026)
        #expect(order.documents.map(\.document.rawValue).joined(separator: " ") == "s2 c1 c3 s4 s1 c2 c0 s0 s3")
    }

    @Test func foldsShareNothingAndLoseNothing() throws {
        for count in [0, 1, 2, 3, 10, 101] {
            for fraction in [0, 0.001, 0.3, 0.5, 0.999, 1] {
                let folds = try split(names(count), fraction)
                #expect(Set(folds.learning).isDisjoint(with: folds.test))
                #expect(Set(folds.learning).union(folds.test) == Set(names(count)))
                #expect(folds.learning == folds.learning.sorted() && folds.test == folds.test.sorted())
                if count >= 2, fraction > 0, fraction < 1 { #expect(!folds.learning.isEmpty && !folds.test.isEmpty) }
            }
        }
        #expect(try split(names(10), 0.3).learning.count == 3)
        #expect(try split(names(10), 0).learning.isEmpty)
        #expect(try split(names(10), 1).test.isEmpty)
    }

    @Test func theOrderOfTheNamesDoesNotMatter() throws {
        var shuffled = names(50) + names(50)
        var generator = SeededGenerator(seed: 3, stream: "shuffle")
        shuffled.shuffle(with: &generator)
        #expect(try split(shuffled, 0.5) == split(names(50), 0.5))
        let orders = [names(20), names(20).reversed()].map {
            order($0, names(7), seed: 9)
        }
        #expect(orders[0] == orders[1])
    }

    @Test func seedsAndArmsGiveDifferentSplits() throws {
        #expect(try split(names(50), 0.5, seed: 1) != split(names(50), 0.5, seed: 2))
        #expect(try split(names(50), 0.5, arm: .suspect) != split(names(50), 0.5, arm: .control))
    }

    @Test func everyDocumentIsEquallyLikelyToBeLearnedFrom() throws {
        var counts: [DocumentID: Int] = [:]
        for seed in UInt64(0)..<600 {
            for id in try split(names(6), 0.5, seed: seed).learning { counts[id, default: 0] += 1 }
        }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { abs($0 - 300) < 50 })  // four standard deviations
    }

    @Test func fractionsOutsideTheirRangeDoNotExist() {
        for value in [-0.1, 1.1, .nan, .infinity, -.infinity] { #expect(LearningFraction(value) == nil) }
    }

    private func order(_ suspect: [DocumentID], _ control: [DocumentID], seed: UInt64) -> PairedOrder {
        func oneStratum(_ names: [DocumentID]) -> [DocumentID: Int] {
            Dictionary(names.map { ($0, 4) }, uniquingKeysWith: { first, _ in first })
        }
        return PairedOrder(suspect: oneStratum(suspect), control: oneStratum(control), seed: seed)
    }

    @Test func armsKeepPace() {
        let order = order(names(40), names(25), seed: 5)
        #expect(order.pairs == 25 && order.documents.count == 65)
        #expect(Set(order.documents).count == 65)
        #expect(order.pairOf.count == 65 && order.pairOf.compactMap { $0 } == (0..<50).map { $0 / 2 })
        for (document, pair) in zip(order.documents, order.pairOf) where pair == nil {
            #expect(document.arm == .suspect)
        }
        let suspectFirst = (0..<25).count { pair in
            order.pairOf.firstIndex(of: pair).map { order.documents[$0].arm == .suspect } ?? false
        }
        #expect(3...22 ~= suspectFirst)
        #expect(self.order([], [], seed: 5).documents.isEmpty)
    }

    /// Otherwise a server that drifts would look like a difference between the arms.
    @Test func bothArmsComeEquallyEarly() {
        var places = [Arm.suspect: 0.0, .control: 0.0]
        let seeds = UInt64(0)..<400
        for seed in seeds {
            let order = order(names(30), names(10), seed: seed)
            for (place, document) in order.documents.enumerated() {
                places[document.arm, default: 0] += Double(place) / (document.arm == .suspect ? 30 : 10)
            }
        }
        let means = places.mapValues { $0 / Double(seeds.count) }
        // Standard error of the controls' mean place: about 11.5 / √(10 · 400) = .18.
        #expect(abs((means[.suspect] ?? 0) - 19.5) < 0.8 && abs((means[.control] ?? 0) - 19.5) < 0.8, "\(means)")
    }

    @Test func pairsAreOfOneStratumAndNobodyIsLost() {
        for seed in UInt64(0)..<50 {
            var generator = SeededGenerator(seed: seed, stream: "strata")
            func arm(_ prefix: String) -> [DocumentID: Int] {
                let count = Int(generator.next(below: 30))
                return Dictionary(
                    uniqueKeysWithValues: names(count, prefix).map { ($0, Int(generator.next(below: 4))) })
            }
            let (suspect, control) = (arm("s"), arm("c"))
            let order = PairedOrder(suspect: suspect, control: control, seed: seed)
            #expect(order.documents.count == suspect.count + control.count)
            #expect(Set(order.documents).count == order.documents.count)
            func stratum(_ member: ArmedDocument) -> Int? {
                member.arm == .suspect ? suspect[member.document] : control[member.document]
            }
            for pair in 0..<order.pairs {
                let places = order.pairOf.indices.filter { order.pairOf[$0] == pair }
                #expect(places.count == 2 && places.last == places.first.map { $0 + 1 })
                let members = places.map { order.documents[$0] }
                #expect(Set(members.map(\.arm)).count == 2 && Set(members.map(stratum)).count == 1)
            }
            let possible = (0..<4).reduce(0) { sum, stratum in
                sum + min(suspect.values.count { $0 == stratum }, control.values.count { $0 == stratum })
            }
            #expect(order.pairs == possible)
        }
    }
}
