import Foundation
import Testing

@testable import MeasurementReports

/// The page in a real browser, opened from disk; skipped, loudly, where there is none.
@Suite(.serialized) struct MeasurementBrowserTests {
    /// What `open_report.py` prints, as far as it is looked at here.
    struct Visit: Decodable {
        struct Drawing: Decodable {
            let id: String
            let height: Double
            let rows: Int
        }

        struct Walk: Decodable {
            let reachedList: Bool
            let opened: [String]
            let marks: Int
            let backInList: Bool
            let text: String
        }

        let figures: [Drawing]
        let landmarks: [String]
        let unnamedTables: Int
        let cellsWithoutScope: Int
        let doubleIds: [String]
        let strangers: Int
        let scripts: Int
        let overflow: Int
        let errors: [String]
        let requests: [String]
        let dialogs: Int
        let walk: Walk
    }

    @Test func twoModelsOpenWithoutFault() throws {
        let scratch = try ScratchDirectory()
        let report = try [
            SyntheticMeasurement.graded(isScored: true),
            .graded(target: "clean", knows: false, isScored: true),
        ].report(in: scratch, groupedBy: ["section"])
        guard let visit = try visit(report, in: scratch) else { return }
        expectNoFault(visit)
        #expect(visit.figures.count == 8)
        #expect(visit.walk.marks > 0 && visit.walk.text.contains("planted: none, prefix 16, opening, at 0"))
    }

    @Test func hostileRepliesDoNothing() throws {
        let scratch = try ScratchDirectory()
        var run = SyntheticMeasurement.graded(isScored: true)
        let nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u{0}\u{202e}"
        for index in run.items.indices {
            run.items[index].reply = .said(nasty)
            run.items[index].id += nasty
            run.items[index].fields = [nasty: nasty]
        }
        run.elicitation = nasty
        run.model = nasty
        guard let visit = try visit(try [run].report(in: scratch, groupedBy: [nasty]), in: scratch) else { return }
        expectNoFault(visit)
        #expect(visit.walk.text.contains("<script>alert(1)</script>"))
    }

    private func expectNoFault(_ visit: Visit) {
        #expect(visit.errors == [] && visit.requests == [] && visit.dialogs == 0)
        #expect(visit.strangers == 0 && visit.scripts == 1)
        #expect(visit.landmarks == [] && visit.unnamedTables == 0 && visit.cellsWithoutScope == 0)
        #expect(visit.doubleIds == [] && visit.overflow == 0)
        #expect(visit.walk.reachedList && visit.walk.backInList && visit.walk.opened.count == 3)
        for drawing in visit.figures { #expect(drawing.height > 50 && drawing.rows > 0, "\(drawing.id)") }
    }

    /// Opens the report, or returns `nil` where no browser is found.
    private func visit(_ report: MeasurementReport, in scratch: ScratchDirectory) throws -> Visit? {
        let page = scratch.file("report.html")
        try Data(try report.html().utf8).write(to: URL(fileURLWithPath: page))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("ReportsTests/Browser/open_report.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, page]
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
