import Randomness
import Testing

@testable import Corpus

/// Input made to break readers: nothing here may trap, and the time must stay linear.
@Suite struct HostileInputTests {
    private func fields(_ text: String) throws -> [(key: String, value: JSONObjectScanner.Value)] {
        let bytes = Array(text.utf8)
        var scanner = JSONObjectScanner(bytes, in: 0..<bytes.count)
        return try scanner.fields()
    }

    @Test func nestingIsLimited() throws {
        func nested(_ depth: Int) -> String {
            "{\"a\": " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        #expect(try fields(nested(JSONObjectScanner.maximumDepth)).count == 1)
        #expect(throws: JSONObjectScanner.Problem.self) { try fields(nested(JSONObjectScanner.maximumDepth + 1)) }
        #expect(throws: JSONObjectScanner.Problem.self) { try fields(nested(200_000)) }
        #expect(throws: JSONObjectScanner.Problem.self) { try fields(String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test func longLinesAndManyFields() throws {
        let long = String(repeating: "abcdefg\\n", count: 1 << 17)
        #expect(try fields("{\"text\": \"\(long)\"}").count == 1)
        let many = (0..<20_000).map { "\"k\($0)\": \($0)" }.joined(separator: ",")
        #expect(try fields("{\(many)}").count == 20_000)
    }

    /// Cuts and changes of a valid line either parse or are refused at a position inside the line.
    @Test func mutatedJSONNeverTraps() {
        let seed: UInt64 = 11
        let valid = Array(
            #"{"id": "a\u00e9\ud83e\udd8a", "text": "x\\ \"y\"", "n": -1.5e+3, "l": [1, {"b": null}], "t": true}"#.utf8)
        var generator = SeededGenerator(seed: seed, stream: "json-mutation")
        for round in 0..<3000 {
            var bytes = valid
            for _ in 0...generator.next(below: 3) where !bytes.isEmpty {
                let place = generator.next(below: bytes.count)
                switch generator.next(below: 3) {
                case 0: bytes[place] = UInt8(generator.next(below: 128))
                case 1: bytes.remove(at: place)
                default: bytes = Array(bytes[...place])
                }
            }
            var scanner = JSONObjectScanner(bytes, in: 0..<bytes.count)
            do throws(JSONObjectScanner.Problem) {
                _ = try scanner.fields()
            } catch {
                #expect(0...bytes.count ~= error.position, "seed \(seed), round \(round)")
            }
        }
    }

    /// The validator agrees with the standard library on random and mutated bytes.
    @Test func utf8CheckAgreesWithTheStandardLibrary() {
        let seed: UInt64 = 12
        let valid = Array("plain ascii é東🦊 \u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF} tail".utf8)
        var generator = SeededGenerator(seed: seed, stream: "utf8")
        for round in 0..<5000 {
            var bytes = valid
            for _ in 0...generator.next(below: 3) where !bytes.isEmpty {
                bytes[generator.next(below: bytes.count)] = UInt8(generator.next(below: 256))
            }
            if generator.next(below: 4) == 0 { bytes.removeLast(generator.next(below: 12)) }
            let offset = firstInvalidUTF8Offset(in: bytes)
            #expect(
                (offset == nil) == (String(validating: bytes, as: UTF8.self) != nil), "seed \(seed), round \(round)")
            if let offset {
                #expect(
                    String(validating: bytes[..<offset], as: UTF8.self) != nil, "seed \(seed), round \(round)")
            }
        }
    }

    /// What a careful writer quotes, the scanner reads back byte for byte.
    @Test func csvRoundTrips() throws {
        let seed: UInt64 = 13
        var generator = SeededGenerator(seed: seed, stream: "csv")
        let alphabet: [String] = ["a", "\"", ",", "\n", "\r\n", "\r", "é", " ", ""]
        for round in 0..<500 {
            let rows = (0..<3).map { _ in
                (0..<3).map { _ in
                    (0..<generator.next(below: 6)).map { _ in alphabet[generator.next(below: 9)] }.joined()
                }
            }
            let text = rows.map { row in
                row.map {
                    "\"\($0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
                }
                .joined(separator: ",")
            }.joined(separator: generator.next(below: 2) == 0 ? "\n" : "\r\n")
            var scanner = CSVScanner(Array(text.utf8), from: 0)
            for row in rows {
                let record = try scanner.next()
                #expect(
                    record?.fields.map { Array($0.utf8) } == row.map { Array($0.utf8) }, "seed \(seed), round \(round)")
            }
            #expect(try scanner.next()?.fields == nil, "seed \(seed), round \(round)")
        }
    }
}
