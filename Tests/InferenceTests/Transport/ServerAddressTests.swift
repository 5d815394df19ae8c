import Foundation
import Randomness
import Testing

@testable import Inference

@Suite("Server addresses")
struct ServerAddressTests {
    @Test(
        "good addresses are normalised",
        arguments: [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("  HTTP://LocalHost:8080///\n", "http://localhost:8080"),
            ("https://example.org/api/v1/", "https://example.org/api/v1"), ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://[FE80::1]", "http://[fe80::1]"), ("http://h", "http://h"), ("http://a/%20b", "http://a/%20b"),
        ])
    func good(text: String, expected: String) throws {
        #expect(try ServerAddress(text).text == expected)
    }

    @Test(
        "bad addresses are refused with a reason and an example",
        arguments: [
            ("", ServerAddressError.Problem.empty), ("   ", .empty), ("127.0.0.1:8080", .noScheme),
            ("localhost", .noScheme),
            ("ftp://h", .otherScheme), ("file:///etc/passwd", .otherScheme), ("unix://x", .otherScheme),
            ("http://user:pass@h", .credentials), ("http://token@h:80/", .credentials),
            ("http://h?x=1", .queryOrFragment),
            ("http://h/#a", .queryOrFragment), ("http://h h", .character), ("http://h/\u{0}", .character),
            ("http://bücher", .character), ("http://h\r\nX: y", .character), ("http://", .host), ("http:///v1", .host),
            ("http://:80", .host), ("http://[::1", .host), ("http://[zz]", .host), ("http://[::1]x", .host),
            ("http://h:", .port),
            ("http://h:0", .port), ("http://h:65536", .port), ("http://h:+80", .port), ("http://h:80:80", .port),
            ("http://h:99999999999999999999", .port),
        ])
    func bad(text: String, problem: ServerAddressError.Problem) {
        let error = #expect(throws: ServerAddressError.self) { try ServerAddress(text) }
        #expect(error?.problem == problem)
        #expect(error?.description.contains("http://127.0.0.1:8080") == true)
        #expect(error?.description.contains { $0.isNewline } == false)
    }

    @Test("a password is not repeated in the error")
    func password() {
        let error = #expect(throws: ServerAddressError.self) { try ServerAddress("http://me:hunter2@host:1/") }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error.map { "\($0)\(String(reflecting: $0))" }?.contains("hunter2") == false)
    }

    @Test("paths are joined with one slash")
    func paths() throws {
        let address = try ServerAddress("http://h:1/base/")
        #expect(address.url(path: "/v1/completions") == "http://h:1/base/v1/completions")
        #expect(address.url(path: "health") == "http://h:1/base/health")
    }

    @Test("coded as one string and checked again when read")
    func coding() throws {
        let addresses = [try ServerAddress("http://h:1")]
        let data = try JSONEncoder().encode(addresses)
        #expect(try JSONDecoder().decode([ServerAddress].self, from: data) == addresses)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([ServerAddress].self, from: Data(#"["http://u:p@h"]"#.utf8))
        }
    }

    @Test("random bytes never trap", arguments: [UInt64(1), 2, 3])
    func noise(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "server-address")
        for _ in 0..<3_000 {
            var text = "http://"
            for _ in 0..<12 {
                text.append(Character(Unicode.Scalar(UInt8(generator.next(below: 256)))))
            }
            if let address = try? ServerAddress(text) {
                #expect((try? ServerAddress(address.text)) == address, "\(text)")
            }
        }
    }

    @Test(
        "loopback hosts are known, so that no proxy is asked for them",
        arguments: [
            ("http://127.0.0.1:8080/x", true), ("http://localhost/x", true), ("https://[::1]:1/", true),
            ("http://127.1.2.3", true),
            ("http://127.0.0.1.example.org/", false), ("http://localhost.example.org", false),
            ("http://10.0.0.1/", false),
            ("http://h/127.0.0.1", false), ("", false), ("127.0.0.1", false),
        ])
    func loopback(url: String, expected: Bool) {
        #expect(TransferURL.isLoopback(url) == expected)
    }
}
