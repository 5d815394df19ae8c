import Foundation
import Testing

extension WithRealServer {
    /// Standard output that goes away or is full, and a standard error that nobody wants.
    @Suite struct StandardOutputTests {
        @Test func aReaderThatLeavesIsNoError() async throws {
            let run = try await PlantedRun.shared()
            let script = #"{ "$@"; echo "status $?" >&2; } | head -c 10"#
            let ending = try await RoteCommand().run(["analyze", run.command.run], script: script)
            #expect(ending.output == "Verdict: M" && ending.messages == "status 0\n", "\(ending)")
        }

        @Test(.enabled(if: exists("/dev/full"), "there is no /dev/full here"))
        func aFullDiskIsAnError() async throws {
            let run = try await PlantedRun.shared()
            let script = #"exec "$@" >/dev/full"#
            let ending = try await RoteCommand().run(["analyze", run.command.run, "--json"], script: script)
            expectError(ending, 2, naming: "cannot write to standard output", "No space left on device")
        }

        @Test func closedStreamsHarmNothing() async throws {
            let run = try await PlantedRun.shared()
            let journal = try bytes(of: TestJournal.path(run.command.run))
            let script = #"exec "$@" <&- >&- 2>&-"#
            let ending = try await RoteCommand().run(["analyze", run.command.run], script: script)
            #expect(ending.status == 0 && ending.output.isEmpty && ending.messages.isEmpty, "\(ending)")
            #expect(try bytes(of: TestJournal.path(run.command.run)) == journal)
        }

        @Test func quietSaysNothingAndNoColourIsEverSentToAFile() async throws {
            let run = try await PlantedRun.shared()
            let again = try await rote(run.command.arguments() + ["--quiet"])
            #expect(again.output == run.ending.output && again.messages.isEmpty, "\(again)")
            #expect(!run.ending.messages.isEmpty && !run.ending.messages.contains("\u{1b}"))
            #expect(run.ending.messages.contains("probing 2"), "progress in plain lines: \(run.ending)")
        }
    }
}
