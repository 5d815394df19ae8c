import ArgumentParser
import Audit
import Measurement
import MeasurementReports
import Reports

/// The one JSON object that `rote measure --json` prints.
struct MeasurementEvent: Encodable {
    private let summary: MeasurementSummary

    init(_ summary: MeasurementSummary) { self.summary = summary }

    private enum CodingKeys: String, CodingKey { case event, schema, summary }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("measurement", forKey: .event)
        try container.encode(1, forKey: .schema)
        try container.encode(summary, forKey: .summary)
    }
}

/// A file that a measurement is written to, in the format that its suffix names.
struct MeasurementOutput {
    private enum Format: String, CaseIterable {
        case html = ".html"
        case markdown = ".md"
        case json = ".json"
        case jsonLines = ".jsonl"
        case documents = ".documents.csv"
        case probes = ".probes.csv"
        case junit = ".junit.xml"
    }

    /// Every suffix, as a list in a sentence.
    static let suffixes = Format.allCases.map(\.rawValue).joined(separator: ", ")

    let path: String
    private let format: Format

    init(path: String) throws {
        self.path = path
        guard let found = Format.allCases.first(where: { path.lowercased().hasSuffix($0.rawValue) }) else {
            throw ValidationError("--output \(path): the suffix names no format; end it in one of \(Self.suffixes)")
        }
        format = found
    }

    func write(_ report: MeasurementReport, fields: [String]) throws {
        let summary = report.shownSummary
        let text =
            switch format {
            case .html: try report.html()
            case .markdown: MeasurementMarkdown(summary).text
            case .json: String(decoding: try CanonicalJSON.encode(MeasurementEvent(summary)), as: UTF8.self) + "\n"
            case .jsonLines: try report.jsonLines()
            case .documents: MeasurementCSV.documents(summary, fields: fields)
            case .probes: MeasurementCSV.probes(summary)
            case .junit: report.junit
            }
        try ReportFile(path).replace(with: Array(text.utf8))
    }
}
