import Foundation
import Inference
import Testing

@testable import rote

@Suite struct SettingsSourceTests {
    private let keys = ["alpha", "run-dir", "server", "strict", "windows", "deadline", "seed", "api-key-file"]

    private func source(_ environment: [String: String] = [:], yaml: String? = nil) throws -> SettingsSource {
        guard let yaml else {
            return try SettingsSource(environment: environment, configFile: nil, knownKeys: keys)
        }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("rote-\(UUID()).yaml").path
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try SettingsSource(environment: environment, configFile: path, knownKeys: keys)
    }

    @Test func flagBeatsEnvironmentBeatsFileBeatsDefault() throws {
        let yaml = "# audit\nalpha: 0.03\nrun-dir: from-file\n"
        var settings = try source(["ROTE_ALPHA": "0.02", "ROTE_RUN_DIR": ""], yaml: yaml)
        #expect(try settings.resolve(0.01, key: "alpha", default: 0.04) == 0.01)
        #expect(settings.resolved.map(\.origin) == [.flag])
        #expect(try settings.resolve(nil, key: "alpha", default: 0.04) == 0.02)
        #expect(settings.resolved.map(\.origin) == [.environment(name: "ROTE_ALPHA")])
        #expect(try settings.resolve(nil, key: "run-dir", default: "d") == "from-file")
        #expect(try settings.resolve(nil, key: "windows", default: 7) == 7)
        #expect(settings.resolved.map(\.key) == ["alpha", "run-dir", "windows"])
        #expect(settings.resolved.map(\.value) == ["0.02", "from-file", "7"])
        #expect(settings.resolved.last?.origin == .fallback)
        guard case .file(_, let line) = settings.resolved[1].origin else {
            Issue.record("run-dir is not from the file")
            return
        }
        #expect(line == 3)
    }

    @Test func everyTypeIsReadFromBothPlaces() throws {
        let yaml = """
            alpha: 1e-3
            run-dir: 2024-01-01
            server: [http://a:1, "http://b:2"]
            strict: on
            windows: "12"
            deadline: 1h30m
            seed: 18446744073709551615
            """
        let environment = [
            "ROTE_ALPHA": "1e-3", "ROTE_RUN_DIR": "2024-01-01", "ROTE_SERVER": "http://a:1, http://b:2",
            "ROTE_STRICT": "on", "ROTE_WINDOWS": "12", "ROTE_DEADLINE": "1h30m", "ROTE_SEED": "18446744073709551615",
        ]
        for var settings in [try source(yaml: yaml), try source(environment)] {
            #expect(try settings.resolve(nil, key: "alpha", default: 0.0) == 0.001)
            #expect(try settings.resolve(nil, key: "run-dir", default: "") == "2024-01-01")
            #expect(try settings.resolve([], key: "server", default: []) == ["http://a:1", "http://b:2"])
            #expect(try settings.resolve(nil, key: "strict", default: false) == true)
            #expect(try settings.resolve(nil, key: "windows", default: 0) == 12)
            #expect(try settings.resolve(nil, key: "deadline", default: Duration.zero) == .seconds(5400))
            #expect(try settings.resolve(nil, key: "seed", default: UInt64(0)) == .max)
        }
        var one = try source(yaml: "server: http://a,b")
        #expect(try one.resolve([], key: "server", default: []) == ["http://a,b"])
        #expect(try one.resolve(["http://c"], key: "server", default: []) == ["http://c"])
    }

    @Test func wrongValuesNameThePlaceAndWhatWasExpected() throws {
        var settings = try source(["ROTE_WINDOWS": "many"], yaml: "\nstrict: perhaps\nalpha: [1, 2]\n")
        let windows = #expect(throws: SettingsError.self) { try settings.resolve(nil, key: "windows", default: 1) }
        #expect(windows?.description == "ROTE_WINDOWS is \"many\": expected a whole number")
        let strict = #expect(throws: SettingsError.self) { try settings.resolve(nil, key: "strict", default: false) }
        #expect(strict?.description.hasSuffix(":2: \"strict\" is \"perhaps\": expected true or false") == true)
        let alpha = #expect(throws: SettingsError.self) { try settings.resolve(nil, key: "alpha", default: 0.1) }
        #expect(alpha?.description.hasSuffix(":3: \"alpha\" is \"[1, 2]\": expected a number") == true)
        let range = #expect(throws: SettingsError.self) {
            try settings.resolve(2.0, key: "alpha", default: 0.1, expecting: "a number below 1", where: { $0 < 1 })
        }
        #expect(range?.description == "--alpha is \"2.0\": expected a number below 1")
        let missing = #expect(throws: SettingsError.self) {
            try settings.require(String?.none, key: "run-dir")
        }
        #expect(missing?.description.contains("--run-dir is needed") == true)
        #expect(missing?.description.contains("ROTE_RUN_DIR") == true)
        #expect(windows?.exitStatus == .usage)
    }

    @Test(arguments: ["nan", "inf", "0x10", "1_000", "1,5", "", " 1", "1e999", "٣"])
    func numbersAreStrict(_ text: String) {
        #expect(Double(settingText: text) == nil)
        #expect(Int(settingText: text) == nil)
    }

    @Test func durations() {
        let good: [(String, Duration)] = [
            ("90s", .seconds(90)), ("10m", .seconds(600)), ("1h30m", .seconds(5400)), ("500ms", .milliseconds(500)),
            ("0.5s", .milliseconds(500)), ("2d", .seconds(172_800)), ("1m1ms", .milliseconds(60_001)), ("0s", .zero),
        ]
        for (text, expected) in good {
            #expect(Duration(settingText: text) == expected)
            #expect(Duration(settingText: expected.settingText) == expected)
            #expect(Duration(argument: text) == expected)
        }
        for text in ["", "90", "s", "-5s", "1m1h", "1s1s", "1.2.3s", "5 s", "999999999999999999999d", "1e3s", "9x"] {
            #expect(Duration(settingText: text) == nil, "\(text)")
        }
    }

    @Test func secretsComeFromTheEnvironmentOrAFile() throws {
        let settings = try source(["ROTE_API_KEY": "k-1"])
        let key = try #require(try settings.apiKey(file: nil))
        #expect(key.source == "ROTE_API_KEY")
        #expect(!"\(key)".contains("k-1"))
        #expect(try source().apiKey(file: nil) == nil)
        #expect(throws: APIKeyError.self) { try settings.apiKey(file: "/nonexistent/key") }
        let error = #expect(throws: SettingsError.self) { try source(yaml: "api-key: k-3") }
        #expect(error?.description.contains("ROTE_API_KEY or use --api-key-file") == true)
        #expect(error?.description.contains("k-3") == false)
    }

    @Test func misspeltVariablesAreNamed() throws {
        let settings = try source([
            "ROTE_ALPAH": "1", "ROTE_ALPHA": "1", "ROTE_LLAMA_SERVER": "x", "ROTE_CONFIG": "", "ROTE_API_KEY": "x",
            "ROTE_XYZZY": "1", "HOME": "/",
        ])
        #expect(
            settings.unknownVariables() == [
                "the environment variable ROTE_ALPAH has no effect: did you mean ROTE_ALPHA?",
                "the environment variable ROTE_XYZZY has no effect",
            ])
    }

    @Test func nearestNames() {
        let names = ["alpha", "server", "server-binary", "strict"]
        #expect(nearestName(to: "alhpa", among: names) == "alpha")
        #expect(nearestName(to: "Alpha", among: names) == "alpha")
        #expect(nearestName(to: "servers", among: names) == "server")
        #expect(nearestName(to: "server_binary", among: names) == "server-binary")
        #expect(nearestName(to: "x", among: names) == nil)
        #expect(nearestName(to: "", among: names) == nil)
        #expect(nearestName(to: "alpha", among: []) == nil)
    }
}
