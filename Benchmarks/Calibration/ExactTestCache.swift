import Audit
import Corpus
import Statistics

/// The exact tests for extraction, each table computed once.
///
/// What documents come to is counted here a second time, independently of the decision, which counts for itself in every
/// run that is compared.
struct ExactTestCache {
    private var known: [[Table2x2]: TestResult] = [:]

    /// Tests the documents of a run that did not end early.
    ///
    /// - Throws: `StatisticsError` as the tests do.
    mutating func test(_ outcomes: [DocumentOutcome]) throws(StatisticsError) -> TestResult? {
        var counts: [Int: Counts] = [:]
        for outcome in outcomes {
            switch outcome.arm {
            case .suspect:
                counts[outcome.windows, default: Counts()].suspects += 1
                if outcome.isHit { counts[outcome.windows, default: Counts()].suspectHits += 1 }
            case .control:
                counts[outcome.windows, default: Counts()].controls += 1
                if outcome.mayBeHit { counts[outcome.windows, default: Counts()].controlHits += 1 }
            }
        }
        var tables: [Table2x2] = []
        for (_, stratum) in counts.sorted(by: { $0.key < $1.key })
        where stratum.suspects > 0 && stratum.controls > 0 {
            tables.append(
                Table2x2(
                    suspect: try Proportion(hits: stratum.suspectHits, trials: stratum.suspects),
                    control: try Proportion(hits: stratum.controlHits, trials: stratum.controls)))
        }
        if let result = known[tables] { return result }
        let result: TestResult
        switch tables.count {
        case 0: return nil
        case 1: result = try boschlooExact(tables[0], alternative: .greater)
        default: result = try cochranMantelHaenszelExact(tables, alternative: .greater)
        }
        known[tables] = result
        return result
    }

    private struct Counts {
        var suspects: Int64 = 0
        var suspectHits: Int64 = 0
        var controls: Int64 = 0
        var controlHits: Int64 = 0
    }
}
