import Corpus
import Foundation
import Testing

@testable import Audit
@testable import Reports

/// The door: formats, errors, and what a report has to hold.
@Suite struct ReportTests {
    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    @Test(arguments: [
        ("a.md", ReportFormat.markdown), ("dir.json/a.MARKDOWN", .markdown), ("a.b.Json", .json), (".md", .markdown),
    ]) func suffixesNameFormats(_ path: String, _ format: ReportFormat) throws {
        #expect(try ReportFormat(path: path) == format)
    }

    @Test(arguments: ["", "-", "a", "md", "a.md/", "a.htmlx", "a.md "]) func otherSuffixesAreRefused(_ path: String) {
        #expect(throws: ReportError.unknownFormat(path: path, known: ReportFormat.knownSuffixes)) {
            try ReportFormat(path: path)
        }
    }

    @Test func errorsNamePathAndRemedy() {
        let error = ReportError.unknownFormat(path: "x.html", known: ReportFormat.knownSuffixes)
        #expect(error.description.contains("x.html") && error.description.contains(".md, .markdown, .html"))
    }

    @Test func writesBothFormats() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path)
        for name in ["r.md", "r.json"] {
            try Report.write(analysis, to: scratch.file(name))
            let format = try ReportFormat(path: name)
            #expect(try scratch.contents(name) == Report.render(analysis, as: format))
        }
        #expect(throws: ReportError.self) { try Report.write(analysis, to: scratch.file("r.pdf")) }
        #expect(!FileManager.default.fileExists(atPath: scratch.file("r.pdf")))
    }

    @Test func aReportVouchesForItsJournalOnly() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path)
        let observation = try #require(analysis.record.observations.first)
        let writer = try JournalWriter(resuming: scratch.path)
        try writer.append(
            kind: VerdictRecord.kind,
            record: VerdictRecord(finishedAt: "2025-11-21T09:00:00Z", summary: analysis.summary))
        let chain = writer.lastChain
        #expect(try Report.render(analysis, as: .markdown).contains(chain))
        try writer.append(kind: AuditRun.observationKind, record: observation)
        try writer.close()
        #expect(throws: ReportError.journalChanged(directory: scratch.path, analyzed: 48, found: 49)) {
            try Report.render(analysis, as: .markdown)
        }
        try FileManager.default.removeItem(atPath: scratch.file("journal.jsonl"))
        let error = #expect(throws: ReportError.self) { try Report.render(analysis, as: .markdown) }
        #expect(error?.description.contains("does not exist") == true)
    }

    @Test func aTornJournalIsSaidToBeTorn() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.file("journal.jsonl")))
        try file.seekToEnd()
        try file.write(contentsOf: Data(#"{"chain":"00"#.utf8))
        try file.close()
        #expect(try Report.render(analysis, as: .markdown).contains("An incomplete line follows"))
    }

    @Test func everyValueOfThePlanIsShown() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path)
        let plan = try JSONSerialization.jsonObject(
            with: Data(CanonicalJSON.encode(analysis.record.header.plan)))
        let page = try Report.render(analysis, as: .markdown)
        let leaves = leafKeys(plan, "")
        #expect(leaves.count > 20)
        for key in leaves { #expect(page.contains("| `\(key)` | "), "\(key) is missing") }
    }

    private func leafKeys(_ value: Any, _ path: String) -> [String] {
        if let list = value as? [[String: Any]] { return list.flatMap { leafKeys($0, path) } }
        guard let object = value as? [String: Any] else { return [path] }
        return object.sorted { $0.key < $1.key }.flatMap {
            leafKeys($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)")
        }
    }

    @Test func jsonHoldsTheEventAndEveryDocument() throws {
        let analysis = try SyntheticRun.hostile.analysis(in: scratch.path, groupedBy: "field")
        let text = try Report.render(analysis, as: .json)
        #expect(text.hasSuffix("}\n") && text.utf8.filter { $0 == 0x0a }.count == 1)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let event = try #require(
            try JSONSerialization.jsonObject(
                with: Data(CanonicalJSON.encode(VerdictEvent(analysis)))) as? [String: Any])
        #expect(Set(report.keys) == Set(event.keys).union(["documents"]))
        for (key, value) in event { #expect((report[key] as? NSObject) == (value as? NSObject), "\(key)") }
        let documents = try #require(report["documents"] as? [[String: Any]])
        #expect(documents.count == HostileText.samples.count)
        for document in documents {
            #expect(
                Set(document.keys) == [
                    "arm", "id", "windows", "failures", "reproduced", "extractable", "longestRun", "meanLn", "fields",
                ])
        }
        let names = documents.compactMap { $0["id"] as? String }
        #expect(names.allSatisfy { name in HostileText.samples.contains { $0.utf8.elementsEqual(name.utf8) } })
    }

    @Test func equalScoresLeaveNoWordThatIsNoNumber() throws {
        var run = SyntheticRun.likelihood
        for index in run.documents.indices { run.documents[index].windows = [.unknown(lnPerToken: -1)] }
        let analysis = try run.analysis(in: scratch.path)
        #expect(try Report.render(analysis, as: .markdown).contains("every unit had the same outcome"))
        for format in ReportFormat.allCases {
            let text = try Report.render(analysis, as: format).lowercased()
            for word in ["nan", "inf"] { #expect(!text.contains(" \(word)") && !text.contains(":\(word)")) }
        }
    }

    @Test func numbersWithoutJSONFormAreRefusedByName() throws {
        var run = SyntheticRun.withoutControls
        run.staging = .staged
        run.documents[0].windows = [.scored(Array(repeating: -1e308, count: SyntheticRun.shape))]
        let analysis = try run.analysis(in: scratch.path)
        let error = #expect(throws: ReportError.self) { try Report.render(analysis, as: .json) }
        #expect(error?.description.contains("meanLn is -inf") == true)
        let page = try Report.render(analysis, as: .markdown)
        #expect(page.contains("| Mean ln p of the first 8 suffix tokens, in nats | none |"))
    }

    @Test func placesAreSharedBetweenTheArms() throws {
        var run = SyntheticRun(documents: [])
        for index in 0..<90 {
            run.documents.append(
                .init(
                    arm: index < 60 ? .suspect : .control, id: "d\(index)",
                    windows: [.reproduced("text \(index)", lnPerToken: -0.1), .reproduced("more", lnPerToken: -0.1)]))
        }
        let evidence = ReproducedDocuments(try run.analysis(in: scratch.path))
        #expect(evidence.documents.count == 50)
        #expect(evidence.documents.count { $0.outcome.arm == .control } == 10)
        #expect(evidence.passages.count == 10)
        #expect(evidence.passages.count { $0.observation.arm == .control } == 3)
        #expect(Set(evidence.passages.map(\.observation.document)).count == 10)
        #expect(evidence.passageCounts == (120, 60))
    }

    @Test(arguments: [
        (0, 0, 0, 0), (3, 0, 3, 0), (0, 99, 0, 10), (99, 0, 10, 0), (99, 1, 9, 1), (99, 99, 7, 3), (5, 9, 5, 5),
        (8, 1, 8, 1), (8, 5, 7, 3),
    ]) func everyPlaceIsUsed(_ suspects: Int, _ controls: Int, _ fromSuspects: Int, _ fromControls: Int) {
        let shares = ReproducedDocuments.passagePlaces.shares(suspects: suspects, controls: controls)
        #expect(shares == (fromSuspects, fromControls))
    }
}
