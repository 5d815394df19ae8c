import Audit
import Corpus
import Foundation
import Testing

@testable import Reports

/// The HTML report in a real browser, opened from disk; skipped, loudly, where there is none.
@Suite(.serialized) struct BrowserTests {
    /// What `Browser/open_report.py` prints.
    struct Visit: Decodable {
        struct Drawing: Decodable {
            let id: String
            let height: Double
            let rows: Int
        }

        struct Walk: Decodable {
            let firstStop: String
            let reachedList: Bool
            let focusIsVisible: Bool
            let opened: [String]
            let focusInDocument: Bool
            let marks: Int
            let text: String
            let backInList: Bool
            let lastPage: String
            let firstPage: String
            let filtered: String
            let rowsInPage: Int
        }

        let title: String
        let figures: [Drawing]
        let landmarks: [String]
        let unnamedTables: Int
        let cellsWithoutScope: Int
        let doubleIds: [String]
        let strangers: Int
        let scripts: Int
        let overflow: Int
        let elements: Int
        let loaded: Double
        let secondsToOpen: Double
        let errors: [String]
        let requests: [String]
        let dialogs: Int
        let walk: Walk
    }

    @Test(arguments: ["memorized-extraction", "hostile", "memorized-likelihood"])
    func aPageOpensWithoutFault(_ name: String) throws {
        let scenario = try #require(SnapshotTests.scenarios.first { $0.name == name })
        let scratch = try ScratchDirectory()
        let analysis = try scenario.run().analysis(in: scratch.path, groupedBy: scenario.field)
        guard let visit = try visit(analysis, in: scratch) else { return }
        expectNoFault(visit)
        #expect(visit.walk.rowsInPage > 0)
        #expect(visit.walk.backInList && visit.walk.focusInDocument && visit.walk.focusIsVisible)
        #expect(visit.walk.firstStop == "skip")
        // The second document of the list was opened, by arrow and Enter.
        #expect(visit.walk.opened.count == 3 && visit.walk.opened[2].hasSuffix(visit.walk.opened[1]))
        #expect(visit.walk.opened[0] != visit.walk.opened[1])
        #expect(visit.walk.text.contains("SHA-256 of the request's body"))
    }

    /// Ten thousand documents in one file: what is in the page stays small, and it opens at once.
    @Test func tenThousandDocumentsOpenAtOnce() throws {
        let scratch = try ScratchDirectory()
        let sentence =
            "The ferry left the north quay at six with forty crates of herring aboard, and nobody asked why. "
        var run = SyntheticRun(
            documents: (0..<10_000).map { index in
                SyntheticRun.SyntheticDocument(
                    arm: index.isMultiple(of: 2) ? .suspect : .control, id: "document-\(index)",
                    windows: [
                        index % 20 == 0 ? .reproducedUnscored(sentence + sentence) : .otherText(sentence + sentence)
                    ])
            })
        run.staging = .generationOnly
        let analysis = try run.analysis(in: scratch.path)
        guard let visit = try visit(analysis, in: scratch) else { return }
        expectNoFault(visit)
        let bytes = try scratch.contents("report.html").utf8.count
        print("10,000 documents: \(bytes) bytes, \(visit.elements) elements, opened in \(visit.secondsToOpen) s")
        #expect(visit.elements < 5_000)
        #expect(visit.walk.lastPage == "10000 of 10000 documents, page 400 of 400")
        #expect(visit.walk.firstPage == "10000 of 10000 documents, page 1 of 400")
        #expect(visit.walk.filtered.hasPrefix("5000 of 10000 documents"))
        #expect(visit.walk.rowsInPage == 25)
        #expect(bytes < 20_000_000)
        // A bound that a loaded machine keeps too.
        #expect(visit.secondsToOpen < 15)
    }

    private func expectNoFault(_ visit: Visit) {
        #expect(visit.errors == [])
        #expect(visit.requests == [])
        #expect(visit.dialogs == 0 && visit.strangers == 0 && visit.scripts == 1)
        #expect(visit.landmarks == [] && visit.unnamedTables == 0 && visit.cellsWithoutScope == 0)
        #expect(visit.doubleIds == [] && visit.overflow == 0)
        #expect(visit.figures.count >= 4)
        for drawing in visit.figures { #expect(drawing.height > 50 && drawing.rows > 0, "\(drawing.id)") }
    }

    /// Opens the report, or returns `nil` where no browser is found.
    private func visit(_ analysis: Analysis, in scratch: ScratchDirectory) throws -> Visit? {
        try Report.write(analysis, to: scratch.file("report.html"))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Browser/open_report.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, scratch.file("report.html")]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus == 3 || process.terminationStatus == 127 {
            print("SKIPPED: no Chromium (or no python3) to open HTML reports with; install chromium to run this test")
            return nil
        }
        try #require(process.terminationStatus == 0)
        return try JSONDecoder().decode(Visit.self, from: data)
    }
}
