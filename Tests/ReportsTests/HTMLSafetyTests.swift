import Audit
import Foundation
import Randomness
import Testing

@testable import Reports

/// Nothing that a document, a model or a server says becomes markup or script.
@Suite struct HTMLSafetyTests {
    private static let ownTags: Set = [
        "html", "head", "meta", "title", "style", "script", "body", "a", "nav", "ul", "ol", "li", "main", "header",
        "div",
        "p", "dl", "dt", "dd", "strong", "em", "code", "bdi", "section", "h1", "h2", "h3", "h4", "figure", "figcaption",
        "svg", "desc", "g", "line", "path", "rect", "circle", "text", "details", "summary", "table", "caption", "thead",
        "tbody", "tr", "th", "td", "pre", "mark", "noscript", "label", "input", "button", "output", "footer",
    ]

    @Test(arguments: SnapshotTests.scenarios)
    func wholePagesHoldOnlyTheirOwnMarkup(_ scenario: SnapshotTests.Scenario) throws {
        let directory = try ScratchDirectory()
        let analysis = try scenario.run().analysis(in: directory.path, groupedBy: scenario.field)
        let page = try Report.render(analysis, as: .html)
        let parsed = ParsedHTML(page)
        #expect(parsed.faults == [])
        #expect(Set(parsed.elements.map(\.tag)).subtracting(Self.ownTags) == [])
        for element in parsed.elements {
            for (name, value) in element.attributes {
                #expect(!name.hasPrefix("on") && name != "style" && name != "src", "\(name) of \(element.tag)")
                if name == "href" { #expect(value.hasPrefix("#")) }
            }
        }
        let ids = parsed.elements.compactMap { $0.attributes["id"] }
        #expect(Set(ids).count == ids.count)
        for element in parsed.elements {
            for name in (element.attributes["aria-labelledby"] ?? "").split(separator: " ") {
                #expect(ids.contains(String(name)))
            }
            if let target = element.attributes["href"] { #expect(ids.contains(String(target.dropFirst()))) }
        }
        for scalar in page.unicodeScalars {
            #expect(scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control)
            #expect(!(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
            #expect(scalar.value != 0x2028 && scalar.value != 0x2029)
        }
    }

    @Test func onlyTheOwnStyleAndScriptAreAllowed() throws {
        let directory = try ScratchDirectory()
        let page = ParsedHTML(try Report.render(SyntheticRun.hostile.analysis(in: directory.path), as: .html))
        let policy = try #require(
            page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }?.attributes["content"])
        #expect(policy.hasPrefix("default-src 'none'; "))
        #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
        let scripts = page.all("script").filter { $0.attributes["type"] == nil }
        let styles = page.all("style")
        #expect(scripts.count == 1 && styles.count == 1)
        for (directive, element) in zip(["script-src", "style-src"], scripts + styles) {
            let digest = Data(hexadecimal: sha256Hex(element.text.utf8)).base64EncodedString()
            #expect(policy.contains("\(directive) 'sha256-\(digest)'"))
        }
        // Nothing of the page comes before the policy but what it needs to be read.
        #expect(page.elements.prefix(4).map(\.tag) == ["html", "head", "meta", "meta"])
    }

    @Test func dataCannotLeaveItsElement() throws {
        let nasty = [
            "</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u{2028}\u{2029}", "\0\u{1b}[31m", "&lt;",
            "\u{202e}gnp", "\u{fffd}", "\\u003c/script>", "a\"b'c`d${e}",
        ]
        var run = SyntheticRun.extraction
        for (index, text) in nasty.enumerated() {
            run.documents[index].windows[0] = .reproduced(text, lnPerToken: -0.1)
            run.documents[index].id = "id \(text)"
            run.documents[index].fields = [text: text]
        }
        let directory = try ScratchDirectory()
        let page = ParsedHTML(try Report.render(run.analysis(in: directory.path), as: .html))
        let data = page.all("script").filter { $0.attributes["type"] == "application/json" }
        #expect(data.count == 2)
        var shown = ""
        for element in data {
            #expect(!element.text.contains("<") && !element.text.contains(">") && !element.text.contains("&"))
            let object = try JSONSerialization.jsonObject(with: Data(element.text.utf8))
            shown += strings(object).joined(separator: "\n") + "\n"
        }
        for text in nasty { #expect(shown.contains(visible(text, keepingLines: true)), "\(text.debugDescription)") }
    }

    @Test(arguments: [1, 2] as [UInt64]) func randomTextStaysText(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed, stream: "hostile-html")
        for round in 0..<500 {
            let (one, two) = (HostileText.random(&generator), HostileText.random(&generator))
            let context = Comment(rawValue: "seed \(seed), round \(round): \([one, two])")
            let piece = HTML.element(
                .p, [HTMLAttribute("title", one), .id(two)], "a \(one)", HTML(two, keepingLines: true), .foreign(one))
            let parsed = ParsedHTML(piece.markup)
            #expect(parsed.faults == [], context)
            let first = try #require(parsed.elements.first)
            #expect(first.attributes == ["title": visible(one), "id": visible(two)], context)
            let code = visible(one).isEmpty ? "(empty)" : visible(one)
            #expect(first.text == "a " + visible(one) + visible(two, keepingLines: true) + code, context)
            #expect(ParsedHTML((("**a** \(code: one) *\(prose: two)*" as Phrase).html).markup).faults == [], context)
        }
    }

    @Test func hugeTextIsCutAndSaysSo() throws {
        let huge = String(repeating: "<ab&|\u{1b}", count: 170_000)
        var run = SyntheticRun.extraction
        run.documents[0].windows[0] = .reproduced(huge, lnPerToken: -0.1)
        run.documents[0].id = huge
        run.documents[1].windows[0] = .failed(huge)
        run.obstacle = huge
        let directory = try ScratchDirectory()
        let page = try Report.render(run.analysis(in: directory.path), as: .html)
        #expect(page.utf8.count < 400_000)
        #expect(page.contains("[… 1,016,000 more characters]"))
        #expect(ParsedHTML(page).faults == [])
    }

    @Test func emphasisMayHoldOtherParts() {
        let phrase: Phrase = "**Model:** *a \(code: "x*y") b* and \(prose: "see `rote doctor`"), **unclosed"
        #expect(
            phrase.html.markup == "<strong>Model:</strong> <em>a <code><bdi>x*y</bdi></code> b</em> and "
                + "see <code>rote doctor</code>, <strong>unclosed</strong>")
    }

    private func strings(_ value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(strings)
        case let object as [String: Any]: object.sorted { $0.key < $1.key }.flatMap { strings($0.value) }
        default: []
        }
    }
}

extension Data {
    /// The bytes that hexadecimal digits stand for.
    init(hexadecimal digits: String) {
        let all = Array(digits.utf8)
        self.init(
            stride(from: 0, to: all.count, by: 2).compactMap {
                UInt8(String(decoding: all[$0..<$0 + 2], as: UTF8.self), radix: 16)
            })
    }
}
