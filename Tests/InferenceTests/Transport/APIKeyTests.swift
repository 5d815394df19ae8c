import Foundation
import Testing

@testable import Inference

@Suite("API keys stay secret")
struct APIKeyTests {
    private let secret = "sk-very-secret-0123456789"

    private func everyPrinting(of value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(dumped) \(Mirror(reflecting: value).children.map { "\($0)" })"
    }

    @Test("no printing of a key, or of what holds one, shows it")
    func printing() throws {
        let key = try APIKey(variable: "KEY", in: ["KEY": " \(secret)\n"])
        #expect(key.secret == secret)
        let request = HTTPRequest(method: .get, url: "http://h", apiKey: key)
        let transport = HTTPTransport()
        defer { transport.shutDown() }
        let client = HTTPClient(transport: transport, apiKey: key)
        let optional: APIKey? = key
        for value in [key, [key], ["k": key], optional as Any, request, client] as [Any] {
            let printed = everyPrinting(of: value)
            #expect(!printed.contains("very-secret"))
            #expect(printed.contains("[redacted]"))
        }
    }

    @Test("a server that repeats the key in its error does not leak it")
    func echoedKey() throws {
        let key = try APIKey(variable: "KEY", in: ["KEY": secret])
        let body = #"{"error":{"message":"Incorrect API key provided: \#(secret)."}}"#
        let refusal = HTTPRefusal(
            reply: HTTPReply(status: 401, body: Array(body.utf8)), url: "http://h", attempts: 1, apiKey: key)
        #expect(refusal.serverMessage == "Incorrect API key provided: [redacted].")
        #expect(refusal.hint.contains("KEY"))
        #expect(!everyPrinting(of: refusal).contains("very-secret"))
    }

    @Test("what cannot be a key is refused, by name")
    func refused() {
        let cases: [(String?, APIKeyError.Problem)] = [
            (nil, .missing), ("", .empty), (" \n", .empty), ("a b", .notPrintable), ("a\r\nX-Evil: 1", .notPrintable),
            ("schlüssel", .notPrintable), ("a\u{0}b", .notPrintable),
        ]
        for (value, problem) in cases {
            let environment = value.map { ["ROTE_KEY": $0] } ?? [:]
            let error = #expect(throws: APIKeyError.self) { try APIKey(variable: "ROTE_KEY", in: environment) }
            #expect(error?.problem == problem)
            #expect(error?.description.contains("ROTE_KEY") == true)
        }
    }

    @Test("files are read, and their errors name them")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rote-key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = folder.appendingPathComponent("key")
        try Data("\(secret)\n".utf8).write(to: good)
        #expect(try APIKey(file: good.path).secret == secret)
        let large = folder.appendingPathComponent("large")
        try Data(repeating: 0x61, count: 100_000).write(to: large)
        #expect(throws: APIKeyError(source: large.path, problem: .tooLong)) { try APIKey(file: large.path) }
        let missing = folder.appendingPathComponent("missing").path
        let error = #expect(throws: APIKeyError.self) { try APIKey(file: missing) }
        #expect(error?.description.contains(missing) == true)
        #expect(throws: APIKeyError.self) { try APIKey(file: folder.path) }
    }
}
