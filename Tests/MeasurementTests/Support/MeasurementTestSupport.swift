import Corpus
import Foundation
import Inference
import Logging
import PrefixLearning

@testable import Audit
@testable import Inference
@testable import Measurement

/// Options for short documents.
func smallOptions(
    prefixes: [Int] = [8], suffix: Int = 8, stride: Int? = 12, instruments: Instruments = Instruments()
) -> MeasureOptions {
    var options = MeasureOptions()
    options.grid = ProbeGrid(checked: .tokens, prefixLengths: prefixes, suffixLength: suffix, stride: stride)
    options.instruments = instruments
    options.coveringWords = 2
    options.corpusWords = 5
    return options
}

extension ToyCorpus {
    func prepareMeasurement(
        _ options: MeasureOptions, target: String = "toy", elicitations: [Elicitation] = []
    ) async throws -> MeasurementPreparation {
        try await MeasurementPlanner(suspect: suspect, control: control, options: options).prepare(
            target: TargetName(rawValue: target), model: "toy", leading: [], elicitations: elicitations
        ) { documents in documents.map { model.tokenize($0.text) } }
    }
}

/// Carries a measurement out on toy servers.
func measure(
    _ preparation: MeasurementPreparation, on toys: [ToyServer], in directory: String,
    patience: Duration = .seconds(60), hangsUp: @escaping @Sendable (String) -> Bool = { _ in false },
    progress: @escaping @Sendable (MeasurementProgress) -> Void = { _ in }
) async throws -> MeasurementRecord {
    try await withToyFleet(toys, patience: patience, hangsUp: hangsUp) { fleet in
        try await MeasurementRun(
            preparation: preparation, fleet: fleet, directory: directory, program: "test", arguments: ["rote"],
            files: []
        ).execute(progress: progress)
    }
}

/// What must not depend on how often a run was interrupted or who answered when.
func essence(_ record: MeasurementRecord) throws -> [UInt8] {
    let summary = try MeasurementSummary([record], groupedBy: ["section"])
    let target = summary.targets[0]
    var bytes = try CanonicalJSON.encode(target.cells) + CanonicalJSON.encode(target.replyClasses)
    bytes += try CanonicalJSON.encode(target.documents) + CanonicalJSON.encode(target.probes)
    bytes += try CanonicalJSON.encode(target.presets) + CanonicalJSON.encode(target.groups)
    return bytes
}
