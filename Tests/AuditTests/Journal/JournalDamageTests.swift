import Foundation
import Testing

@testable import Audit

@Suite struct JournalDamageTests {
    /// The process is killed after any byte: what was written goes on as if nothing had happened.
    @Test func everyTruncationResumesToTheSameFile() throws {
        let whole = try sampleJournal()
        let scratch = try ScratchDirectory()
        let lineEnds = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        for length in 0...whole.count {
            try scratch.setBytes(whole[..<length])
            let complete = lineEnds.filter { $0 <= length }
            let expected: JournalEnding =
                length == 0 ? .empty : complete.last ?? 0 == length ? .whole : .tornTail(byteOffset: complete.last ?? 0)
            let extent = try JournalReader(directory: scratch.path).read()
            #expect(extent.ending == expected, "length \(length)")
            #expect(extent.byteCount == complete.last ?? 0)

            var seen = 0
            let writer = try JournalWriter(resuming: scratch.path, calls: .withoutSynchronizing) { _ in seen += 1 }
            #expect(seen == complete.count)
            #expect(writer.lineCount == seen)
            try appendSamples(to: writer, from: seen)
            try writer.close()
            #expect(try scratch.bytes() == whole, "length \(length)")
        }
    }

    /// Every single changed byte is found, with nothing changed on disk; only the last line feed may look torn.
    @Test(arguments: [0x01, 0x20, 0x80, 0xff] as [UInt8])
    func everyChangedByteIsFound(flip: UInt8) throws {
        let whole = try sampleJournal()
        let scratch = try ScratchDirectory()
        for position in whole.indices {
            var edited = whole
            edited[position] ^= flip
            try expectDamage(edited, in: scratch, line: line(of: position, in: whole), "byte \(position)")
        }
    }

    /// Bytes changed into the characters that give a line its form.
    @Test(arguments: ["\n", "}", "\"", "0", "{", "\0", ","] as [Unicode.Scalar])
    func everyByteOverwrittenIsFound(by character: Unicode.Scalar) throws {
        let whole = try sampleJournal()
        let scratch = try ScratchDirectory()
        let byte = UInt8(ascii: character)
        for position in whole.indices where whole[position] != byte {
            var edited = whole
            edited[position] = byte
            try expectDamage(edited, in: scratch, line: line(of: position, in: whole), "byte \(position)")
        }
    }

    @Test func everyRemovedOrInsertedByteIsFound() throws {
        let whole = try sampleJournal()
        let scratch = try ScratchDirectory()
        for position in whole.indices {
            var edited = whole
            edited.remove(at: position)
            try expectDamage(edited, in: scratch, line: nil, "without byte \(position)")
            edited = whole
            edited.insert(UInt8(ascii: "1"), at: position)
            try expectDamage(edited, in: scratch, line: nil, "with a byte at \(position)")
        }
    }

    @Test func missingRepeatedAndExchangedLinesAreNamed() throws {
        let lines = try sampleJournal().split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] }
        let scratch = try ScratchDirectory()
        let cases: [(order: [Int], line: Int, says: Int)] = [
            ([1, 2, 3], 1, 2), ([0, 2, 3], 2, 3), ([0, 1, 1, 2, 3], 3, 2), ([0, 2, 1, 3], 2, 3), ([3, 0], 1, 4),
        ]
        for (order, number, says) in cases {
            let bytes = order.flatMap { lines[$0] }
            try scratch.setBytes(bytes)
            let offset = order[..<(number - 1)].map { lines[$0].count }.reduce(0, +)
            #expect(
                throws: JournalError.damaged(
                    path: scratch.journal, line: number, byteOffset: offset, damage: .wrongSequence(found: says))
            ) {
                try JournalWriter(resuming: scratch.path)
            }
            #expect(try scratch.bytes() == bytes)
        }
    }

    /// A line of another run fits by its number and form, not by its chain.
    @Test func aLineOfAnotherRunIsFound() throws {
        let first = try sampleJournal().split(separator: UInt8(ascii: "\n"))
        let scratch = try ScratchDirectory()
        let writer = try JournalWriter(directory: scratch.path)
        for _ in 0..<3 { try writer.append(kind: "observation", record: ["other"]) }
        try writer.close()
        let second = try scratch.bytes().split(separator: UInt8(ascii: "\n"))
        try scratch.setBytes([first[0], second[1]].flatMap { $0 + [UInt8(ascii: "\n")] })
        #expect(
            throws: JournalError.damaged(
                path: scratch.journal, line: 2, byteOffset: first[0].count + 1, damage: .brokenChain)
        ) {
            try JournalReader(directory: scratch.path).read()
        }
    }

    @Test(arguments: ["hello", "hello\n", "\n", "{}\n", "[]", "\u{0}x", "{\"chain\":1}\n", "\u{feff}{\"chain\":\""])
    func foreignContentIsRefusedAndKept(_ text: String) throws {
        let scratch = try ScratchDirectory()
        for sound in [[], try sampleJournal()] {
            let bytes = sound + Array(text.utf8)
            try scratch.setBytes(bytes)
            #expect(throws: JournalError.self) { try JournalWriter(resuming: scratch.path) }
            #expect(try scratch.bytes() == bytes)
        }
    }

    /// A block that was allocated and never filled, as a power loss can leave it.
    @Test func zerosAfterTheLastLineAreATornTail() throws {
        let whole = try sampleJournal()
        let scratch = try ScratchDirectory()
        try scratch.setBytes(whole + [UInt8](repeating: 0, count: 5000))
        #expect(try JournalReader(directory: scratch.path).read().ending == .tornTail(byteOffset: whole.count))
        try JournalWriter(resuming: scratch.path).close()
        #expect(try scratch.bytes() == whole)
    }

    @Test func theMessageNamesFileLineAndCure() throws {
        let error = JournalError.damaged(path: "runs/a/journal.jsonl", line: 7, byteOffset: 99, damage: .brokenChain)
        #expect(error.description.contains("runs/a/journal.jsonl, line 7 (byte 99)"))
        #expect(error.description.contains("head -n 6"))
        let notALine = JournalDamage.notAJournalLine(excerpt: "")
        #expect(notALine.description.contains("not a journal line"))
    }

    private func line(of position: Int, in whole: [UInt8]) -> Int {
        whole[..<position].count { $0 == UInt8(ascii: "\n") } + 1
    }

    /// Expects damage no earlier than the given line, or at most a torn tail that leaves all lines before the last.
    private func expectDamage(
        _ edited: [UInt8], in scratch: ScratchDirectory, line: Int?, _ what: Comment
    ) throws {
        try scratch.setBytes(edited)
        do {
            let extent = try JournalReader(directory: scratch.path).read()
            #expect(extent.ending != .whole && extent.ending != .empty, what)
            #expect(extent.lineCount == sampleRecords.count - 1, what)
            #expect(edited.last != UInt8(ascii: "\n"), what)
        } catch JournalError.damaged(_, let found, _, _) {
            if let line { #expect(found == line, what) }
            #expect(throws: JournalError.self) { try JournalWriter(resuming: scratch.path) }
        }
        #expect(try scratch.bytes() == edited, what)
    }
}
