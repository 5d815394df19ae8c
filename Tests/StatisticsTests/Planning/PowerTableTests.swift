import Foundation
import Testing

@testable import Statistics

@Suite struct PowerTableTests {
    @Test func coversTheGridAndWhatWasAskedFor() throws {
        #expect(PowerTable.standardGrid.count == 17)
        #expect(PowerTable.standardGrid.allSatisfy { $0.suspect > $0.control })
        let design = try HybridDesign(level: 0.005, suspectDocuments: 60, controlDocuments: 50)
        let own = [try TrueRates(suspect: 0.33, control: 0.02), try TrueRates(suspect: 0.1, control: 0.01)]
        let table = try PowerTable(design, rates: own + own, replicates: 200, seed: 6)
        #expect(table.rows.count == 18, "a row that is asked for twice, or is in the grid, appears once")
        #expect(table.rows.prefix(2).map(\.rates) == own)
        #expect(
            try PowerTable(design, rates: own, includesStandardGrid: false, replicates: 200, seed: 6).rows.count == 2)
        for row in table.rows {
            #expect(row.fixedPower >= 0 && row.fixedPower <= 1)
            // Estimated apart from each other, so only as far as their standard errors allow.
            let slack = 5 * (row.stopsEarly.standardError + row.hybridPower.standardError)
            #expect(row.hybridPower.value >= row.stopsEarly.value - slack && row.hybridPower.value <= 1)
            #expect(row.expectedSuspectDocuments <= 60 && row.expectedControlDocuments <= 50)
            #expect(row.expectedPairs.value > 0 && row.expectedPairs.value <= 50)
        }
    }

    @Test func replaysAndSurvivesJSON() throws {
        let design = try HybridDesign(
            level: 0.005, suspectDocuments: 60, controlDocuments: 50, designEffect: DesignEffect(1.2))
        let table = try PowerTable(design, replicates: 200, seed: 6)
        #expect(try PowerTable(design, replicates: 200, seed: 6) == table)
        #expect(try PowerTable(design, replicates: 200, seed: 7) != table)
        let data = try JSONEncoder().encode(table)
        #expect(try JSONDecoder().decode(PowerTable.self, from: data) == table)
    }

    /// A design, a rate or a design effect that could not be made cannot be read either.
    @Test func refusesImpossibleJSON() throws {
        let design = try HybridDesign(level: 0.005, suspectDocuments: 60, controlDocuments: 50)
        let text = String(decoding: try JSONEncoder().encode(design), as: UTF8.self)
        for (good, bad) in [
            ("\"level\":0.005", "\"level\":5"), ("\"suspectDocuments\":60", "\"suspectDocuments\":0"),
            ("\"designEffect\":1", "\"designEffect\":0.5"), ("\"suspectRate\":0.08", "\"suspectRate\":0.001"),
        ] {
            let broken = text.replacingOccurrences(of: good, with: bad)
            #expect(broken != text)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(HybridDesign.self, from: Data(broken.utf8))
            }
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(TrueRates.self, from: Data(#"{"suspect":2,"control":0}"#.utf8))
        }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                NotExtractableDesign.self, from: Data(#"{"delta":0,"alpha":0.1,"designEffect":1}"#.utf8))
        }
    }
}
