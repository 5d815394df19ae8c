import Audit
import Foundation
import Randomness
import Synchronization
import Testing

@testable import Canary

/// A folder that is removed when the test lets go of it.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rote-canary-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
        return self(name)
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: self(name)))) }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// A small set of canaries.
func canaries(
    count: Int = 3, references: Int = 9, bits: Int = 40, repetitions: Int = 1, seed: UInt64 = 1,
    carriers: [Carrier] = Carrier.standard
) throws -> CanarySet {
    CanarySet(
        minting: try CanaryDesign(
            count: count, references: references, secret: SecretLength(bits: bits), repetitions: repetitions,
            carriers: carriers),
        with: CanaryKey(seed: seed))
}

/// Sightings with the given scores, and continuations that say nothing.
func sightings(_ set: CanarySet, score: (_ canary: Int, _ sibling: Int) -> Double?) -> CanarySightings {
    var sightings = CanarySightings(set.design)
    for canary in 0..<set.design.count {
        for index in 0..<set.design.siblings {
            let probe = CanaryProbe.sibling(canary: canary, index: index)
            guard let ln = score(canary, index) else { continue }
            sightings.mustTake(probe, .score(ln: ln, tokens: 1, censored: false))
        }
        sightings.mustTake(.continuation(canary: canary), .continuation(text: "", openingBytes: 0))
    }
    return sightings
}

/// A model without servers: every sibling has a score, and the published ones may have a better one.
struct FunctionModel: Sendable {
    let set: CanarySet
    let seed: UInt64
    /// Nats by which published siblings are more probable.
    var lift = 0.0
    /// Whether the model writes published secrets out.
    var recites = false

    func answer(_ probe: CanaryProbe) -> CanaryAnswer {
        switch probe {
        case .sibling(let canary, let index):
            var generator = SeededGenerator(seed: seed, stream: set.canaries[canary].secrets[index])
            let isPublished = index == set.canaries[canary].published
            return .score(ln: -40 - 40 * generator.nextUnit() + (isPublished ? lift : 0), tokens: 8, censored: false)
        case .continuation(let canary):
            let canary = set.canaries[canary]
            return .continuation(
                text: recites ? " \(canary.publishedSecret) and" : " nothing",
                openingBytes: canary.carrier.opening.utf8.count - 1)
        }
    }

    func verdict(alpha: Double = 0.01) throws -> CanaryVerdict {
        var sightings = CanarySightings(set.design)
        for probe in CanaryProbe.all(of: set.design, seed: 1) {
            sightings.mustTake(probe, answer(probe))
        }
        return try CanaryVerdict(set, sightings, levels: CanaryLevels(alpha: alpha))
    }
}

extension CanarySightings {
    /// Takes an answer that must be one to a question of the test.
    mutating func mustTake(_ probe: CanaryProbe, _ answer: CanaryAnswer) {
        let isTaken = take(CanaryObservation(probe: probe, answer: answer))
        #expect(isTaken, "\(probe) \(answer)")
    }
}
