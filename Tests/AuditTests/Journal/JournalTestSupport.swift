import Foundation
import Testing

@testable import Audit

/// A directory that is removed when the test lets go of it.
final class ScratchDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rote-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var journal: String { path + "/journal.jsonl" }

    func bytes() throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: journal)))
    }

    /// Writes the journal's bytes without waiting for the disk, as Foundation's own writing would, thousands of times.
    func setBytes(_ bytes: some Sequence<UInt8>) throws {
        unlink(journal)
        let file = try #require(fopen(journal, "w"))
        defer { fclose(file) }
        let all = Array(bytes)
        #expect(fwrite(all, 1, all.count, file) == all.count)
    }
}

struct SampleRecord: Codable, Equatable {
    var document: String
    var score: Double
    var tokens: [Int]
}

extension JournalSystemCalls {
    /// The real calls without the waiting, for loops over hundreds of journals.
    static var withoutSynchronizing: JournalSystemCalls {
        var calls = JournalSystemCalls.real
        calls.synchronize = { _ in 0 }
        return calls
    }
}

/// A small run: a header and observations with awkward text.
let sampleRecords: [(kind: String, record: SampleRecord)] = [
    ("header", SampleRecord(document: "π \"quoted\"\n", score: -0.1, tokens: [])),
    ("observation", SampleRecord(document: "a/b\\c", score: .leastNonzeroMagnitude, tokens: [1, -2])),
    ("observation", SampleRecord(document: "🦊,\"seq\":9}", score: 1e300, tokens: [0])),
    ("verdict", SampleRecord(document: "", score: -0.0, tokens: [Int.max])),
]

/// Writes the small run from one of its lines on.
func appendSamples(to writer: JournalWriter, from first: Int = 0) throws {
    for sample in sampleRecords[min(first, sampleRecords.count)...] {
        try writer.append(kind: sample.kind, record: sample.record)
    }
}

/// The bytes of the small run's journal, undisturbed.
func sampleJournal() throws -> [UInt8] {
    let scratch = try ScratchDirectory()
    let writer = try JournalWriter(directory: scratch.path)
    try appendSamples(to: writer)
    try writer.close()
    return try scratch.bytes()
}
