import Corpus
import Measurement
import Reports

/// Every model as a suite of JUnit XML, for programs that collect test results.
///
/// A measurement passes no judgement, so a case passes when it was measured, is skipped when the run is not finished,
/// and is an error when no probe got an answer. Text holds only characters that XML 1.0 allows: others are made visible.
struct MeasurementJUnit {
    private let report: MeasurementReport

    init(_ report: MeasurementReport) { self.report = report }

    private enum Result { case passed, skipped, error }

    private struct Case {
        let name: String
        let result: Result
        let output: String
    }

    var text: String {
        let suites = report.shownSummary.targets.map { ($0, cases($0)) }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="rote" \(Self.totals(suites.flatMap(\.1)))>
            \(suites.map(suite).joined())</testsuites>

            """
    }

    private static func totals(_ cases: [Case]) -> String {
        "tests=\"\(cases.count)\" failures=\"0\" errors=\"\(cases.count { $0.result == .error })\" "
            + "skipped=\"\(cases.count { $0.result == .skipped })\""
    }

    private func cases(_ target: TargetSummary) -> [Case] {
        var cases: [Case] = []
        for arm in Arm.allCases {
            guard let table = target.table(arm) else { continue }
            let documents = target.documents.filter { $0.arm == arm }
            let failed = table.rate(.failed)
            let isAnswered = failed.map { $0.hits < $0.trials } ?? false
            var output =
                "\(documents.count(where: \.isHit)) of \(documents.count) documents came back; probes that regurgitate: "
                + MeasuredNumbers.share(table.rate(.regurgitates)).plain
            if let failed { output += "; failed: \(MeasuredNumbers.share(failed).plain)" }
            cases.append(
                Case(
                    name: arm.rawValue, result: isAnswered ? (target.isFinished ? .passed : .skipped) : .error,
                    output: output))
        }
        for rate in target.presets {
            let values = rate.entries.map { entry in
                (entry.threshold.map { "at least \(ReportNumber.significant($0, 4)): " } ?? "")
                    + ReportNumber.significant(entry.value, 4)
            }
            cases.append(
                Case(
                    name: "\(rate.preset) \(rate.arm.rawValue) \(rate.elicitation) \(rate.prefixLength)",
                    result: target.isFinished ? .passed : .skipped, output: values.joined(separator: "; ")))
        }
        return cases
    }

    private func suite(_ target: TargetSummary, _ cases: [Case]) -> String {
        let name = Self.escaped(target.target.rawValue)
        let properties = [("plan", target.planHash), ("journal", target.chain), ("model", target.model)].map {
            "      <property name=\"\($0.0)\" value=\"\(Self.escaped($0.1))\"/>\n"
        }.joined()
        return
            "  <testsuite name=\"\(name)\" \(Self.totals(cases))>\n    <properties>\n\(properties)    </properties>\n"
            + cases.map { element($0, of: name) }.joined() + "  </testsuite>\n"
    }

    private func element(_ one: Case, of suite: String) -> String {
        let mark =
            switch one.result {
            case .passed: ""
            case .skipped: "      <skipped message=\"the measurement is not finished\"/>\n"
            case .error: "      <error type=\"noAnswer\" message=\"no probe got a usable answer\"/>\n"
            }
        return "    <testcase classname=\"rote.measure.\(suite)\" name=\"\(Self.escaped(one.name))\">\n" + mark
            + "      <system-out>\(Self.escaped(one.output))</system-out>\n    </testcase>\n"
    }

    private static func escaped(_ text: String) -> String { HTML(text, limit: Phrase.proseLimit).markup }
}
