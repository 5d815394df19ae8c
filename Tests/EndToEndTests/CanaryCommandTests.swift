import Foundation
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `rote canary` as a user sees it, as far as it needs no server.
@Suite struct CanaryMintTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func mint(_ options: String...) async throws -> Ending {
        try await rote(
            ["canary", "mint", "--secret", scratch("s.jsonl"), "--publish", scratch("p.jsonl"), "--quiet"] + options)
    }

    @Test func theSameSeedMintsTheSameFilesAndNoSeedNever() async throws {
        var commitments: [String] = []
        for options in [["--seed", "5"], ["--seed", "5"], [], []] {
            let folder = try Scratch()
            let ending = try await rote(
                ["canary", "mint", "--secret", folder("s"), "--publish", folder("p"), "--json", "--quiet"] + options)
            let event = try expectObject(ending)
            #expect(event.text("event") == "canaries-minted" && event.count("canaries") == 10)
            #expect(event.count("references") == 999 && event.count("bits") == 60)
            commitments.append(event.text("commitment"))
        }
        #expect(commitments[0] == commitments[1] && Set(commitments).count == 3)
    }

    @Test func nothingIsEverOverwritten() async throws {
        #expect(try await mint("--references", "100", "--count", "1").status == 0)
        let before = try bytes(of: scratch("s.jsonl"))
        expectError(try await mint(), 2, naming: scratch("s.jsonl"), "never overwritten")
        #expect(try bytes(of: scratch("s.jsonl")) == before)
    }

    @Test(arguments: [
        (["--references", "99"], "at least 100"), (["--references", "0"], "from 1 to 99999"),
        (["--count", "0"], "from 1 to 1000"), (["--count", "\(Int.max)"], "from 1 to 1000"),
        (["--bits", "19"], "from 20 to 320"), (["--bits", "20", "--count", "100"], "too unlikely"),
        (["--repetitions", "0"], "from 1 to 10000"), (["--alpha", "0"], "1e-12"), (["--alpha", "nan"], "1e-12"),
    ])
    func numbersOutOfRange(options: [String], fact: String) async throws {
        let ending = try await rote(
            ["canary", "mint", "--secret", scratch("s"), "--publish", scratch("p"), "--quiet"] + options)
        expectError(ending, 64, naming: options[0], fact)
        #expect(!exists(scratch("s")) && !exists(scratch("p")))
    }

    @Test func carriersAreRefusedWithTheirLine() async throws {
        let path = try scratch.write("A good one is {secret}.\nA bad one is not.\n", to: "c.txt")
        expectError(try await mint("--carrier", path), 2, naming: "\(path):2: no {secret}")
    }
}

extension WithRealServer {
    /// `rote canary test` against a model that has never seen the canaries.
    @Suite struct CanaryTestTests {
        private func minted(_ scratch: Scratch) async throws -> (arguments: [String], commitment: String) {
            let secret = scratch("s.jsonl")
            let ending = try await rote([
                "canary", "mint", "--secret", secret, "--publish", scratch("p.jsonl"), "--references", "29", "--count",
                "4", "--alpha", "0.05", "--json", "--quiet", "--seed", "3",
            ])
            let server = try await TestServer.shared()
            return (
                [
                    "canary", "test", "--secret", secret, "--server", server.url, "--alpha", "0.05", "--json",
                    "--quiet",
                ], try expectObject(ending).text("commitment")
            )
        }

        @Test func aModelThatHasNotSeenThemIsNotAccused() async throws {
            let scratch = try Scratch()
            let (test, commitment) = try await minted(scratch)
            let run = ["--run", scratch("run")]
            let verdict = try expectObject(
                try await rote(test + run + ["--commitment", commitment, "--exit-code"]), 4)
            #expect(
                Set(verdict.keys) == [
                    "alpha", "bits", "canaries", "caveats", "chain", "commitment", "comparedWithCommitment",
                    "doesNotProve", "event", "evidence", "extraction", "failures", "levels", "lnP", "missing", "model",
                    "p", "plan", "proves", "rankTest", "reason", "run", "schema", "test", "verdict",
                ])
            #expect(verdict.text("event") == "canary-verdict" && verdict.text("verdict") == "inconclusive")
            #expect(verdict.text("commitment") == commitment && verdict["comparedWithCommitment"] as? Bool == true)
            #expect(verdict.objects("canaries").count == 4 && verdict.count("missing") == 0)
            for canary in verdict.objects("canaries") {
                #expect((1...30).contains(canary.count("rank")) && canary.number("ln") < -20)
                #expect(canary["reproduced"] as? Bool == false)
            }
            // Once more, without a server.
            let arguments = ["canary", "test", "--secret", scratch("s.jsonl"), "--json", "--quiet"] + run
            let again = try expectObject(try await rote(arguments))
            #expect(
                try again.canonical(without: "comparedWithCommitment")
                    == verdict.canonical(without: "comparedWithCommitment"))
            expectError(
                try await rote(test + run + ["--seed", "2"]), 2, naming: "another plan", "seed: 1 → 2")
            expectError(
                try await rote(test + run + ["--commitment", String(repeating: "0", count: 64)]), 2,
                naming: scratch("s.jsonl"), commitment)
        }

        @Test func whatIsKilledGoesOn() async throws {
            let scratch = try Scratch()
            let (test, _) = try await minted(scratch)
            let whole = try expectObject(try await rote(test + ["--run", scratch("whole"), "--strict"]))
            let run = scratch("run")
            let killed = try await rote(test + ["--run", run, "--strict"]) { process in
                try await expectSoon { TestJournal.lineCount(run) >= 20 }
                kill(process, SIGKILL)
            }
            #expect(killed.status == 128 + SIGKILL, "\(killed)")
            let resumed = try expectObject(try await rote(test + ["--run", run, "--strict"]))
            #expect(
                try resumed.canonical(without: "run", "chain") == whole.canonical(without: "run", "chain"))
            let journal = try TestJournal(run: run)
            #expect(journal.records("canary-observation").count == 4 * 31)
            #expect(journal.records("canary-header").count == 1 && journal.records("canary-resume").count == 1)
        }

        @Test func anEditedSecretFileIsRefused() async throws {
            let scratch = try Scratch()
            let (test, _) = try await minted(scratch)
            let text = String(decoding: try bytes(of: scratch("s.jsonl")), as: UTF8.self)
            _ = try scratch.write(text.replacing("\"published\":", with: "\"published\":1"), to: "s.jsonl")
            expectError(
                try await rote(test + ["--run", scratch("run")]), 2, naming: "\(scratch("s.jsonl")):2: ", "changed")
        }
    }
}
