import Audit
import Corpus
import Foundation
import Randomness
import Testing

@testable import Reports

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// CSV, JSON lines and JUnit XML: what their readers get.
@Suite struct RowFormatTests {
    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    // MARK: CSV

    @Test(arguments: SnapshotTests.scenarios) func csvHasOneRecordPerThing(_ scenario: SnapshotTests.Scenario) throws {
        let analysis = try scenario.run().analysis(in: scratch.path, groupedBy: scenario.field)
        let windows = try #require(ParsedCSV(try Report.render(analysis, as: .windowsCSV)))
        #expect(windows.rows.count == analysis.record.observations.count)
        let documents = try #require(ParsedCSV(try Report.render(analysis, as: .documentsCSV)))
        #expect(documents.rows.count == analysis.outcomes.count)
        for (row, observation) in zip(windows.rows, analysis.record.observations) {
            #expect(row["document"].map(Self.withoutGuard) == Self.written(observation.document.rawValue))
            let reply = observation.sighting?.reply?.text ?? ""
            #expect(row["reply"].map(Self.withoutGuard) == Self.written(reply))
            if case .failed(let reason) = observation.result {
                #expect(row["failure"].map(Self.withoutGuard) == Self.written(reason))
                #expect(row["outcome"] == "failed")
            }
        }
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'quoted", "\u{ff1d}1", "=cmd|' /C calc'!A0", "\"=1\"",
    ]) func noTextBeginsAFormula(_ text: String) throws {
        var table = CSVTable([.value("a"), .value("b")])
        table.row([.text(text), .number(-1.5)])
        let row = try #require(ParsedCSV(table.text)?.rows.first)
        let first = try #require(row["a"]?.unicodeScalars.first)
        #expect(!"=+-@\t\r\n\u{ff1d}".unicodeScalars.contains(first))
        #expect(row["a"].map(Self.withoutGuard) == text)
        #expect(row["b"] == "-1.5")
    }

    @Test(arguments: [1, 2] as [UInt64]) func everyTextComesBackFromCSV(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "hostile-csv")
        for round in 0..<500 {
            let (one, two) = (HostileText.random(&generator), HostileText.random(&generator))
            var table = CSVTable([.value("a"), .value("b")])
            table.row([.text(one), .text(two)])
            let row = try #require(ParsedCSV(table.text)?.rows.first)
            let context = Comment(rawValue: "seed \(seed), round \(round): \([one, two])")
            #expect(row["a"].map(Self.withoutGuard) == Self.written(one), context)
            #expect(row["b"].map(Self.withoutGuard) == Self.written(two), context)
        }
    }

    private static func withoutGuard(_ cell: String) -> String {
        cell.unicodeScalars.first == "'" ? String(cell.unicodeScalars.dropFirst()) : cell
    }

    private static func written(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{fffd}" : $0 }))
    }

    // MARK: JSON lines

    @Test(arguments: SnapshotTests.scenarios) func jsonLinesHoldEveryWindow(_ scenario: SnapshotTests.Scenario) throws {
        let analysis = try scenario.run().analysis(in: scratch.path)
        let text = try Report.render(analysis, as: .jsonLines)
        #expect(text.hasSuffix("\n"))
        let lines = text.utf8.split(separator: 0x0a)
        #expect(lines.count == analysis.record.observations.count)
        for (line, observation) in zip(lines, analysis.record.observations) {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            #expect(object.count == 17)
            #expect(object["document"] as? String == observation.document.rawValue)
            #expect((object["reply"] as? [String: Any])?["text"] as? String == observation.sighting?.reply?.text)
        }
    }

    // MARK: JUnit

    @Test(arguments: SnapshotTests.scenarios) func junitIsXML(_ scenario: SnapshotTests.Scenario) throws {
        let analysis = try scenario.run().analysis(in: scratch.path)
        let text = try Report.render(analysis, as: .junit)
        let parser = XMLParser(data: Data(text.utf8))
        let reader = ElementReader()
        parser.delegate = reader
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
        let cases = reader.elements.filter { $0.name == "testcase" }
        #expect(cases.count == analysis.summary.gates.count + 1)
        let suite = try #require(reader.elements.first { $0.name == "testsuite" })
        #expect(suite.attributes["tests"] == "\(cases.count)")
        for (attribute, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
            #expect(suite.attributes[attribute] == "\(reader.elements.filter { $0.name == element }.count)")
        }
        #expect(
            reader.elements.filter { $0.name == "failure" }.count == analysis.summary.gates.filter { !$0.passed }.count)
    }

    @Test func memorizedFailsWhereThatIsAsked() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path)
        #expect(try !Report.render(analysis, as: .junit).contains("<failure"))
        let options = ReportOptions(memorizedFails: true)
        #expect(try Report.render(analysis, as: .junit, options: options).contains("<failure type=\"memorized\""))
    }

    @Test(arguments: [
        ("a.html", ReportFormat.html), ("a.HTM", .html), ("a.csv", .documentsCSV), ("a.documents.csv", .documentsCSV),
        ("a.windows.csv", .windowsCSV), ("windows.csv", .documentsCSV), ("a.jsonl", .jsonLines),
        ("a.junit.xml", .junit),
        ("a.xml", .junit), ("a.json", .json),
    ]) func theLongestSuffixCounts(_ path: String, _ format: ReportFormat) throws {
        #expect(try ReportFormat(path: path) == format)
    }
}

/// Comma-separated values, read by the rules of RFC 4180 alone.
struct ParsedCSV {
    let rows: [[String: String]]

    /// Reads a text, or returns `nil` when it breaks the rules.
    init?(_ text: String) {
        var records: [[String]] = []
        var (record, cell): ([String], [UInt8]) = ([], [])
        var bytes = Array(text.utf8)[...]
        var isQuoted = false
        while let byte = bytes.popFirst() {
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true):
                if bytes.first == UInt8(ascii: "\"") { cell.append(bytes.removeFirst()) } else { isQuoted = false }
            case (UInt8(ascii: "\""), false):
                guard cell.isEmpty else { return nil }
                isQuoted = true
            case (UInt8(ascii: ","), false), (0x0d, false):
                record.append(String(decoding: cell, as: UTF8.self))
                cell = []
                if byte == 0x0d {
                    guard bytes.popFirst() == 0x0a else { return nil }
                    records.append(record)
                    record = []
                }
            case (0x0a, false): return nil
            default: cell.append(byte)
            }
        }
        guard !isQuoted, record.isEmpty, cell.isEmpty, let head = records.first,
            records.allSatisfy({ $0.count == head.count })
        else { return nil }
        rows = records.dropFirst().map { Dictionary(zip(head, $0)) { first, _ in first } }
    }
}

/// Collects the elements of an XML document.
private final class ElementReader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        elements.append((name, attributes))
    }
}
