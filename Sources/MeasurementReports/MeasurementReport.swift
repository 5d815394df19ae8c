import Audit
import Corpus
import Measurement
import Reports

/// What was measured of one model or of several side by side, as documents for people and programs.
///
/// The numbers of every format are those of one `MeasurementSummary`; texts come from the journals.
public struct MeasurementReport {
    let summary: MeasurementSummary
    let records: [MeasurementRecord]
    let options: MeasurementReportOptions

    /// Takes a summary and the runs that it was counted from.
    ///
    /// - Parameters:
    ///   - summary: The summary, with the names of documents in it.
    ///   - records: The runs, in the order of the summary's models.
    ///   - options: What a report may hold.
    public init(
        _ summary: MeasurementSummary, records: [MeasurementRecord],
        options: MeasurementReportOptions = MeasurementReportOptions()
    ) {
        self.summary = summary
        self.records = records
        self.options = options
    }

    /// One HTML file that needs nothing but a browser.
    ///
    /// - Throws: `CanonicalJSONError` when a number of the summary has no JSON form.
    /// - Complexity: O(probes × length of their replies).
    public func html() throws(CanonicalJSONError) -> String { try MeasurementHTML(self).text() }

    /// One canonical JSON object per probe and line; absent values are `null`, never missing.
    ///
    /// - Throws: `CanonicalJSONError` when a number has no JSON form.
    /// - Complexity: O(probes × length of their replies).
    public func jsonLines() throws(CanonicalJSONError) -> String { try MeasurementJSONLines(self).text() }

    /// A suite per model with a case per arm and per published definition, as JUnit XML.
    ///
    /// - Complexity: O(probes).
    public var junit: String { MeasurementJUnit(self).text }

    /// The summary as a report may show it: without names where texts are left out.
    public var shownSummary: MeasurementSummary {
        guard options.redaction.isActive else { return summary }
        return summary.redacted(word: options.redaction.word, error: options.redaction.error)
    }
}

/// One model and one arm of it: a row of most tables, a curve of most drawings.
struct MeasuredArm {
    /// Number of the model, from 0.
    let number: Int
    let target: TargetSummary
    let arm: Arm

    /// The arm's name for a legend; that of the model as well when there are several.
    func name(among count: Int) -> String {
        count > 1 ? "\(visible(target.target.rawValue, limit: 20)) \(arm.rawValue)" : arm.rawValue
    }

    /// The documents that were asked about.
    var documents: [DocumentRow] { target.documents.filter { $0.arm == arm } }

    /// Every arm of every model, in order.
    static func all(_ summary: MeasurementSummary) -> [MeasuredArm] {
        summary.targets.enumerated().flatMap { number, target in
            Arm.allCases.filter { arm in target.cells.contains { $0.arm == arm } }.map {
                MeasuredArm(number: number, target: target, arm: $0)
            }
        }
    }
}
