import Corpus
import Foundation
import PrefixLearning
import Randomness
import Statistics
import Testing

@testable import Audit
@testable import Measurement

@Suite("What a measurement says")
struct MeasurementSummaryTests {
    private let corpus = ToyCorpus(seed: 1, documents: 6, bytes: 120)

    private func record(_ target: String, _ model: ToyModel, seed: UInt64 = 1) async throws -> MeasurementRecord {
        let scratch = try ScratchDirectory()
        var options = smallOptions(prefixes: [8, 16])
        options.seed = seed
        let preparation = try await corpus.prepareMeasurement(options, target: target)
        return try await measure(preparation, on: [ToyServer(model: model)], in: scratch.path)
    }

    @Test("two models are compared on the same probes, the one that has read the texts comes out above")
    func differences() async throws {
        let knowing = try await record("knowing", corpus.model)
        let clean = try await record("clean", ToyModel(seed: 9))
        let summary = try MeasurementSummary([knowing, clean])
        #expect(summary.targets.map(\.target.rawValue) == ["knowing", "clean"])
        #expect(summary.differences.count == 4)
        let difference = try #require(
            summary.differences.first { $0.arm == .suspect && $0.quantity == .regurgitation })
        #expect(difference.documents == 6 && difference.unpairedProbes == 0 && difference.difference > 0.3)
        #expect(difference.discordant?.firstOnly == 4 && difference.discordant?.secondOnly == 0)
        // The model has read four of the six far enough, and all four differ to the same side: 2 of 16 patterns.
        #expect(abs(difference.test.pValue.value - 2 / 16.0) < 1e-12)
        #expect(difference.adjusted == difference.test.pValue)
        let control = try #require(summary.differences.first { $0.arm == .control && $0.quantity == .regurgitation })
        #expect(control.difference == 0 && control.adjusted.value == 1)
        let three = try MeasurementSummary([knowing, clean, try await record("other", ToyModel(seed: 10))])
        let again = try #require(three.differences.first { $0.arm == .suspect && $0.quantity == .regurgitation })
        #expect(abs(again.adjusted.value - 3 * again.test.pValue.value) < 1e-9)
    }

    @Test("runs of one model, or that were asked different things, are not put side by side")
    func refused() async throws {
        let one = try await record("one", corpus.model)
        #expect(throws: MeasurementError.sameTarget(TargetName(rawValue: "one"))) {
            _ = try MeasurementSummary([one, one])
        }
        let other = try await record("two", corpus.model, seed: 2)
        do {
            _ = try MeasurementSummary([one, other])
            Issue.record("accepted")
        } catch MeasurementError.differentPlans(_, _, let differences) {
            #expect(differences.count == 1 && differences[0].hasPrefix("seed"), "\(differences)")
        }
    }

    @Test("a summary is written and read back as it was")
    func codable() async throws {
        let summary = try MeasurementSummary(
            [try await record("one", corpus.model)], groupedBy: ["section", "date.year"])
        let bytes = try CanonicalJSON.encode(summary)
        let again = try JSONDecoder().decode(MeasurementSummary.self, from: Data(bytes))
        #expect(try CanonicalJSON.encode(again) == bytes)
        #expect(summary.targets[0].groups.map(\.field) == ["section", "date.year"])
        #expect(summary.targets[0].groups[0].groups.allSatisfy { $0.value == nil })
    }

    @Test("years are taken from dates")
    func years() {
        let fields = ["date": "2018-05-22", "section": "letters", "when": "May 2018"]
        #expect(GroupValue("date.year", in: fields).text == "2018")
        #expect(GroupValue("section", in: fields).text == "letters")
        #expect(GroupValue("when.year", in: fields).text == nil)
        #expect(GroupValue("nothing.year", in: fields).text == nil)
    }

    @Test("every place counts once", arguments: [1, 2, 3] as [UInt64])
    func places(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "places")
        for _ in 0..<200 {
            let ranges = (0..<generator.next(below: 8)).map { _ in
                let start = generator.next(below: 30)
                return start..<start + generator.next(below: 10)
            }
            let counted = CountedPlaces(ranges)
            #expect(counted.count == Set(ranges.flatMap { Array($0) }).count)
            #expect(zip(counted.ranges, counted.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        }
    }

    @Test("a rate's interval holds it and takes documents for its units")
    func intervals() throws {
        let none = try ClusteredRate([[false], [false, false], []], alpha: 0.05)
        #expect(none.trials == 3 && none.documents == 2 && none.share == 0)
        // Clopper and Pearson for 0 of 2 documents.
        #expect(abs(try #require(none.interval).upper - 0.841_886_116_991_581) < 1e-9)
        let some = try ClusteredRate(Array(repeating: [true, false], count: 5) + [[true, true]], alpha: 0.05)
        #expect(try #require(some.interval).contains(try #require(some.share)))
        #expect(try ClusteredRate([[true]], alpha: 0.05).interval == nil)
        #expect(try ClusteredRate([], alpha: 0.05).share == nil)
        #expect(throws: StatisticsError.self) { try ClusteredRate([[true], [false]], alpha: 1) }
    }

    @Test("a mean weighs documents alike, and means of few documents have no interval")
    func means() throws {
        let mean = try #require(try DocumentMean([[1, 1, 1], [4], [], [.nan]], alpha: 0.05, seed: 1))
        #expect(mean.mean == 2.5 && mean.probes == 4 && mean.documents == 2 && mean.interval == nil)
        let many = try #require(
            try DocumentMean((0..<40).map { [Double($0 % 5)] }, alpha: 0.05, seed: 1))
        let interval = try #require(many.interval)
        // The standard error of the mean is √2 ∕ √40.
        #expect(interval.contains(2) && abs(interval.upper - interval.lower - 2 * 1.96 * 0.2236) < 0.1)
        #expect(try DocumentMean([[Double]](), alpha: 0.05, seed: 1) == nil)
    }
}
