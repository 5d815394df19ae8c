import Audit

/// Gates and verdict as JUnit XML, for programs that collect test results.
///
/// A gate that fails is a failure. The verdict fails where it is `memorized` and that was asked to fail; it is an error
/// where it is `invalid`, skipped where it is `inconclusive`, and passes otherwise. Text holds only characters that XML
/// 1.0 allows: others are made visible.
struct JUnitReport {
    let analysis: Analysis
    let memorizedFails: Bool

    private enum Result {
        case passed
        case failed(kind: String, message: String)
        case error(kind: String, message: String)
        case skipped(message: String)
    }

    private struct Case {
        let group: String
        let name: String
        let result: Result
        let output: String
    }

    var text: String {
        let cases = analysis.summary.gates.map(gate) + [verdict]
        let counts = (
            failed: cases.count { if case .failed = $0.result { true } else { false } },
            errors: cases.count { if case .error = $0.result { true } else { false } },
            skipped: cases.count { if case .skipped = $0.result { true } else { false } }
        )
        let totals =
            "tests=\"\(cases.count)\" failures=\"\(counts.failed)\" errors=\"\(counts.errors)\" "
            + "skipped=\"\(counts.skipped)\""
        let properties = [
            ("plan", analysis.summary.planHash), ("journal", analysis.record.chain),
            ("model", analysis.summary.plan.model),
        ].map { "      <property name=\"\($0.0)\" value=\"\(Self.escaped($0.1))\"/>\n" }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="rote" \(totals)>
              <testsuite name="rote audit" \(totals)>
                <properties>
            \(properties)    </properties>
            \(cases.map(Self.element).joined())  </testsuite>
            </testsuites>

            """
    }

    private func gate(_ gate: Gate) -> Case {
        Case(
            group: "rote.gate", name: gate.gate.rawValue,
            result: gate.passed
                ? .passed : .failed(kind: "gate", message: "\(gate.detail.withFullStop) \(gate.remedy)"),
            output: "\(gate.gate.condition) \(gate.detail)")
    }

    private var verdict: Case {
        let verdict = analysis.summary.decision.verdict
        let result: Result =
            switch verdict.answer {
            case .memorized where memorizedFails: .failed(kind: "memorized", message: verdict.reason)
            case .memorized, .notExtractable: .passed
            case .inconclusive: .skipped(message: verdict.reason)
            case .invalid: .error(kind: "invalid", message: verdict.reason)
            }
        return Case(
            group: "rote.verdict", name: verdict.answer.rawValue, result: result,
            output: "\(analysis.summary.headline) \(verdict.reason.withFullStop) Shown: \(verdict.proves.withFullStop) "
                + "Not shown: \(verdict.doesNotProve.withFullStop)")
    }

    private static func element(_ one: Case) -> String {
        let mark =
            switch one.result {
            case .passed: ""
            case .failed(let kind, let message):
                "      <failure type=\"\(escaped(kind))\" message=\"\(escaped(message))\"/>\n"
            case .error(let kind, let message):
                "      <error type=\"\(escaped(kind))\" message=\"\(escaped(message))\"/>\n"
            case .skipped(let message): "      <skipped message=\"\(escaped(message))\"/>\n"
            }
        return "    <testcase classname=\"\(one.group)\" name=\"\(escaped(one.name))\">\n" + mark
            + "      <system-out>\(escaped(one.output))</system-out>\n    </testcase>\n"
    }

    private static func escaped(_ text: String) -> String { HTML(text, limit: Phrase.proseLimit).markup }
}
