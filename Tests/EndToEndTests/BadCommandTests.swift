import Foundation
import Testing

/// Command lines and settings that cannot be meant: refused with status 64 before anything is read or started.
@Suite struct BadCommandTests {
    /// A command line that would be right, with files that do not exist.
    private func arguments(_ options: String...) -> [String] {
        ["audit", "--suspect", "no.jsonl", "--control", "no.jsonl", "--run", "no", "--model", "no.gguf", "--quiet"]
            + options
    }

    @Test func anUnknownFlagIsNamed() async throws {
        let ending = try await rote(arguments("--suspekt", "x"))
        expectError(ending, 64, naming: "--suspekt", "'--suspect'", "see `rote audit --help`")
    }

    @Test func anUnknownVerbIsNamed() async throws {
        expectError(try await rote(["adit"]), 64, naming: "'adit'", "see `rote --help`")
    }

    @Test func aMissingSuspectIsNamed() async throws {
        let ending = try await rote(["audit", "--run", "no", "--model", "no.gguf", "--quiet"])
        expectError(ending, 64, naming: "--suspect is needed", "ROTE_SUSPECT")
    }

    @Test func aMissingRunDirectoryIsNamed() async throws {
        let ending = try await rote(["audit", "--suspect", "no.jsonl", "--model", "no.gguf", "--quiet"])
        expectError(ending, 64, naming: "--run is needed", "ROTE_RUN")
    }

    @Test func somethingToAskIsNeeded() async throws {
        let ending = try await rote(["audit", "--suspect", "no.jsonl", "--run", "no", "--quiet"])
        expectError(ending, 64, naming: "--server URL", "--model FILE.gguf")
        let both = try await rote(arguments("--server", "http://127.0.0.1:1"))
        expectError(both, 64, naming: "either --server or --model")
    }

    @Test(arguments: [
        ("--alpha", "7", "and at most 0.2"), ("--alpha", "0", "must be above 0"),
        ("--delta", "1", "must be between 0 and 1"), ("--windows-per-document", "0", "must be 1 to 1000"),
        ("--resamples", "10", "must be 999 to"), ("--alpha", "0.000001", "must be at least"),
        ("--alpha", "often", "'often' is invalid"), ("--alpha", "nan", "must be"), ("--seed", "-1", "invalid"),
        ("--slots", "0", "expected 1 to 512"), ("--wait", "soon", "invalid"),
        ("--staging", "quick", "expected one of staged"),
        ("--samples", "0", "must be at least 1"), ("--prefix-tokens", "9", "together"),
        ("--server", "ftp://x", "either"), ("--format", "xml", "expected one of"),
    ])
    func aBadValueIsNamed(_ flag: String, _ value: String, _ fact: String) async throws {
        // Equals sign, so that a value may begin with a dash.
        let scratch = try Scratch()
        let ending = try await rote(
            [
                "audit", "--suspect", scratch.write("{\"text\":\"a\"}\n", to: "s.jsonl"), "--control",
                scratch.write("{\"text\":\"b\"}\n", to: "c.jsonl"), "--run", scratch("run"), "--model", "no.gguf",
                "--quiet", "\(flag)=\(value)",
            ])
        expectError(ending, 64, naming: fact)
        #expect(!exists(scratch("run")), "refused before anything is made")
    }

    @Test func aServerMustBeAURL() async throws {
        for (server, fact) in [
            ("127.0.0.1:8080", "http://"), ("http://user:pw@host", "password"), ("http://x:99999", "port"),
        ] {
            let ending = try await rote(["doctor", "--quiet", "--server", server])
            #expect(ending.status == 64 && ending.messageLines.count == 1, "\(ending)")
            #expect(ending.messages.contains(fact) || ending.messages.contains("ROTE_API_KEY"), "\(ending)")
            #expect(!ending.messages.contains("pw@"), "a password was repeated: \(ending)")
        }
    }

    @Test func aConfigurationFileIsChecked() async throws {
        let scratch = try Scratch()
        let misspelt = try scratch.write("alpha: 0.05\nsuspekt: x.jsonl\n", to: "a.yaml")
        expectError(
            try await rote(arguments("--config", misspelt)), 64, naming: "\(misspelt):2", "\"suspekt\"", "\"suspect\"")
        let outOfRange = try scratch.write("# comment\nslots: many\n", to: "b.yaml")
        expectError(
            try await rote(arguments("--config", outOfRange)), 64, naming: "\(outOfRange):2", "\"many\"", "1 to 512")
        let secret = try scratch.write("api-key: hunter2\n", to: "c.yaml")
        let ending = try await rote(arguments("--config", secret))
        expectError(ending, 64, naming: "\(secret):1", "ROTE_API_KEY")
        #expect(!ending.messages.contains("hunter2"))
        expectError(
            try await rote(arguments("--config", scratch("none.yaml"))), 64, naming: "none.yaml", "No such file")
    }

    @Test func aMisspeltVariableIsPointedOut() async throws {
        var command = RoteCommand()
        command.variables = ["ROTE_ALPHS": "0.05"]
        let ending = try await command.run(["analyze", "/nowhere"])
        #expect(ending.messages.contains("warning: the environment variable ROTE_ALPHS has no effect"), "\(ending)")
        #expect(ending.messages.contains("ROTE_ALPHA"))
    }

    @Test func helpAndVersionAreData() async throws {
        for arguments in [
            [], ["--help"], ["audit", "--help"], ["--version"], ["--generate-completion-script", "bash"],
        ] {
            let ending = try await rote(arguments)
            #expect(ending.status == 0 && !ending.output.isEmpty && ending.messages.isEmpty, "\(ending)")
        }
        let statuses = ["0", "1", "2", "3", "4", "5", "64", "75", "130", "143"]
        let help = try await rote(["--help"]).output
        for status in statuses { #expect(help.contains("  \(status)  "), "\(status) is not documented") }
    }

    @Test func reportsNeedAKnownFormat() async throws {
        expectError(try await rote(["report", "/nowhere", "--quiet"]), 64, naming: "-o report.html")
        expectError(
            try await rote(["report", "/nowhere", "--quiet", "-o", "x.pdf"]), 2, naming: "\"x.pdf\"", ".md", ".json")
    }
}
