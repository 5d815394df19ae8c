import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct ExtractionCurveTests {
    private func exact(_ ln: Double) throws -> SuffixProbability { .exact(try LogProbability(ln: ln)) }

    @Test func thresholdsAgreeWithReferenceValues() throws {
        for row in try ScoreOracles.rows("threshold") {
            let (p, n) = (try row.number("probability"), try row.count("attempts"))
            let threshold = try extractionThreshold(probability: p, attempts: n)
            #expect(isClose(threshold.ln, try row.number("ln")), "\(row): \(threshold.ln)")
            // At the threshold n samples show the suffix with just that probability.
            #expect(isClose(try extractionProbability(suffix: threshold, attempts: n).value, p, 1e-9), "\(row)")
        }
        #expect(throws: StatisticsError.self) { try extractionThreshold(probability: 1, attempts: 3) }
        #expect(throws: StatisticsError.self) { try extractionThreshold(probability: 0.5, attempts: 0) }
    }

    @Test func sharesAndIntervalsAgreeWithReferenceValues() throws {
        for row in try ScoreOracles.rows("curve") {
            var values = try row.numbers("values")[...]
            var documents: [[SuffixProbability]] = []
            for size in try row.counts("sizes") {
                documents.append(try values.prefix(Int(size)).map { try exact($0) })
                values = values.dropFirst(Int(size))
            }
            let curve = try ExtractionCurve(
                documents: documents, probability: 0.5, attempts: [try row.count("attempts")])
            let point = try #require(curve.points.first)
            let interval = try #require(point.interval)
            #expect(isClose(point.share, try row.number("share")) && point.largestShare == point.share)
            #expect(isClose(interval.lower, try row.number("lower"), 1e-9), "\(row): \(interval)")
            #expect(isClose(interval.upper, try row.number("upper"), 1e-9), "\(row): \(interval)")
            #expect(interval.method == .clusterRatio && curve.bounded == 0)
        }
    }

    @Test func neitherShareFallsAndTheRangeHoldsTheTruth() throws {
        for seed in UInt64(1)...20 {
            var generator = SeededGenerator(seed: seed, stream: "curve")
            var known: [[SuffixProbability]] = []
            var truth: [[SuffixProbability]] = []
            for _ in 0..<(1 + generator.next(below: 12)) {
                let lns = (0..<generator.next(below: 5)).map { _ in 20 * Foundation.log(generator.nextUnit() + 1e-9) }
                truth.append(try lns.map { try exact($0) })
                known.append(
                    try lns.map { ln in
                        generator.nextUnit() < 0.5
                            ? try exact(ln) : .atMost(try LogProbability(ln: ln * generator.nextUnit()))
                    })
            }
            guard truth.contains(where: { !$0.isEmpty }) else { continue }
            let attempts = (0...9).map { Int64(pow(10, Double($0))) }.reversed()
            let curve = try ExtractionCurve(documents: known, probability: 0.5, attempts: Array(attempts))
            let full = try ExtractionCurve(documents: truth, probability: 0.5, attempts: Array(attempts))
            for (first, second) in zip(curve.points, curve.points.dropFirst()) {
                #expect(first.attempts < second.attempts, "seed \(seed)")
                #expect(first.share <= second.share && first.largestShare <= second.largestShare, "seed \(seed)")
                if let interval = first.interval, let next = second.interval {
                    #expect(interval.lower <= next.lower && interval.upper <= next.upper, "seed \(seed)")
                }
            }
            for (point, true_) in zip(curve.points, full.points) {
                #expect(point.share <= true_.share && true_.share <= point.largestShare, "seed \(seed)")
                if let interval = point.interval {
                    #expect(interval.lower <= point.share && point.largestShare <= interval.upper, "seed \(seed)")
                }
            }
        }
    }

    @Test func documentsThatDoNotDifferGetBinomialEnds() throws {
        let never = try Array(repeating: [exact(-500), exact(-400)], count: 20)
        let none = try #require(try ExtractionCurve(documents: never, probability: 0.5, attempts: [100]).points.first)
        #expect(none.share == 0 && none.interval?.lower == 0)
        // 0 of 20 documents: 1 − 0.025^(1/20).
        #expect(isClose(none.interval?.upper ?? -1, 0.168433470983085, 1e-12))
        #expect(none.interval?.method == .clopperPearson)
        let half = try Array(repeating: [exact(0), exact(-400)], count: 20)
        let point = try #require(try ExtractionCurve(documents: half, probability: 0.5, attempts: [100]).points.first)
        #expect(point.share == 0.5)
        #expect(try #require(point.interval).lower < 0.3 && (try #require(point.interval)).upper > 0.7)
        let single = try ExtractionCurve(documents: [[exact(-1)]], probability: 0.5, attempts: [1])
        #expect(single.points[0].interval == nil)
    }

    @Test func whatIsUnknownMayBeAnything() throws {
        let curve = try ExtractionCurve(
            documents: [[.atMost(.certain), try exact(0)], [.atMost(.impossible), try exact(-1e6)]], probability: 0.5,
            attempts: [1, .max, 1])
        #expect(curve.points.map(\.attempts) == [1, .max])
        #expect(curve.points[0].share == 0.25 && curve.points[0].largestShare == 0.5)
        #expect(curve.bounded == 2 && curve.windows == 4 && curve.documents == 2)
        let data = try JSONEncoder().encode(curve)
        #expect(try JSONDecoder().decode(ExtractionCurve.self, from: data) == curve)
    }

    @Test func impossibleInputIsRefused() throws {
        let one = [[try exact(-1)]]
        #expect(throws: StatisticsError.self) { try ExtractionCurve(documents: [], probability: 0.5, attempts: [1]) }
        #expect(throws: StatisticsError.self) { try ExtractionCurve(documents: [[]], probability: 0.5, attempts: [1]) }
        #expect(throws: StatisticsError.self) { try ExtractionCurve(documents: one, probability: 1, attempts: [1]) }
        #expect(throws: StatisticsError.self) { try ExtractionCurve(documents: one, probability: 0.5, attempts: [0]) }
        #expect(throws: StatisticsError.self) {
            try ExtractionCurve(documents: one, probability: 0.5, attempts: [1], alpha: 0)
        }
        #expect(try ExtractionCurve(documents: one, probability: 0.5, attempts: []).points.isEmpty)
    }

    /// Clustered windows: the interval over documents covers, one over windows would not.
    @Test func intervalsCoverClusteredShares() throws {
        var covered = 0
        let trials = 400
        for trial in 0..<trials {
            var generator = SeededGenerator(seed: 77, stream: "coverage-\(trial)")
            let documents = try (0..<40).map { _ in
                let isKnown = generator.nextUnit() < 0.3
                return try Array(repeating: exact(isKnown ? -1 : -300), count: 6)
            }
            let curve = try ExtractionCurve(documents: documents, probability: 0.5, attempts: [1000])
            if curve.points[0].interval?.contains(0.3) == true { covered += 1 }
        }
        // 95 % nominal; the windows' own interval would cover in about 60 %.
        #expect(Double(covered) / Double(trials) > 0.9, "\(covered) of \(trials)")
    }
}
