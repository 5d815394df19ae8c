import Foundation
import Subprocess
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension WithRealServer {
    /// What may happen to the directory of a run, and how the run goes on afterwards.
    @Suite struct RunDirectoryTests {
        private let scratch: Scratch

        init() throws { scratch = try Scratch() }

        private func demoAudit(_ options: String...) async throws -> AuditCommand {
            var command = try scratch.demoAudit(documents: 6, servers: [try await TestServer.shared().url])
            // One slot, so that observations come in one order.
            command.options = ["--strict", "--json", "--quiet"] + options
            return command
        }

        @Test func anotherPlanIsRefusedWithWhatDiffers() async throws {
            let command = try await demoAudit()
            _ = try expectObject(try await rote(command.arguments()))
            let journal = try bytes(of: TestJournal.path(command.run))
            var other = command
            other.options += ["--seed", "2", "--alpha", "0.05"]
            expectError(
                try await rote(other.arguments()), 2, naming: "\(command.run) was begun with another plan",
                "alpha: 0.01 → 0.05", "seed: 1 → 2", "another --run directory")
            #expect(try bytes(of: TestJournal.path(command.run)) == journal)

            let model = try await TestServer.start(model: DemoCorpus.clean, slots: 1)
            var otherModel = command
            otherModel.servers = [model.url]
            expectError(
                try await rote(otherModel.arguments()), 2, naming: "model: \"model-planted.gguf", "\"model-clean.gguf")
            try await model.stop()
        }

        @Test func aTornTailIsWrittenAgain() async throws {
            let command = try await demoAudit()
            let expected = try expectObject(try await rote(command.arguments()))
            let whole = try bytes(of: TestJournal.path(command.run))
            let observations = try TestJournal(run: command.run).comparableObservations()
            let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
            let count = ends.count
            // In the verdict, in the last observation, in the middle, at a line's end, and in the header.
            for length in [ends[count - 2] + 9, ends[count - 2] - 1, ends[count - 8] + 200, ends[count - 5] + 1, 30] {
                try Data(whole[..<length]).write(to: URL(fileURLWithPath: TestJournal.path(command.run)))
                let verdict = try expectObject(try await rote(command.arguments()))
                #expect(try verdict.canonical(without: "chain") == expected.canonical(without: "chain"))
                let journal = try TestJournal(run: command.run)
                journal.expectComplete()
                #expect(try journal.comparableObservations() == observations)
            }
        }

        @Test func anEditedJournalIsRefusedWithItsLine() async throws {
            let command = try await demoAudit()
            _ = try expectObject(try await rote(command.arguments()))
            let path = TestJournal.path(command.run)
            let lines = String(decoding: try bytes(of: path), as: UTF8.self).split(separator: "\n").map(String.init)
            let edited = lines.count - 4
            var changed = lines
            changed[edited - 1] = lines[edited - 1].replacingOccurrences(of: "\"window\":0", with: "\"window\":1")
            if changed == lines {
                changed[edited - 1] = lines[edited - 1].replacingOccurrences(of: "\"window\":1", with: "\"window\":0")
            }
            for (content, line) in [
                (changed, edited), (Array(lines[..<9] + lines[10...]), 10), (lines + [lines[12]], lines.count + 1),
            ] {
                try Data(content.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
                let before = try bytes(of: path)
                for arguments in [
                    command.arguments(), ["analyze", command.run, "--quiet"],
                    ["report", command.run, "--quiet", "-o", scratch("r.md")],
                ] {
                    expectError(try await rote(arguments), 2, naming: "\(path), line \(line)", "Nothing was changed")
                }
                #expect(try bytes(of: path) == before)
            }
        }

        @Test func aFullDiskStopsTheRunAndKeepsWhatWasWritten() async throws {
            let command = try await demoAudit()
            let limit = "ulimit -f 24; exec \"$@\""
            let ending = try await RoteCommand().run(command.arguments(), script: limit)
            expectError(
                ending, 2, naming: TestJournal.path(command.run), "File too large", "run the same command again")
            let stopped = try TestJournal(run: command.run)
            #expect(!stopped.observations.isEmpty && stopped.observations.count < stopped.planned)
            _ = try expectObject(try await rote(command.arguments()))
            let finished = try TestJournal(run: command.run)
            finished.expectComplete()
            #expect(finished.windows.starts(with: stopped.windows))
        }

        /// Needs the right to mount a file system, so it is only run as root, and where that is allowed.
        @Test(.enabled("mounting a small file system is not allowed here") { await SmallDisk.isAllowed })
        func aSmallFileSystemStopsTheRunAndKeepsWhatWasWritten() async throws {
            var command = try await demoAudit()
            let disk = scratch("disk")
            command.run = "\(disk)/run"
            try await SmallDisk.mount(disk, size: "24k")
            let ending = try await rote(command.arguments())
            let stopped = try? TestJournal(run: command.run)
            try await SmallDisk.enlarge(disk, size: "16m")
            let finished = try await rote(command.arguments())
            let journal = try? TestJournal(run: command.run)
            try await SmallDisk.unmount(disk)
            expectError(ending, 2, naming: "No space left on device", "Free space", "run the same command again")
            _ = try expectObject(finished)
            try #require(journal).expectComplete()
            #expect(try #require(journal).windows.starts(with: #require(stopped).windows))
        }

        @Test func aDirectoryThatCannotBeMade() async throws {
            var command = try await demoAudit()
            let file = try scratch.write("I am a file", to: "file")
            for (run, place) in [(file, file), ("\(file)/below", file), ("/dev/null/run", "/dev/null")] {
                command.run = run
                expectError(
                    try await rote(command.arguments()), 2, naming: "cannot create the directory \(place)",
                    "Not a directory")
            }
            #expect(try bytes(of: file) == Array("I am a file".utf8))
        }

        @Test func aJournalThatIsNoFile() async throws {
            let command = try await demoAudit()
            try FileManager.default.createDirectory(
                atPath: TestJournal.path(command.run), withIntermediateDirectories: true)
            expectError(try await rote(command.arguments()), 2, naming: TestJournal.path(command.run), "directory")
        }

        @Test func aDirectoryThatAnotherProcessWritesTo() async throws {
            let command = try await demoAudit()
            let first = try await rote(command.arguments()) { process in
                try await expectSoon { TestJournal.lineCount(command.run) > 12 }
                kill(process, SIGSTOP)
                let second = try await rote(command.arguments())
                kill(process, SIGCONT)
                expectError(
                    second, 2, naming: "\(command.run) is being written by another process", "process \(process)")
            }
            _ = try expectObject(first)
            try TestJournal(run: command.run).expectComplete()
        }

        @Test func aRunThatIsNotThere() async throws {
            let path = scratch("nowhere")
            expectError(
                try await rote(["analyze", path, "--quiet"]), 2, naming: "\(path)/journal.jsonl does not exist")
            expectError(
                try await rote(["report", path, "--quiet", "-o", scratch("r.md")]), 2,
                naming: "\(path)/journal.jsonl does not exist")
            #expect(!exists(scratch("r.md")))
        }
    }
}

/// A file system in memory that is soon full.
private enum SmallDisk {
    static var isAllowed: Bool {
        get async {
            #if os(Linux)
                guard geteuid() == 0, let scratch = try? Scratch() else { return false }
                guard (try? await mount(scratch("probe"), size: "64k")) != nil else { return false }
                return (try? await unmount(scratch("probe"))) != nil
            #else
                return false
            #endif
        }
    }

    static func mount(_ path: String, size: String) async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try await shell("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path)
    }

    static func enlarge(_ path: String, size: String) async throws {
        try await shell("mount", "-o", "remount,size=\(size)", path)
    }

    static func unmount(_ path: String) async throws { try await shell("umount", path) }

    private static func shell(_ words: String...) async throws {
        let result = try await Subprocess.run(
            .name(words[0]), arguments: Arguments(Array(words.dropFirst())), output: .discarded, error: .discarded)
        guard result.terminationStatus.isSuccess else { throw POSIXError(.EPERM) }
    }
}
