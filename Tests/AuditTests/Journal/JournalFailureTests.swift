import Foundation
import Synchronization
import Testing

@testable import Audit

@Suite struct JournalFailureTests {
    @Test func aSecondWriterIsRefusedUntilTheFirstCloses() throws {
        let scratch = try ScratchDirectory()
        let first = try JournalWriter(directory: scratch.path)
        #expect(first.isExclusive)
        try first.append(kind: "header", record: 1)
        for attempt in 0..<2 {
            let error = #expect(throws: JournalError.self) {
                _ =
                    attempt == 0
                    ? try JournalWriter(directory: scratch.path) : try JournalWriter(resuming: scratch.path)
            }
            guard case .locked(let directory, let holder) = error else {
                Issue.record("not a lock error: \(String(describing: error))")
                return
            }
            #expect(directory == scratch.path)
            #expect(holder?.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) on ") == true)
        }
        try first.close()
        let second = try JournalWriter(resuming: scratch.path)
        #expect(second.lineCount == 1)
    }

    @Test func aWriterThatIsLetGoGivesTheLockBack() throws {
        let scratch = try ScratchDirectory()
        do {
            let writer = try JournalWriter(directory: scratch.path)
            try writer.append(kind: "header", record: 1)
        }
        #expect(try JournalWriter(resuming: scratch.path).lineCount == 1)
    }

    /// A managed server outlives its parent's death for a moment; it must not hold the lock.
    @Test func aChildProcessDoesNotInheritTheLock() throws {
        let scratch = try ScratchDirectory()
        var writer: JournalWriter? = try JournalWriter(directory: scratch.path)
        try writer?.append(kind: "header", record: 1)
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/sleep")
        child.arguments = ["30"]
        try child.run()
        defer { child.terminate() }
        try writer?.close()
        writer = nil
        #expect(try JournalWriter(resuming: scratch.path).lineCount == 1)
    }

    @Test func shortWritesAndInterruptionsAreInvisible() throws {
        let scratch = try ScratchDirectory()
        let turn = Mutex(0)
        var calls = JournalSystemCalls.real
        calls.write = { descriptor, bytes in
            let number = turn.withLock { turn in
                turn += 1
                return turn
            }
            if number % 3 == 0 { return -Int(EINTR) }
            let piece = UnsafeRawBufferPointer(rebasing: bytes.prefix(1 + number % 7))
            return JournalSystemCalls.real.write(descriptor, piece)
        }
        let writer = try JournalWriter(directory: scratch.path, calls: calls)
        try appendSamples(to: writer)
        try writer.close()
        #expect(try scratch.bytes() == sampleJournal())
    }

    /// The disk fills up in the middle of a line; after space is freed the same writer goes on.
    @Test(arguments: [ENOSPC, EIO, EDQUOT])
    func aFailedWriteLeavesWholeLinesAndNamesTheCure(code: Int32) throws {
        let scratch = try ScratchDirectory()
        let whole = try sampleJournal()
        for room in 0..<whole.count {
            try? FileManager.default.removeItem(atPath: scratch.journal)
            let left = Mutex(room)
            var calls = JournalSystemCalls.withoutSynchronizing
            calls.write = { descriptor, bytes in
                left.withLock { left in
                    if left == 0 { return -Int(code) }
                    let count = JournalSystemCalls.real.write(
                        descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(left)))
                    left -= max(count, 0)
                    return count
                }
            }
            let writer = try JournalWriter(directory: scratch.path, calls: calls)
            let error = #expect(throws: JournalError.self) { try appendSamples(to: writer) }
            #expect(error == .system(operation: .write, path: scratch.journal, code: code))
            let done = writer.lineCount
            #expect(try JournalReader(directory: scratch.path).read().ending == (done == 0 ? .empty : .whole))
            left.withLock { $0 = Int.max }
            try appendSamples(to: writer, from: done)
            try writer.close()
            #expect(try scratch.bytes() == whole)
        }
    }

    @Test func aTailThatCannotBeCutStopsTheWriterAndIsDroppedOnResume() throws {
        let scratch = try ScratchDirectory()
        let fails = Mutex(false)
        var calls = JournalSystemCalls.real
        calls.write = { descriptor, bytes in
            guard fails.withLock({ $0 }) else { return JournalSystemCalls.real.write(descriptor, bytes) }
            if bytes.count < 20 { return -Int(EIO) }
            return JournalSystemCalls.real.write(
                descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count - 10)))
        }
        calls.truncate = { _, _ in -Int(EIO) }
        let writer = try JournalWriter(directory: scratch.path, calls: calls)
        try writer.append(kind: sampleRecords[0].kind, record: sampleRecords[0].record)
        fails.withLock { $0 = true }
        let expected = JournalError.system(operation: .write, path: scratch.journal, code: EIO)
        #expect(throws: expected) { try appendSamples(to: writer, from: 1) }
        fails.withLock { $0 = false }
        #expect(throws: expected) { try appendSamples(to: writer, from: 1) }
        #expect(throws: expected) { try writer.close() }
        let next = try JournalWriter(resuming: scratch.path)
        #expect(next.lineCount == 1)
        try appendSamples(to: next, from: 1)
        try next.close()
        #expect(try scratch.bytes() == sampleJournal())
    }

    @Test func aFailedSynchronisationStopsTheWriter() throws {
        let scratch = try ScratchDirectory()
        let fails = Mutex(false)
        var calls = JournalSystemCalls.real
        calls.synchronize = { _ in fails.withLock { $0 } ? -Int(EIO) : 0 }
        let writer = try JournalWriter(directory: scratch.path, calls: calls)
        try writer.append(kind: "header", record: 1)
        try writer.flush()
        fails.withLock { $0 = true }
        let expected = JournalError.system(operation: .synchronize, path: scratch.journal, code: EIO)
        #expect(throws: expected) { try writer.flush() }
        fails.withLock { $0 = false }
        #expect(throws: expected) { try writer.append(kind: "header", record: 1) }
    }

    @Test(.timeLimit(.minutes(1)))
    func linesAreSynchronisedWithinAboutASecondAndNotOnceEach() async throws {
        let scratch = try ScratchDirectory()
        let count = Mutex(0)
        var calls = JournalSystemCalls.real
        calls.synchronize = { _ in
            count.withLock { $0 += 1 }
            return 0
        }
        let writer = try JournalWriter(directory: scratch.path, calls: calls)
        let afterCreation = count.withLock { $0 }
        for index in 0..<500 { try writer.append(kind: "observation", record: index) }
        #expect(count.withLock { $0 } - afterCreation <= 1)
        while count.withLock({ $0 }) == afterCreation { try await Task.sleep(for: .milliseconds(50)) }
        try await Task.sleep(for: .milliseconds(1200))
        #expect(count.withLock { $0 } - afterCreation <= 2)
        try writer.close()
    }

    @Test func directoriesThatCannotBeUsedAreNamed() throws {
        let scratch = try ScratchDirectory()
        let file = scratch.path + "/file"
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: JournalError.system(operation: .createDirectory, path: file, code: ENOTDIR)) {
            try JournalWriter(directory: file + "/run")
        }
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/odd/journal.jsonl", withIntermediateDirectories: true)
        #expect(throws: JournalError.self) { try JournalWriter(directory: scratch.path + "/odd") }
        #expect(throws: JournalError.notAFile(path: scratch.path + "/odd/journal.jsonl")) {
            try JournalWriter(resuming: scratch.path + "/odd")
        }
        if getuid() != 0 {
            try FileManager.default.createDirectory(atPath: scratch.path + "/closed", withIntermediateDirectories: true)
            chmod(scratch.path + "/closed", 0o500)
            #expect(throws: JournalError.self) { try JournalWriter(directory: scratch.path + "/closed/run") }
        }
        let full = JournalError.system(operation: .write, path: "r/journal.jsonl", code: ENOSPC).description
        #expect(full.contains("cannot write to r/journal.jsonl: "))
        #expect(full.contains("Free space there and run the same command again: every line written so far is kept"))
    }
}
