import Testing

@testable import rote

@Suite struct ConfigFileTests {
    private func read(_ text: String) throws -> ConfigFile {
        try ConfigFile(path: "c.yaml", text: text, knownKeys: ["alpha", "server", "name"], secretKeys: ["api-key"])
    }

    @Test func valuesKeepTheirSpelling() throws {
        let file = try read("---\nalpha: 0.10   # a comment\n\nname: 'no'\nserver:\n  - a\n  - \"b: c\"\n")
        #expect(file.entries["alpha"] == .init(value: .scalar("0.10"), line: 2))
        #expect(file.entries["name"] == .init(value: .scalar("no"), line: 4))
        #expect(file.entries["server"] == .init(value: .list(["a", "b: c"]), line: 5))
        #expect(try read("").entries.isEmpty)
        #expect(try read("# nothing\n").entries.isEmpty)
        #expect(try read("{\"alpha\": 1}").entries["alpha"]?.value == .scalar("1"))
        #expect(try read("name: \"\"").entries["name"]?.value == .scalar(""))
    }

    @Test func whatIsWrongIsNamedWithItsLine() throws {
        let cases: [(String, String)] = [
            ("alpha: 1\nalfa: 2", "c.yaml:2: unknown key \"alfa\": did you mean \"alpha\"?"),
            ("zzzzzz: 2", "c.yaml:1: unknown key \"zzzzzz\": keys are the names of the long flags"),
            ("alpha: 1\nalpha: 2", "c.yaml: the key \"alpha\" stands there more than once: remove all but one"),
            ("alpha:\n", "c.yaml:1: \"alpha\" has no value: give one or remove it"),
            ("alpha: ~\n", "c.yaml:1: \"alpha\" has no value: give one or remove it"),
            ("\nalpha: {b: 1}", "c.yaml:2: \"alpha\" has values below it: the file must be flat"),
            ("server: [[a]]", "c.yaml:1: \"server\" must be a list of plain values"),
            ("- alpha", "c.yaml:1: expected lines of the form \"flag-name: value\""),
            ("alpha", "c.yaml:1: expected lines of the form \"flag-name: value\""),
            ("? [a]\n: 1", "c.yaml:1: a key must be the name of a flag"),
        ]
        for (text, expected) in cases {
            let error = #expect(throws: SettingsError.self) { try read(text) }
            #expect(error?.description == expected)
        }
    }

    @Test(arguments: [
        "alpha: [1", "alpha: \"x", "\talpha: 1", "alpha: 1\n alpha: 2", "alpha: *nowhere", "a: 1\n---\nb: 2", "%", "\0",
        "alpha: !!binary x: y", "&a [*a]", "alpha: &a [*a]", "\u{1}",
    ])
    func brokenTextIsAnErrorOfTheFile(_ text: String) {
        let error = #expect(throws: SettingsError.self) { try read(text) }
        #expect(error?.description.hasPrefix("c.yaml") == true)
    }

    @Test func deepNestingAndAliasBombsEnd() {
        #expect(throws: SettingsError.self) { try read("alpha: " + String(repeating: "[", count: 50_000)) }
        var bomb = "alpha: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            let aliases = [String](repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "k\(level): &l\(level) [\(aliases)]\n"
        }
        #expect(throws: SettingsError.self) { try read(bomb) }
    }

    @Test func filesThatCannotBeReadAreNamed() {
        for path in ["/nowhere/c.yaml", "/", "/dev/zero"] {
            let error = #expect(throws: SettingsError.self) {
                try ConfigFile(path: path, knownKeys: [], secretKeys: [])
            }
            #expect(error?.description.hasPrefix("cannot read the configuration file \(path): ") == true)
        }
    }
}
