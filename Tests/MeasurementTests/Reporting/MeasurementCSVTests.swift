import Foundation
import Testing

@testable import Audit
@testable import Measurement

@Suite("Tables as comma-separated values")
struct MeasurementCSVTests {
    @Test("one row per probe and one per document, all with as many cells as there are names")
    func rows() async throws {
        let corpus = ToyCorpus(seed: 1, documents: 2)
        let scratch = try ScratchDirectory()
        let preparation = try await corpus.prepareMeasurement(smallOptions(), target: "=toy,\"one\"")
        let record = try await measure(preparation, on: [ToyServer(model: corpus.model)], in: scratch.path)
        let summary = try MeasurementSummary([record])
        for (text, rows) in [
            (MeasurementCSV.probes(summary), preparation.probes.count),
            (MeasurementCSV.documents(summary, fields: ["section"]), preparation.documents.count),
        ] {
            let lines = text.components(separatedBy: "\r\n").dropLast()
            #expect(lines.count == rows + 1)
            let name = "\"'=toy,\"\"one\"\"\","
            for line in lines.dropFirst() {
                #expect(line.hasPrefix(name))
                let cells = line.dropFirst(name.count).split(separator: ",", omittingEmptySubsequences: false)
                #expect(cells.count + 1 == lines[0].split(separator: ",").count)
            }
        }
    }
}
