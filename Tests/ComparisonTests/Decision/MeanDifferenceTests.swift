import Foundation
import Randomness
import Statistics
import Testing

@testable import Comparison

@Suite("Mean differences")
struct MeanDifferenceTests {
    private func values(_ count: Int, seed: UInt64, around mean: Double) -> [Double] {
        var generator = SeededGenerator(seed: seed, stream: "values")
        return (0..<count).map { _ in mean + generator.nextUnit() + generator.nextUnit() - 1 }
    }

    @Test("rates get the interval that the bootstrap of rates gives")
    func rates() throws {
        func arm(_ hits: Int) -> [Double] { (0..<30).map { $0 < hits ? 1 : 0 } }
        let difference = try MeanDifference(suspect: arm(14), control: arm(4), seed: 3)
        let direct = try clusterBootstrap(
            suspect: arm(14).map { try Proportion(hits: Int64($0), trials: 1) },
            control: arm(4).map { try Proportion(hits: Int64($0), trials: 1) }, seed: 3)
        let interval = try #require(difference.interval)
        #expect(abs(difference.estimate - direct.estimate) < 1e-12)
        #expect(abs(interval.lower - direct.interval.lower) < 1e-8)
        #expect(abs(interval.upper - direct.interval.upper) < 1e-8)
    }

    @Test("the interval moves with the unit and turns with the sign")
    func scale() throws {
        let (suspect, control) = (values(40, seed: 1, around: 0.3), values(30, seed: 2, around: 0))
        let plain = try MeanDifference(suspect: suspect, control: control, seed: 1)
        let large = try MeanDifference(suspect: suspect.map { $0 * 1e6 }, control: control.map { $0 * 1e6 }, seed: 1)
        let (first, second) = (try #require(plain.interval), try #require(large.interval))
        #expect(abs(first.lower * 1e6 - second.lower) < 1 && abs(first.upper * 1e6 - second.upper) < 1)
        #expect(first.lower < plain.estimate && plain.estimate < first.upper)
        #expect(abs(plain.estimate - 0.3) < 0.3)
    }

    @Test("one sample is compared with zero")
    func oneSample() throws {
        let sample = values(60, seed: 5, around: 0.5)
        let difference = try MeanDifference(suspect: sample, control: nil, seed: 1)
        let mean = sample.reduce(0, +) / 60
        let error = (sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59 / 60).squareRoot()
        let interval = try #require(difference.interval)
        #expect(abs(difference.estimate - mean) < 1e-12)
        #expect(abs(interval.lower - (mean - 1.96 * error)) < 0.25 * error)
        #expect(abs(interval.upper - (mean + 1.96 * error)) < 0.25 * error)
    }

    @Test("it covers about as often as it says")
    func coverage() throws {
        var covered = 0
        for seed in 0..<100 as Range<UInt64> {
            let difference = try MeanDifference(
                suspect: values(20, seed: 2 * seed, around: 0.2), control: values(20, seed: 2 * seed + 1, around: 0),
                resamples: 999, seed: seed)
            if try #require(difference.interval).contains(0.2) { covered += 1 }
        }
        // P(Binomial(100, 0.95) < 87) < 0.001; a bootstrap of 20 documents covers a little less than it says.
        #expect(covered >= 87, "\(covered) of 100")
    }

    @Test("too few documents, or documents that do not differ, get no interval")
    func none() throws {
        #expect(try MeanDifference(suspect: values(14, seed: 1, around: 1), control: nil, seed: 1).interval == nil)
        #expect(
            try MeanDifference(suspect: values(20, seed: 1, around: 1), control: [1], seed: 1).interval == nil)
        #expect(try MeanDifference(suspect: .init(repeating: 2, count: 20), control: nil, seed: 1).interval == nil)
        #expect(try MeanDifference(suspect: .init(repeating: 2, count: 20), control: nil, seed: 1).estimate == 2)
    }

    @Test("sums beyond what a computer holds are refused")
    func overflow() {
        #expect(throws: StatisticsError.self) {
            try MeanDifference(suspect: [1.7e308, 1.7e308], control: nil, seed: 1)
        }
        #expect(throws: StatisticsError.self) { try MeanDifference(suspect: [.nan, 1], control: nil, seed: 1) }
    }
}
