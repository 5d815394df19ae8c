import Testing

@testable import Statistics

@Suite struct LogProbabilityScoreTests {
    @Test func agreeWithReferenceValues() throws {
        for row in try ScoreOracles.rows("scores") {
            let (lns, others) = (try row.numbers("lns"), try row.numbers("others"))
            let (bytes, units) = (Int(try row.count("bytes")), Int(try row.count("units")))
            #expect(isClose(try meanLogProbability(lns), try row.number("mean")), "\(row)")
            #expect(
                isClose(
                    try compressionScore(logProbabilities: lns, compressedBytes: bytes), try row.number("zlib_mean")))
            #expect(
                isClose(
                    try compressionScore(logProbabilities: lns, compressedBytes: bytes, numerator: .total),
                    try row.number("zlib_total")))
            #expect(
                isClose(
                    try referenceDifference(target: lns, reference: others, units: units), try row.number("reference"),
                    1e-11))
            #expect(
                isClose(
                    try lowercaseDifference(original: lns, lowercased: others), try row.number("lowercase"), 1e-11))
            let suffix = try SuffixProbability(lns.map { .exact($0) }, length: lns.count)
            #expect(isClose(suffix.upper.ln, try row.number("suffix")) && suffix.lower == suffix.upper)
        }
    }

    @Test func knownByHeartCounts() throws {
        #expect(try meanLogProbability([0, 0, -3, 0]) == -0.75)
        #expect(try meanLogProbability([0]) == 0)
        #expect(try lowercaseDifference(original: [0], lowercased: [0]) == 0)
    }

    @Test func censoredTokensGiveUpperBounds() throws {
        let tokens: [TokenLogProbability] = [.exact(-1), .atMost(-20), .exact(-3)]
        let mean = try meanLogProbabilityBounds(tokens)
        #expect(mean.lower == -.infinity && mean.upper == -8)
        let lowest = try minKBounds(tokens, fraction: 0.4)
        #expect(lowest.lower == -.infinity && lowest.upper == -20)
        let whole = try minKBounds([.exact(-1), .exact(-5)], fraction: 0.5)
        #expect(whole.lower == -5 && whole.width == 0)
        // The bound is one: whatever the censored value is, the score is not above.
        for hidden in [-20.0, -30, -1e6] {
            #expect(try meanLogProbability([-1, hidden, -3]) <= mean.upper)
            #expect(try minK(logProbabilities: [-1, hidden, -3], fraction: 0.4) <= lowest.upper)
        }
    }

    @Test func suffixesThatWereNotScoredToTheEndAreBounds() throws {
        #expect(try SuffixProbability([.exact(-1), .exact(-2)], length: 2) == .exact(LogProbability(ln: -3)))
        #expect(try SuffixProbability([.exact(-1), .exact(-2)], length: 3) == .atMost(LogProbability(ln: -3)))
        #expect(try SuffixProbability([.exact(-1), .atMost(-2)], length: 2) == .atMost(LogProbability(ln: -3)))
        #expect(try SuffixProbability([], length: 4) == .atMost(.certain))
        #expect(try SuffixProbability([], length: 0) == .exact(.certain))
        #expect(try SuffixProbability([.exact(-3)], length: 9).lower == .impossible)
        let tiny = try SuffixProbability([.exact(-1.7e308), .exact(-1.7e308)], length: 2)
        #expect(tiny.upper == .impossible)
        #expect(throws: StatisticsError.self) { try SuffixProbability([.exact(-1), .exact(-1)], length: 1) }
        #expect(throws: StatisticsError.self) { try SuffixProbability([.exact(.nan)], length: 1) }
    }

    @Test func impossibleInputIsRefused() {
        for bad in [[], [Double.nan], [-.infinity], [0.1], [-1, .infinity]] {
            #expect(throws: StatisticsError.self) { try meanLogProbability(bad) }
            #expect(throws: StatisticsError.self) { try compressionScore(logProbabilities: bad, compressedBytes: 9) }
            #expect(throws: StatisticsError.self) {
                try referenceDifference(target: bad, reference: [-1], units: 1)
            }
            #expect(throws: StatisticsError.self) {
                try referenceDifference(target: [-1], reference: bad, units: 1)
            }
            #expect(throws: StatisticsError.self) { try lowercaseDifference(original: [-1], lowercased: bad) }
            #expect(throws: StatisticsError.self) { try meanLogProbabilityBounds(bad.map { .atMost($0) }) }
            #expect(throws: StatisticsError.self) { try minKBounds(bad.map { .exact($0) }) }
        }
        for length in [0, -1, Int.min] {
            #expect(throws: StatisticsError.self) {
                try compressionScore(logProbabilities: [-1], compressedBytes: length)
            }
            #expect(throws: StatisticsError.self) {
                try referenceDifference(target: [-1], reference: [-1], units: length)
            }
        }
    }
}
