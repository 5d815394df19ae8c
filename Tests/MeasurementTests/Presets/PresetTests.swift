import Corpus
import Foundation
import Overlap
import Testing

@testable import Audit
@testable import Measurement

@Suite("Published definitions")
struct PresetTests {
    @Test("every preset has a name of its own, a citation, and an entry for what was not stated")
    func table() {
        #expect(Preset.published.count == 9)
        #expect(Set(Preset.published.map(\.id)).count == 9)
        for preset in Preset.published {
            #expect(preset.citation.contains("arXiv") && preset.citation.contains("20"), "\(preset.id)")
            #expect(!preset.notStated.isEmpty || !preset.deviations.isEmpty, "\(preset.id)")
            #expect(Preset.named(preset.id.rawValue) == preset)
            #expect(!preset.instruments.isEmpty)
        }
        #expect(Preset.named("nothing") == nil)
    }

    @Test("a preset's numbers are those of the publication")
    func definitions() throws {
        let freeman = try #require(Preset.named("freeman-nyt"))
        #expect(freeman.grid.prefixLengths == [25, 50, 100, 200, 400] && freeman.quantity == .probeMean)
        let pythia = try #require(Preset.named("pythia-32"))
        #expect(pythia.grid.suffixLength == 32 && pythia.quantity == .probeShare(thresholds: [1]))
        let hayes = try #require(Preset.named("hayes-np"))
        guard case .probeShare(let thresholds) = hayes.quantity else {
            Issue.record("not a share")
            return
        }
        for (threshold, samples) in zip(thresholds, [1.0, 10, 100, 1000]) {
            // One of n samples hits with probability 1 − (1 − p_z)ⁿ = 0.5.
            #expect(abs(1 - pow(1 - threshold, samples) - 0.5) < 1e-12)
        }
        #expect(try #require(Preset.named("msr")).quantity == .documentShare(thresholds: [5, 11, 16]))
        #expect(try #require(Preset.named("ahmed-nv")).nearVerbatimRule == .books)
    }

    @Test("a plan made from a preset answers it, and others only where they ask the same")
    func answered() async throws {
        let corpus = ToyCorpus(seed: 3, documents: 2, bytes: 500)
        for preset in Preset.published {
            let options = MeasureOptions(preset: preset)
            guard let plan = try? await corpus.prepareMeasurement(options).plan else { continue }
            #expect(plan.preset == preset.id && preset.isAnswered(by: plan))
            #expect(Preset.published.filter { $0.isAnswered(by: plan) }.map(\.id).contains(preset.id))
        }
        let plan = try await corpus.prepareMeasurement(smallOptions()).plan
        #expect(Preset.published.allSatisfy { !$0.isAnswered(by: plan) })
    }

    @Test("a run's numbers are those of the definition")
    func rates() async throws {
        let corpus = ToyCorpus(seed: 1, documents: 3, bytes: 100)
        let scratch = try ScratchDirectory()
        let preparation = try await corpus.prepareMeasurement(
            MeasureOptions(preset: try #require(Preset.named("pythia-32"))))
        let record = try await measure(preparation, on: [ToyServer(model: corpus.model)], in: scratch.path)
        let rates = try PresetRate.all(.pythia, of: record)
        #expect(rates.map(\.arm) == [.suspect, .control])
        let reproduced = record.observations.filter {
            $0.arm == .suspect && ($0.sighting?.replies[0].tokens.count ?? 0) == 32
                && $0.sighting?.replies[0].overlap.firstDivergence == 32
        }
        let entry = try #require(rates.first?.entries.first)
        #expect(reproduced.count > 0 && entry.value == Double(reproduced.count) / 3 && entry.threshold == 1)
        #expect(rates.last?.entries.first?.value == 0)
        #expect(try PresetRate.all(.cooper, of: record).isEmpty)
    }
}

@Suite("The quantities of published definitions")
struct PresetQuantityTests {
    private func preset(_ metric: Preset.Metric, _ quantity: Preset.Quantity, of plan: MeasurementPlan) -> Preset {
        Preset(
            id: .init(rawValue: "test"), title: "", citation: "", grid: plan.grid, instruments: plan.instruments,
            metric: metric, quantity: quantity, nearVerbatimRule: plan.nearVerbatimRule, notStated: [], deviations: [])
    }

    @Test("each is what its definition says of the observations")
    func quantities() async throws {
        let corpus = ToyCorpus(seed: 1, documents: 4, bytes: 90)
        let scratch = try ScratchDirectory()
        var options = smallOptions(
            stride: 6, instruments: Instruments(likelihood: .abandonedBelow(ln: -10)))
        options.nearVerbatimRule = NearVerbatimRule(
            first: .init(maximumGap: 1, maximumMisalignment: 1, minimumMatchedWords: 1),
            second: .init(maximumGap: 1, maximumMisalignment: 1, minimumMatchedWords: 1))
        let preparation = try await corpus.prepareMeasurement(options)
        let record = try await measure(preparation, on: [ToyServer(model: corpus.model)], in: scratch.path)
        let plan = record.header.plan
        let seen = record.observations.filter { $0.arm == .suspect }
        func value(_ metric: Preset.Metric, _ quantity: Preset.Quantity) throws -> [Double] {
            let rates = try PresetRate.all(preset(metric, quantity, of: plan), of: record)
            return try #require(rates.first { $0.arm == .suspect }).entries.map(\.value)
        }
        func overlaps(_ observation: MeasurementObservation) -> ReplyOverlap? {
            observation.sighting?.replies[0].overlap
        }

        let exact = seen.count { overlaps($0)?.firstDivergence == 8 }
        #expect(try value(.exactSuffix, .probeShare(thresholds: [1])) == [Double(exact) / Double(seen.count)])
        let likely = seen.count { ($0.sighting?.score?.provenProbability ?? 0) >= 0.5 }
        #expect(likely > 0)
        #expect(try value(.suffixProbability, .probeShare(thresholds: [0.5])) == [Double(likely) / Double(seen.count)])
        let byDocument = Dictionary(grouping: seen, by: \.document)
        let long = byDocument.values.count { $0.contains { (overlaps($0)?.longestWords ?? 0) >= 2 } }
        #expect(
            try value(.longestWords, .documentShare(thresholds: [2, 1000])) == [
                Double(long) / Double(byDocument.count), 0,
            ])
        let means = byDocument.values.map { rows in
            rows.reduce(0.0) { $0 + Double(overlaps($1)?.longestCharacters ?? 0) } / Double(rows.count)
        }
        let mean = try #require(try value(.longestCharacters, .probeMean).first)
        #expect(abs(mean - means.reduce(0, +) / Double(means.count)) < 1e-9)
        // Places that several windows repeat count once, so a document is never covered more than whole.
        let covered = try #require(try value(.nearVerbatimWords, .documentCoverage).first)
        let byHand = byDocument.map { name, rows in
            let places = Set(rows.flatMap { overlaps($0)?.blocks.flatMap { $0.runs.flatMap { Array($0) } } ?? [] })
            return Double(places.count) / Double(record.documents.first { $0.document == name }?.words ?? 1)
        }
        #expect(abs(covered - byHand.reduce(0, +) / Double(byHand.count)) < 1e-9 && covered > 0 && covered <= 1)
        let total = try #require(try value(.nearVerbatimCharacters, .documentTotal(blocksOfAtLeast: 4)).first)
        #expect(total > 0)
        #expect(try value(.nearVerbatimCharacters, .documentTotal(blocksOfAtLeast: 1e6)) == [0])
    }
}
