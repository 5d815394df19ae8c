import Foundation
import Randomness
import Testing

@testable import Reports

/// Nothing that a document, a model or a server says becomes markup, and nothing of it is lost.
@Suite struct MarkdownSafetyTests {
    @Test(arguments: SnapshotTests.scenarios)
    func wholePagesHoldNoForeignMarkup(_ scenario: SnapshotTests.Scenario) throws {
        let directory = try ScratchDirectory()
        let analysis = try scenario.run().analysis(in: directory.path, groupedBy: scenario.field)
        let page = try Report.render(analysis, as: .markdown)
        let rendered = RenderedMarkdown(page)
        #expect(rendered.markup == [])
        #expect(!rendered.blocks.contains { $0.hasPrefix("UNCLOSED") })
        for rows in rendered.tables { #expect(Set(rows).count == 1, "rows of one table differ: \(rows)") }
        for scalar in page.unicodeScalars {
            #expect(scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control)
            #expect(!(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
        }
    }

    @Test func repliesAreQuotedWhole() throws {
        let directory = try ScratchDirectory()
        let page = try Report.render(SyntheticRun.hostile.analysis(in: directory.path), as: .markdown)
        let blocks = RenderedMarkdown(page).blocks
        for reply in [
            "[link](javascript:alert(3))", "a | b \\| c \\\\| <img src=x onerror=alert(2)>", "␛[2J␛]0;title␇red",
        ] {
            #expect(blocks.contains(reply))
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func randomTextStaysText(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "hostile-markdown")
        for round in 0..<1000 {
            let (name, sentence, reply) = (
                HostileText.random(&generator), HostileText.random(&generator), HostileText.random(&generator)
            )
            var table = PageTable([.left("A"), .right("B"), .left("C")])
            table.row([.code(name), .prose(sentence), "\(code: name)\(code: reply)\(prose: sentence)"])
            var page = Page()
            page.heading(2, "A \(code: name) \(prose: sentence)")
            page.table(table)
            page.fence(reply)
            page.paragraph("After \(code: name), \(prose: sentence)")
            let rendered = RenderedMarkdown(page.markdown)
            let context = Comment(rawValue: "seed \(seed), round \(round): \([name, sentence, reply])")
            #expect(rendered.markup == [], context)
            #expect(rendered.tables == [[3, 3, 3]], context)
            #expect(rendered.blocks == [visible(reply, keepingLines: true)], context)
        }
    }

    @Test(arguments: [4, 5] as [UInt64]) func randomTextKeepsEveryCharacter(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "hostile-markdown")
        for round in 0..<1000 {
            let text = HostileText.random(&generator)
            let context = Comment(rawValue: "seed \(seed), round \(round): \([text])")
            let shown = visible(text)
            let code = reassembled(CodeSpan(text).text)
            #expect(code == (shown.isEmpty ? "(empty)" : shown), context)
            // Balanced backticks are marks of the sentence itself, and a space may be put between two spans.
            let prose = reassembled(Prose(text).text)
            #expect(prose.letters == shown.letters, context)
        }
    }

    @Test func aFenceIsLongerThanAnyRunWithin() {
        var page = Page()
        page.fence("````\n``````x`")
        #expect(page.markdown == "```````text\n````\n``````x`\n```````\n")
    }

    @Test func hugeTextIsCutAndSaysSo() throws {
        let huge = String(repeating: "ab`|\u{1b}", count: 200_000)
        var run = SyntheticRun.extraction
        run.documents[0].windows[0] = .reproduced(huge, lnPerToken: -0.1)
        run.documents[0].id = huge
        run.obstacle = huge
        let directory = try ScratchDirectory()
        let page = try Report.render(run.analysis(in: directory.path), as: .markdown)
        #expect(page.utf8.count < 100_000)
        #expect(page.contains("[… 996,000 more characters]"))
        #expect(page.contains("[… 999,760 more characters]"))
        #expect(RenderedMarkdown(page).markup == [])
    }

    @Test func sentencesStayReadable() {
        #expect(
            Prose("12 of 40 (p = 1.2e-5 ≤ 0.005), δ = 1.0 %; it's \"so\".").text
                == "12 of 40 (p = 1.2e-5 ≤ 0.005), δ = 1.0 %; it's \"so\".")
        #expect(Prose("see `rote doctor`, or use --staging text").text == "see `rote doctor`, or use `--staging` text")
        #expect(Prose("(http://host:80/x): no answer").text == "(`http://host:80/x`): no answer")
        #expect(Prose("a lone ` tick").text == "a lone `` ` `` tick")
    }

    /// What a reader sees of one line: code spans without their marks, and references resolved.
    private func reassembled(_ line: String) -> String {
        let rendered = RenderedMarkdown(line)
        var spans = rendered.spans[...]
        var text = ""
        let resolved = RenderedMarkdown.resolved(rendered.texts.first ?? "")
        for scalar in String(decoding: resolved, as: UTF8.self).unicodeScalars {
            if scalar == "\u{fffc}" {
                text += spans.popFirst() ?? "MISSING"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension String {
    /// The text without spaces and backticks.
    fileprivate var letters: [Unicode.Scalar] { unicodeScalars.filter { $0 != " " && $0 != "`" } }
}
