import Foundation
import Randomness
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension WithRealServer {
    /// `kill -9`, again and again, and what is left afterwards: every line that was written, and no server.
    @Suite struct KillTests {
        static let kills = 20
        static let killsPerRun = 5

        @Test(arguments: [UInt64(1)])
        func whatIsKilledGoesOnAsIfNothingHadHappened(_ seed: UInt64) async throws {
            let scratch = try Scratch()
            let model = try scratch.modelOfOurOwn()
            let undisturbed = try scratch.demoAudit(
                documents: 12, run: "undisturbed", model: model, "--strict", "--json")
            let expected = try expectObject(try await rote(undisturbed.arguments()))
            let journal = try TestJournal(run: undisturbed.run)
            journal.expectComplete()
            let observations = try journal.comparableObservations()

            var generator = SeededGenerator(seed: seed, stream: "kills")
            for round in 0..<Self.kills / Self.killsPerRun {
                var command = undisturbed
                command.run = scratch("killed-\(round)")
                // Ascending, so that each kill meets a run that has come further than the one before.
                let moments = (0..<Self.killsPerRun).map { index in
                    index == 0
                        ? Moment(lines: 0, pause: generator.next(below: 500))
                        : Moment(
                            lines: generator.next(below: journal.lines.count - 12), pause: generator.next(below: 30))
                }
                for moment in moments.sorted(by: { $0.lines < $1.lines }) {
                    print("seed \(seed), round \(round): kill at line \(moment.lines) and \(moment.pause) ms")
                    try await interrupt(command, at: moment, model)
                    if exists(TestJournal.path(command.run)) { try expectBeginning(command.run, of: observations) }
                }
                let verdict = try expectObject(try await rote(command.arguments()))
                #expect(try verdict.canonical(without: "run", "chain") == expected.canonical(without: "run", "chain"))
                let resumed = try TestJournal(run: command.run)
                resumed.expectComplete()
                #expect(try resumed.comparableObservations() == observations)
                #expect(resumed.records("header").count == 1)
            }
            #expect(try await ProcessList.left(model, within: .seconds(20)).isEmpty)
        }

        /// When to kill: once the journal has this many lines, and a little later.
        ///
        /// Without any line, it is the start of the server that gets interrupted.
        struct Moment {
            let lines: Int
            let pause: Int
        }

        private func interrupt(_ command: AuditCommand, at moment: Moment, _ model: String) async throws {
            let before = TestJournal.lineCount(command.run)
            let ending = try await rote(command.arguments()) { process in
                try await expectSoon {
                    moment.lines == 0 || TestJournal.lineCount(command.run) >= max(moment.lines, before + 1)
                }
                try await Task.sleep(for: .milliseconds(moment.pause))
                kill(process, SIGKILL)
            }
            #expect(ending.status == 128 + SIGKILL, "it ended before it was killed: \(ending)")
            let left = try await ProcessList.left(model, within: .seconds(20))
            #expect(left.isEmpty, "servers that outlived rote: \(left)")
        }

        /// What a killed run left behind is the beginning of what an undisturbed one writes.
        private func expectBeginning(_ run: String, of observations: [String]) throws {
            var text = try bytes(of: TestJournal.path(run))
            let end = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            text.removeSubrange(end...)
            let scratch = try Scratch()
            _ = try scratch.write(text, to: "journal.jsonl")
            let found = try TestJournal(run: scratch.path).comparableObservations()
            #expect(observations.starts(with: found))
        }
    }
}
