import Audit
import Corpus
import Foundation
import Randomness
import Testing

@testable import OrderTest

/// A folder that is removed when the test lets go of it.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rote-order-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func corpus(_ lines: [String], name: String = "corpus.jsonl") throws -> LoadedCorpus {
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: self(name)))
        return try CorpusReader.read(.path(self(name)))
    }
}

/// A corpus of distinct texts of random words in a random order.
func randomCorpus(_ folder: ScratchFolder, count: Int, seed: UInt64, words: Int = 12) throws -> LoadedCorpus {
    var generator = SeededGenerator(seed: seed, stream: "texts")
    return try folder.corpus(
        (0..<count).map { _ in
            let text = (0..<words).map { _ in vocabulary[generator.next(below: vocabulary.count)] }
                .joined(separator: " ")
            let number = generator.next(below: 1_000_000_000)
            return #"{"id": "d\#(number)", "text": "\#(text) \#(number % 97)"}"#
        })
}

/// Words of which some are single tokens of the toy model, some several, and some split characters.
let vocabulary =
    [
        "the", "harbour", "fog", "nine", "grey", "boats", "ever", "é", "東京", "ing", "lamp", "quay", "rope", "salt",
        "tar",
        "“net”", "ть", "gull", "mast", "oar", "keel", "wave", "pier", "tide",
    ]

/// A random matrix of fits, with or without a preference for the published places.
func fit(_ places: Int, lift: Double = 0, published: [Int], _ generator: inout SeededGenerator) -> [[Double]] {
    let rows = (0..<places).map { _ in 30 * generator.nextUnit() }
    let columns = (0..<places).map { _ in 30 * generator.nextUnit() }
    return (0..<places).map { place in
        (0..<places).map { mover in
            let noise = (0..<6).reduce(-3.0) { sum, _ in sum + generator.nextUnit() } * 2.8
            return rows[place] + columns[mover] + noise + (published[place] == mover ? lift : 0)
        }
    }
}
