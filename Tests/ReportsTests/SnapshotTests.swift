import Audit
import Foundation
import Testing

@testable import Reports

/// Whole reports, compared with files that a person has read.
@Suite struct SnapshotTests {
    struct Scenario: CustomTestStringConvertible, Sendable {
        let name: String
        let run: @Sendable () -> SyntheticRun
        var field: String?
        var testDescription: String { name }
    }

    static let scenarios = [
        Scenario(name: "memorized-extraction", run: { .extraction }, field: "copies"),
        Scenario(name: "memorized-early", run: { .early }),
        Scenario(name: "memorized-likelihood", run: { .likelihood }),
        Scenario(name: "not-extractable", run: { .notExtractable }),
        Scenario(name: "inconclusive-without-controls", run: { .withoutControls }),
        Scenario(name: "invalid", run: { .invalid }),
        Scenario(name: "hostile", run: { .hostile }, field: "field"),
    ]

    @Test(arguments: scenarios) func markdown(_ scenario: Scenario) throws {
        try expectSnapshot(try render(scenario, as: .markdown), "\(scenario.name).md")
    }

    @Test(arguments: scenarios) func json(_ scenario: Scenario) throws {
        try expectSnapshot(withoutLastDigits(try render(scenario, as: .json)), "\(scenario.name).json")
    }

    @Test(arguments: scenarios) func junit(_ scenario: Scenario) throws {
        try expectSnapshot(try render(scenario, as: .junit), "\(scenario.name).junit.xml")
    }

    @Test(arguments: scenarios.prefix(2)) func html(_ scenario: Scenario) throws {
        var page = try render(scenario, as: .html)
        // Style and script are own files; their text would repeat itself in every snapshot.
        for source in [OwnSource.reportStyle, .reportScript] {
            page = page.replacingOccurrences(of: source.text, with: "…")
                .replacingOccurrences(of: source.policyHash.trimmingCharacters(in: ["'"]), with: "sha256-…")
        }
        try expectSnapshot(page, "\(scenario.name).html")
    }

    @Test(arguments: scenarios.prefix(1)) func rows(_ scenario: Scenario) throws {
        let directory = try ScratchDirectory()
        let analysis = try scenario.run().analysis(in: directory.path, groupedBy: scenario.field)
        for (format, suffix) in [
            (ReportFormat.windowsCSV, "windows.csv"), (.documentsCSV, "documents.csv"), (.jsonLines, "jsonl"),
        ] {
            let text = try Report.render(analysis, as: format)
            try expectSnapshot(withoutLastDigits(text), "\(scenario.name).\(suffix)")
        }
    }

    private func render(_ scenario: Scenario, as format: ReportFormat) throws -> String {
        let directory = try ScratchDirectory()
        let analysis = try scenario.run().analysis(in: directory.path, groupedBy: scenario.field)
        return try Report.render(analysis, as: format).replacingOccurrences(of: directory.path, with: "RUN")
    }

    /// Rounds long fractions to ten digits, because the last digits of a logarithm differ between C libraries.
    private func withoutLastDigits(_ json: String) -> String {
        json.replacing(/-?\d+\.\d{9,}(e-?\d+)?/) { match in
            String(format: "%.10g", Double(match.output.0) ?? .nan)
        }
    }
}
