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

/// `rote order-test` as a user sees it, as far as it needs no server.
@Suite struct OrderTestRefusalTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func test(_ path: String, _ options: String...) async throws -> Ending {
        try await rote(
            ["order-test", "--suspect", path, "--server", "http://127.0.0.1:1", "--run", scratch("run"), "--quiet"]
                + options)
    }

    @Test func textFilesHaveNoPublishedOrder() async throws {
        let path = try scratch.write("Some text.", to: "a.txt")
        expectError(try await test(path), 2, naming: path, "no published order")
    }

    @Test func fewDocumentsAreTooFew() async throws {
        let path = try scratch.write(orderedLines(count: 18), to: "a.jsonl")
        expectError(try await test(path), 2, naming: "18 documents", "at least 19")
    }

    @Test(arguments: [
        (["--places", "1"], "from 2 to 5"), (["--shards", "2"], "at least 3"), (["--shards", "0"], "from 1 to 2000"),
        (["--alpha", "nan"], "1e-12"), (["--opening-tokens", "0"], "from 1 to 256"),
    ])
    func numbersOutOfRange(options: [String], fact: String) async throws {
        let path = try scratch.write(orderedLines(count: 60), to: "a.jsonl")
        let ending = try await rote(
            ["order-test", "--suspect", path, "--server", "http://127.0.0.1:1", "--run", scratch("run"), "--quiet"]
                + options)
        expectError(ending, 64, naming: options[0], fact)
        #expect(!exists(scratch("run")))
    }
}

extension WithRealServer {
    /// `rote order-test` against a model that has never seen the documents.
    @Suite struct OrderTestCommandTests {
        private func arguments(_ scratch: Scratch, numbered: Bool = false) async throws -> [String] {
            let path = try scratch.write(orderedLines(count: 43, numbered: numbered), to: "a.jsonl")
            let server = try await TestServer.shared()
            return ["order-test", "--suspect", path, "--server", server.url, "--json", "--quiet"]
        }

        @Test func aModelThatHasNotSeenThemIsNotAccused() async throws {
            let scratch = try Scratch()
            let test = try await arguments(scratch)
            let run = ["--run", scratch("run")]
            let verdict = try expectObject(try await rote(test + run + ["--exit-code"]), 4)
            #expect(
                Set(verdict.keys) == [
                    "alpha", "caveats", "chain", "documents", "doesNotProve", "effect", "event", "evidence", "failures",
                    "firstPlaces", "gates", "incompleteShards", "lnP", "model", "ordersOfShard", "p", "plan", "proves",
                    "reason", "requests", "run", "schema", "shards", "test", "verdict",
                ])
            #expect(verdict.text("event") == "order-verdict" && verdict.text("verdict") == "inconclusive")
            #expect(verdict.count("shards") == 7 && verdict.count("requests") == 126)
            #expect(verdict.count("failures") == 0 && verdict.number("lnP") > -4.7)
            // Once more, without a server and without the corpus.
            let again = try expectObject(try await rote(["order-test", "--json", "--quiet"] + run))
            #expect(try again.canonical() == verdict.canonical())
            expectError(try await rote(test + run + ["--seed", "2"]), 2, naming: "another plan", "seed: 1 → 2")
        }

        @Test func aSortedCorpusIsNoEvidenceUnlessDeclared() async throws {
            let scratch = try Scratch()
            let test = try await arguments(scratch, numbered: true)
            let verdict = try expectObject(try await rote(test + ["--run", scratch("a"), "--exit-code"]), 5)
            #expect(verdict.text("verdict") == "invalid" && verdict.count("requests") == 0)
            #expect(verdict.text("reason").contains("id rises along the file"))
            let declared = try expectObject(
                try await rote(test + ["--run", scratch("b"), "--exit-code", "--ignore-field", "id"]), 4)
            #expect(declared.text("verdict") == "inconclusive" && declared.count("requests") == 126)
        }

        @Test func whatIsKilledGoesOn() async throws {
            let scratch = try Scratch()
            let test = try await arguments(scratch)
            let whole = try expectObject(try await rote(test + ["--run", scratch("whole"), "--strict"]))
            let run = scratch("run")
            let killed = try await rote(test + ["--run", run, "--strict"]) { process in
                try await expectSoon { TestJournal.lineCount(run) >= 20 }
                kill(process, SIGKILL)
            }
            #expect(killed.status == 128 + SIGKILL, "\(killed)")
            let resumed = try expectObject(try await rote(test + ["--run", run, "--strict"]))
            #expect(try resumed.canonical(without: "run", "chain") == whole.canonical(without: "run", "chain"))
            let journal = try TestJournal(run: run)
            #expect(journal.records("order-observation").count == 126)
            #expect(journal.records("order-header").count == 1 && journal.records("order-resume").count == 1)
        }
    }
}

/// Records with texts of random words, with names that count them or none.
private func orderedLines(count: Int, numbered: Bool = false) -> String {
    let words = [
        "the", "harbour", "fog", "nine", "grey", "boats", "lamp", "quay", "rope", "salt", "tar", "gull", "mast",
    ]
    var generator = SeededGenerator(seed: 4, stream: "order-test")
    return (0..<count).map { number in
        let text = (0..<25).map { _ in words[generator.next(below: words.count)] }.joined(separator: " ")
        return "{\(numbered ? "\"id\": \(number), " : "")\"text\": \"\(text)\"}\n"
    }.joined()
}
