import Corpus
import Foundation
import Measurement
@testable import MeasurementReports
import Randomness
import Reports
import Testing

/// The measurement as one HTML file: what is in it, and that nothing foreign becomes markup.
@Suite struct MeasurementHTMLTests {
    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    private static let nasty = [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "a | b & c \"d\" 'e'",
        "\u{0}null\u{1b}[2Jred", "abc\u{202e}gnp.exe\u{2066}", "\u{2028}\u{2029}\u{85}", "<!--", "&lt;b&gt;",
    ]

    private var hostile: [SyntheticMeasurement] {
        ["one", "two"].map { name in
            var run = SyntheticMeasurement(target: "\(name) <b>|\u{202e}", items: [], scores: (-0.5, -40))
            run.items = Self.nasty.enumerated().map { number, text in
                .init(
                    arm: number.isMultiple(of: 2) ? .suspect : .control, id: "id \(text)", fields: [text: text],
                    reply: number == 3 ? .failed(text) : .said(text))
            }
            run.items.append(.init(id: "recited", reply: .recited))
            run.model = "m </title><script>alert(3)</script>"
            run.elicitation = "e <svg onload=alert(4)>"
            run.obstacle = "o \u{1b}<script>"
            return run
        }
    }

    @Test(arguments: [Redaction.none, .texts]) func nothingForeignBecomesMarkup(_ redaction: Redaction) throws {
        let report = try hostile.report(in: scratch, groupedBy: ["section", Self.nasty[0]]) {
            MeasurementReportOptions(redaction: redaction, texts: $0.texts)
        }
        let html = try report.html()
        let page = PageScan(html)
        #expect(page.strayTags == [])
        #expect(page.scripts.count { !$0.attributes.contains("application/json") } == 1)
        #expect(page.tags.allSatisfy { !$0.attributes.contains(" onerror=") && !$0.attributes.contains(" style=") })
        #expect(
            html.contains("default-src 'none'; style-src &#39;sha256-") || html.contains("default-src &#39;none&#39;"))
        #expect(Set(page.ids).count == page.ids.count)
        for script in page.scripts where script.attributes.contains("application/json") {
            #expect(!script.text.contains("<") && !script.text.contains(">") && !script.text.contains("&"))
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(script.text.utf8)) }
        }
        for scalar in html.unicodeScalars {
            #expect(scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control)
            #expect(!(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
            #expect(scalar.value != 0x2028 && scalar.value != 0x2029)
        }
    }

    @Test(arguments: [1, 2] as [UInt64]) func randomRepliesStayText(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "hostile-measurement")
        let pieces = ["<", ">", "&", "\"", "'", "`", "script", "/", "!--", "-->", "\u{0}", "\u{202e}", "x ", "é", "\n"]
        var run = SyntheticMeasurement.graded(isScored: true)
        for index in run.items.indices {
            let text = (0..<20).map { _ in pieces[generator.next(below: pieces.count)] }.joined()
            run.items[index].reply = .said(text)
            run.items[index].id += text
        }
        let html = try [run].report(in: scratch).html()
        #expect(PageScan(html).strayTags == [], "seed \(seed)")
    }

    @Test func everySectionIsThere() throws {
        let html = try [
            SyntheticMeasurement.graded(isScored: true),
            .graded(target: "clean", knows: false, isScored: true),
        ].report(in: scratch, groupedBy: ["section"]).html()
        for id in [
            "rates", "lengths", "replies", "conditions", "groups", "likelihood", "differences", "documents-list",
            "making", "figure-rates", "figure-length-words", "figure-length-characters", "figure-length-tokens",
            "figure-replies", "figure-likelihood-0", "figure-likelihood-1", "figure-differences",
        ] {
            #expect(html.contains("id=\"\(id)\""), "\(id)")
        }
        #expect(html.contains("A passage came back from 10 of 20 suspect documents and 0 of 20 control documents."))
        #expect(html.contains("A passage came back from 0 of 20 suspect documents and 0 of 20 control documents."))
        #expect(html.contains("What it does not say:"))
        #expect(html.contains("rote measure --run &#39;a b&#39;"))
        // The recited passage is marked in source and reply.
        #expect(html.contains("[\"s\",\"and nobody asked the harbour master"))
        #expect(!html.contains("nan") && !html.contains("inf "))
    }

    @Test func withoutTextsOnlyLengthsAndHashesAreLeft() throws {
        let plain = try [SyntheticMeasurement.graded()].report(in: scratch, groupedBy: ["section"])
        let other = try ScratchDirectory()
        let redacted = try [SyntheticMeasurement.graded()].report(in: other, groupedBy: ["section"]) {
            MeasurementReportOptions(redaction: .texts, texts: $0.texts)
        }
        for text in [
            try redacted.html(), try redacted.jsonLines(), redacted.junit,
            MeasurementMarkdown(redacted.shownSummary).text,
            MeasurementCSV.documents(redacted.shownSummary, fields: ["section"]),
            MeasurementCSV.probes(redacted.shownSummary),
        ] {
            for secret in ["suspect-3", "letters", "harbour master", "price of tar", "suspect.jsonl"] {
                #expect(!text.contains(secret), "\(secret)")
            }
        }
        // Every number stays as it is.
        #expect(redacted.shownSummary.targets[0].cells == plain.summary.targets[0].cells)
        #expect(redacted.shownSummary.targets[0].lengthCurves == plain.summary.targets[0].lengthCurves)
        #expect(
            redacted.shownSummary.targets[0].documents.map(\.longestWords)
                == plain.summary.targets[0].documents.map(\.longestWords))
    }

    @Test func linesAreOnePerProbeAndMatchTheirRows() throws {
        let report = try [SyntheticMeasurement.graded(), .graded(target: "clean", knows: false)].report(in: scratch)
        let lines = try report.jsonLines().split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(lines.count == 80)
        #expect(Set(lines.map { $0.keys.sorted() }).count == 1)
        for line in lines {
            let name = try #require(line["document"] as? String)
            let number = try #require(Int(name.split(separator: "-")[1]))
            let reply = try #require((line["replies"] as? [[String: Any]])?.first)
            let isRecited =
                line["model"] as? String == "planted" && line["arm"] as? String == "suspect" && number.isMultiple(of: 2)
            #expect(reply["regurgitates"] as? Bool == isRecited)
            #expect((reply["text"] as? String == SyntheticMeasurement.passage) == isRecited)
        }
    }

    @Test func modelsAreSuites() throws {
        let parser = XMLParserCount(
            try [SyntheticMeasurement.graded(), .graded(target: "clean", knows: false)].report(in: scratch).junit)
        #expect(parser.isWellFormed)
        #expect(parser.count("testsuite") == 2 && parser.count("testcase") == 4 && parser.count("failure") == 0)
        let nasty = XMLParserCount(try hostile.report(in: try ScratchDirectory()).junit)
        #expect(nasty.isWellFormed && nasty.count("testsuite") == 2)
    }
}
