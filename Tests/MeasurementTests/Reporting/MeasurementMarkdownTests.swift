import Foundation
import Testing

@testable import Audit
@testable import Measurement

@Suite("A measurement as a page")
struct MeasurementMarkdownTests {
    @Test("every table has as many cells in each row, and names cannot break out")
    func tables() async throws {
        let corpus = ToyCorpus(seed: 1, documents: 3, bytes: 100)
        let scratch = try ScratchDirectory()
        let preparation = try await corpus.prepareMeasurement(
            MeasureOptions(preset: .pythia), target: "toy | <b>one</b>\n# two")
        let record = try await measure(preparation, on: [ToyServer(model: corpus.model)], in: scratch.path)
        let page = MeasurementMarkdown(try MeasurementSummary([record], groupedBy: ["section"])).text
        #expect(page.contains("## toy \\| \\<b\\>one\\</b\\> \\# two\n"))
        #expect(page.contains("Biderman") && page.contains("### Rates") && page.contains("By section"))
        #expect(!page.contains("nan") && !page.contains("Models side by side"))
        var width: Int?
        for line in page.components(separatedBy: "\n") {
            guard line.hasPrefix("|") else {
                width = nil
                continue
            }
            let cells = line.replacing("\\|", with: "").count { $0 == "|" }
            #expect(cells == width ?? cells, "\(line)")
            width = cells
        }
    }
}
