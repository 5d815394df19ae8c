import Foundation
import Randomness
import Testing

@testable import Inference

@Suite("Reading JSON without a tree")
struct JSONScannerTests {
    /// Runs a reader over text and tells what it gave and where it stopped.
    private func scan<Value>(
        _ bytes: [UInt8], _ read: (inout JSONScanner) throws(JSONScanError) -> Value
    ) throws(JSONScanError) -> Value {
        var outcome: Result<Value, JSONScanError>?
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanError) {
                let value = try read(&scanner)
                try scanner.finish()
                outcome = .success(value)
            } catch { outcome = .failure(error) }
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let error): throw error
        case nil: throw JSONScanError(offset: 0, expected: "an outcome")
        }
    }

    private func double(_ text: String) throws(JSONScanError) -> Double {
        try scan(Array(text.utf8)) { scanner throws(JSONScanError) in try scanner.readDouble() }
    }

    private func int(_ text: String) throws(JSONScanError) -> Int {
        try scan(Array(text.utf8)) { scanner throws(JSONScanError) in try scanner.readInt() }
    }

    private func string(_ bytes: [UInt8]) throws(JSONScanError) -> String {
        try scan(bytes) { scanner throws(JSONScanError) in try scanner.readString() }
    }

    private func skip(_ bytes: [UInt8]) throws(JSONScanError) {
        try scan(bytes) { scanner throws(JSONScanError) in try scanner.skipValue() }
    }

    // MARK: Numbers

    @Test(
        "numbers of RFC 8259 are read",
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-12.5", -12.5), ("0.25", 0.25), ("1e3", 1000), ("1E+3", 1000),
            ("25e-2", 0.25), ("-0.0e0", 0), (" \t\r\n1 ", 1), ("-3.4028234663852886e+38", -3.4028234663852886e+38),
            ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", 1.7976931348623157e308),
        ])
    func goodNumbers(text: String, value: Double) throws {
        #expect(try double(text) == value)
    }

    @Test(
        "what only looks like a number is refused",
        arguments: [
            "", "-", "+1", "01", "-01", "1.", ".5", "-.5", "1e", "1e+", "1.e3", "--1", "1-2", "1e5e5", "1.2.3", "0x10",
            "NaN", "nan", "Infinity", "-Infinity", "inf", "1_000", "1e400", "-1e400", "null", "\"1\"", "1 2", "１",
        ])
    func badNumbers(text: String) {
        #expect(throws: JSONScanError.self) { try double(text) }
        #expect(throws: JSONScanError.self) { try int(text) }
        if !["null", "\"1\"", "1e400", "-1e400"].contains(text) {
            #expect(throws: JSONScanError.self) { try skip(Array(text.utf8)) }
        }
    }

    @Test("integers keep all 64 bits and nothing more")
    func integers() throws {
        #expect(try int("9223372036854775807") == .max)
        #expect(try int("-9223372036854775808") == .min)
        for text in ["9223372036854775808", "-9223372036854775809", "1.0", "1e2", "99999999999999999999999999"] {
            #expect(throws: JSONScanError.self, "\(text)") { try int(text) }
        }
    }

    // MARK: Strings

    @Test(
        "escapes are resolved",
        arguments: [
            (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041""#, "A"),
            (#""\ud83e\udd8a""#, "🦊"), (#""\uD83E\uDD8A""#, "🦊"), (#""é東🦊""#, "é東🦊"), (#""\u0000""#, "\0"),
            (#""x\u00e9y""#, "xéy"), (#""\\u0041""#, #"\u0041"#),
        ])
    func goodStrings(text: String, value: String) throws {
        #expect(try string(Array(text.utf8)) == value)
    }

    @Test(
        "a lone surrogate becomes U+FFFD and takes nothing with it",
        arguments: [
            (#""\ud83e""#, "\u{FFFD}"), (#""\udd8a""#, "\u{FFFD}"), (#""a\ud83eb""#, "a\u{FFFD}b"),
            (#""\ud83ex\udd8a""#, "\u{FFFD}x\u{FFFD}"), (#""\udd8a\ud83e""#, "\u{FFFD}\u{FFFD}"),
            (#""\ud83e\u0041""#, "\u{FFFD}A"), (#""\ud83e\n""#, "\u{FFFD}\n"),
        ])
    func loneSurrogates(text: String, value: String) throws {
        #expect(try string(Array(text.utf8)) == value)
    }

    @Test(
        "broken strings are refused",
        arguments: [
            #"""#, #""a"#, #""\"#, #""\""#, #""\q""#, #""\u12""#, #""\u12G4""#, #""\u+123""#, #""\u-001""#,
            #""\u 123""#, "\"a\nb\"", "\"\u{0}\"", "'a'", "a",
        ])
    func badStrings(text: String) {
        #expect(throws: JSONScanError.self) { try string(Array(text.utf8)) }
    }

    @Test("invalid UTF-8 in a string is repaired, never trusted")
    func invalidUTF8() throws {
        #expect(try string([0x22, 0x61, 0xFF, 0x62, 0x22]) == "a\u{FFFD}b")
        #expect(try string([0x22, 0xE6, 0x9D, 0x22]) == "\u{FFFD}")
    }

    // MARK: Structure

    @Test("what is skipped may be anything that JSON allows")
    func skipped() throws {
        for text in [
            "null", "true", "false", "1", "-1.5e3", #""a\"]}b""#, "[]", "{}", "[1,[2,{\"a\":[]}],\"]\"]",
            #"{"a":{"b":[null,true,false]},"c":"}"}"#, " [ 1 , 2 ] ",
        ] {
            #expect(throws: Never.self, "\(text)") { try skip(Array(text.utf8)) }
        }
        for text in ["", "]", "}", ",", ":", "[", "{", "[1", "{\"a\":", "nul", "tru", "falsy", "[1]]", "undefined"] {
            #expect(throws: JSONScanError.self, "\(text)") { try skip(Array(text.utf8)) }
        }
    }

    @Test("nesting is followed down to its bound and no further")
    func nesting() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(throws: Never.self) { try skip(nested(JSONScanner.maximumDepth)) }
        #expect(throws: JSONScanError.self) { try skip(nested(JSONScanner.maximumDepth + 1)) }
        #expect(throws: JSONScanError.self) { try skip(nested(200_000)) }
        #expect(throws: JSONScanError.self) { try skip([UInt8](repeating: UInt8(ascii: "{"), count: 200_000)) }
    }

    @Test("a fault names the byte at which it was found")
    func offsets() {
        #expect(throws: JSONScanError(offset: 5, expected: "a finite number")) { try double("     1e999") }
        #expect(throws: JSONScanError(offset: 2, expected: "the end of the reply")) { try double("1 x") }
    }

    @Test("trailing commas are faults in what is read")
    func trailingCommas() {
        func elements(_ text: String) throws(JSONScanError) -> [Int] {
            try scan(Array(text.utf8)) { scanner throws(JSONScanError) in
                var values: [Int] = []
                var first = true
                try scanner.enterArray()
                while try scanner.nextElement(&first) { values.append(try scanner.readInt()) }
                return values
            }
        }
        #expect(throws: Never.self) { try elements("[1,2]") }
        for text in ["[1,]", "[,1]", "[1,,2]", "[1 2]", "[1", "[1,", "[1}"] {
            #expect(throws: JSONScanError.self, "\(text)") { try elements(text) }
        }
    }

    // MARK: Against another reader

    @Test("random values are skipped and read as Foundation reads them")
    func randomValues() throws {
        var generator = SeededGenerator(seed: 11, stream: "json")
        for round in 0..<300 {
            let text = Self.randomValue(&generator, depth: 0)
            let bytes = Array(text.utf8)
            #expect(throws: Never.self, "round \(round): \(text)") { try skip(bytes) }
            let known = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            if let value = known as? String {
                #expect(try string(bytes) == value, "round \(round): \(text)")
            } else if text.first.map({ $0 == "-" || $0.isNumber }) == true {
                // The last digit is the standard library's: Foundation's is off by one on Linux.
                #expect(try double(text) == Double(text), "round \(round): \(text)")
            }
        }
    }

    @Test("damaged text is a fault or a value, never a trap")
    func damage() {
        var generator = SeededGenerator(seed: 12, stream: "json damage")
        for _ in 0..<1500 {
            var bytes = Array(Self.randomValue(&generator, depth: 0).utf8)
            for _ in 0...generator.next(below: 3) where !bytes.isEmpty {
                let place = generator.next(below: bytes.count)
                switch generator.next(below: 3) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: place)
                default: bytes.insert(Array("{}[]\",:\\u-.eE09".utf8)[generator.next(below: 15)], at: place)
                }
            }
            _ = try? skip(bytes)
            _ = try? string(bytes)
            _ = try? double(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func randomValue(_ generator: inout SeededGenerator, depth: Int) -> String {
        switch generator.next(below: depth > 4 ? 5 : 8) {
        case 0: return ["null", "true", "false"][generator.next(below: 3)]
        case 1: return String(Int64(bitPattern: generator.next()) >> generator.next(below: 60))
        case 2: return String(Double(Int64(bitPattern: generator.next())) / 1024)
        case 3, 4: return randomString(&generator)
        case 5, 6:
            let elements = (0..<generator.next(below: 4)).map { _ in randomValue(&generator, depth: depth + 1) }
            return "[" + elements.joined(separator: generator.next(below: 2) == 0 ? "," : " , ") + "]"
        default:
            let members = (0..<generator.next(below: 4)).map { number in
                "\"\(number)\" :" + randomValue(&generator, depth: depth + 1)
            }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    private static func randomString(_ generator: inout SeededGenerator) -> String {
        let parts = ["a", " ", "é", "東", "🦊", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, #"\ud83e\udd8a"#, "]", "}", ",", "/"]
        return "\"" + (0..<generator.next(below: 8)).map { _ in parts[generator.next(below: parts.count)] }.joined()
            + "\""
    }
}
