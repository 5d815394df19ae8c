import Audit
import Corpus
import Foundation
import Testing

@testable import Reports

/// What the HTML report has to hold and how it is built up.
@Suite struct HTMLContentTests {
    let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    @Test(arguments: SnapshotTests.scenarios)
    func headingsTablesAndFiguresAreInOrder(_ scenario: SnapshotTests.Scenario) throws {
        let analysis = try scenario.run().analysis(in: scratch.path, groupedBy: scenario.field)
        let page = ParsedHTML(try Report.render(analysis, as: .html))
        let levels = page.elements.compactMap { element in
            ["h1": 1, "h2": 2, "h3": 3, "h4": 4][element.tag]
        }
        #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
        for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
        for table in page.all("caption") { #expect(!table.text.isEmpty) }
        #expect(page.all("caption").count == page.all("table").count)
        for cell in page.all("th") { #expect(cell.attributes["scope"] != nil) }
        let figures = page.all("figure")
        #expect(figures.count >= 4)
        #expect(page.all("svg").count == figures.count && page.all("desc").count == figures.count)
        for drawing in page.all("svg") { #expect(drawing.attributes["role"] == "img") }
        for description in page.all("desc") { #expect(description.text.count > 20) }
        for landmark in ["header", "nav", "main", "footer"] { #expect(page.all(landmark).count == 1) }
        #expect(page.all("noscript").first?.text.contains("Without JavaScript") == true)
    }

    @Test func theVerdictComesFirst() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path)
        let main = try #require(ParsedHTML(try Report.render(analysis, as: .html)).all("main").first).text
        #expect(main.letters.hasPrefix("MemorizationauditVerdictmemorizedevidenceextraction"))
        for words in ["What this shows:", "What this does not show:", analysis.summary.planHash, "Gates", "ln p"] {
            #expect(main.contains(words))
        }
    }

    @Test func everyWordOfTheMarkdownReportIsThere() throws {
        let analysis = try SyntheticRun.extraction.analysis(in: scratch.path, groupedBy: "copies")
        let page = try #require(ParsedHTML(try Report.render(analysis, as: .html)).all("body").first).text
        let shown = page.letters
        let markdown = RenderedMarkdown(try Report.render(analysis, as: .markdown))
        for text in markdown.texts {
            let plain = text.replacing("**", with: "").replacing("*", with: "").drop { "#-0123456789. ".contains($0) }
            for piece in plain.split(separator: "\u{fffc}") where !piece.hasPrefix("---") && piece.letters.count > 3 {
                #expect(shown.contains(piece.letters), "missing: \(piece)")
            }
        }
        for span in markdown.spans + markdown.blocks where !span.letters.isEmpty {
            #expect(shown.contains(span.letters), "missing: \(span)")
        }
    }

    @Test func sourceAndReplyStandSideBySide() throws {
        let (run, sources) = try runWithSources()
        let analysis = try run.analysis(in: scratch.path)
        let options = ReportOptions(sources: sources(analysis))
        let page = ParsedHTML(try Report.render(analysis, as: .html, options: options))
        let data = try #require(page.all("script").first { $0.attributes["id"] == "documents-0" })
        let details = try #require(
            try JSONSerialization.jsonObject(with: Data(data.text.utf8)) as? [[String: Any]])
        let opened = try #require(details.first { ($0["title"] as? String) == "suspect gazette-100" })
        let window = try #require((opened["windows"] as? [[String: Any]])?.first)
        #expect(window["source"] as? [[String]] == [["s", "the second lamp on the pier was lit by nobody at all"]])
        #expect(window["reply"] as? [[String]] == [["s", "the second lamp on the pier was lit by nobody at all"]])
        #expect((window["notes"] as? [String]) == ["Source: bytes 25 to 77 of the document."])
        #expect(page.all("main")[0].text.contains("Sources are from the input files"))
    }

    @Test func withoutSourcesThePageSaysSo() throws {
        let (run, sources) = try runWithSources()
        let analysis = try run.analysis(in: scratch.path)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: scratch.file("suspect.jsonl")))
        let options = ReportOptions(sources: sources(analysis))
        let page = ParsedHTML(try Report.render(analysis, as: .html, options: options)).all("main")[0].text
        #expect(page.contains("The texts of the suspect documents are not at hand"))
    }

    private func runWithSources() throws -> (SyntheticRun, (Analysis) -> SourceTexts) {
        let reply = "the second lamp on the pier was lit by nobody at all"
        var run = SyntheticRun.extraction
        var lines: [Arm: String] = [:]
        for index in run.documents.indices {
            let document = run.documents[index]
            let text = "Some words go before it. " + (index == 0 ? reply : "And others.") + " More words follow it."
            if index == 0 { run.documents[0].windows = [.reproduced(reply, lnPerToken: -0.001)] }
            lines[document.arm, default: ""] += "{\"id\":\"\(document.id)\",\"text\":\"\(text)\"}\n"
        }
        run.files = []
        for arm in Arm.allCases {
            let path = scratch.file("\(arm.rawValue).jsonl")
            let bytes = Array((lines[arm] ?? "").utf8)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            run.files.append(InputFile(arm: arm, path: path, bytes: bytes.count, sha256: sha256Hex(bytes)))
        }
        run.arguments = ["rote", "audit"] + run.files.flatMap { ["--\($0.arm.rawValue)", $0.path] }
        return (run, { SourceTexts($0.record.header) })
    }
}

extension StringProtocol {
    /// The text without white space and marks.
    fileprivate var letters: String {
        String(
            String.UnicodeScalarView(unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }))
    }
}
