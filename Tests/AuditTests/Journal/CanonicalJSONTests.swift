import Foundation
import Testing

@testable import Audit

@Suite struct CanonicalJSONTests {
    private func text(_ value: some Encodable) throws -> String {
        try String(decoding: CanonicalJSON.encode(value), as: UTF8.self)
    }

    @Test func scalarsHaveOneSpelling() throws {
        #expect(try text(["a": 1, "B": 2, "é": 3, "aa": 4, "": 5]) == #"{"":5,"B":2,"a":1,"aa":4,"é":3}"#)
        #expect(
            try text([0.1, 1.0, -0.0, 1e-5, .leastNonzeroMagnitude, 1.7976931348623157e308, 100])
                == "[0.1,1.0,-0.0,1e-05,5e-324,1.7976931348623157e+308,100.0]")
        #expect(try text([Float(0.1), Float(16_777_216)]) == "[0.1,16777216.0]")
        #expect(try text([UInt64.max]) == "[18446744073709551615]")
        #expect(try text([Int64.min]) == "[-9223372036854775808]")
        #expect(try text([true, false]) == "[true,false]")
        #expect(try text([Int?.none, 1]) == "[null,1]")
        #expect(
            try text("a/b\"\\\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}\u{2028}🦊") == #""a/b\"\\\b\t\n\f\r\u0000\u001f"#
                + "\u{7f}\u{2028}🦊\"")
        #expect(try text([String: Int]()) == "{}")
        #expect(try text([Int]()) == "[]")
        #expect(try text(7) == "7")
    }

    @Test func keysSortByBytesAndSpellingsStayApart() throws {
        struct Spellings: Encodable {
            struct Key: CodingKey {
                var stringValue: String
                var intValue: Int? { nil }
                init(_ text: String) { stringValue = text }
                init?(stringValue: String) { self.init(stringValue) }
                init?(intValue: Int) { nil }
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                for key in ["\u{e9}", "e\u{301}", "z", "\u{ffff}", "\u{10000}"] {
                    try container.encode(key.unicodeScalars.count, forKey: Key(key))
                }
                try container.encode(9, forKey: Key("z"))
            }
        }
        #expect(try text(Spellings()) == "{\"e\u{301}\":2,\"z\":9,\"\u{e9}\":1,\"\u{ffff}\":1,\"\u{10000}\":1}")
    }

    enum Verdict: Codable, Equatable {
        case memorized(share: Double)
        case notExtractable(above: Double, from: [String: Int])
        case invalid
    }

    @Test func synthesizedTypesReadBackEqual() throws {
        struct Whole: Codable, Equatable {
            var verdicts: [Verdict]
            var nested: [[String: [Int?]]]
            var id: UUID
            var seed: UInt64
            var missing: String?
        }
        let value = Whole(
            verdicts: [.memorized(share: 0.25), .notExtractable(above: 1e-300, from: ["a": 1]), .invalid],
            nested: [["x": [1, nil]], [:]], id: UUID(), seed: .max - 1)
        let bytes = try CanonicalJSON.encode(value)
        #expect(try JSONDecoder().decode(Whole.self, from: Data(bytes)) == value)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("missing"))
    }

    @Test func subclassesShareOneObject() throws {
        class Base: Encodable {
            let base = 1
            enum CodingKeys: CodingKey { case base }
        }
        final class Derived: Base {
            let own = 2
            enum Own: CodingKey { case own, parent }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Own.self)
                try container.encode(own, forKey: .own)
                try super.encode(to: encoder)
                try super.encode(to: container.superEncoder(forKey: .parent))
            }
        }
        #expect(try text(Derived()) == #"{"base":1,"own":2,"parent":{"base":1}}"#)
    }

    @Test func randomDoublesReadBackExactly() throws {
        var bits: UInt64 = 0x1234_5678_9abc_def1
        for _ in 0..<20_000 {
            bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Double(bitPattern: bits)
            guard number.isFinite else { continue }
            let written = try text([number])
            #expect(Double(written.dropFirst().dropLast()) == number)
            let read = try JSONDecoder().decode([Double].self, from: Data(written.utf8))
            #expect(read[0].bitPattern == number.bitPattern, "\(written)")
        }
    }

    @Test func whatJSONCannotHoldIsNamed() throws {
        struct Score: Encodable { var runs: [[String: Double]] }
        for bad in [Double.nan, .infinity, -.infinity] {
            #expect(throws: CanonicalJSONError.notFinite(path: "runs.1.x", value: "\(bad)")) {
                try CanonicalJSON.encode(Score(runs: [[:], ["x": bad]]))
            }
        }
        #expect(throws: CanonicalJSONError.ambiguousType(path: "day", type: "Date")) {
            try CanonicalJSON.encode(["day": Date()])
        }
        #expect(throws: CanonicalJSONError.ambiguousType(path: "the value", type: "Data")) {
            try CanonicalJSON.encode(Data())
        }
        struct TwoKinds: Encodable {
            func encode(to encoder: any Encoder) throws {
                _ = encoder.unkeyedContainer()
                var single = encoder.singleValueContainer()
                try single.encode(1)
            }
        }
        #expect(throws: CanonicalJSONError.conflictingContainers(path: "a")) {
            try CanonicalJSON.encode(["a": TwoKinds()])
        }
    }

    /// The examples of FIPS 180-4 and the empty text.
    @Test func digestsMatchThePublishedOnes() throws {
        #expect(sha256Hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(sha256Hex("abc".utf8) == sha256Hex(Array("abc".utf8)))
        #expect(sha256Hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func aFileIsDigestedInPieces() throws {
        let scratch = try ScratchDirectory()
        // One million times the letter a, as in FIPS 180-4, and a file that is longer than two pieces.
        try scratch.setBytes([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        let million = try FileDigest(ofFile: scratch.journal)
        #expect(million.byteCount == 1_000_000)
        #expect(million.sha256 == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        let long = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try scratch.setBytes(long)
        #expect(try FileDigest(ofFile: scratch.journal).sha256 == sha256Hex(long))
        #expect(throws: JournalError.system(operation: .open, path: "/nowhere", code: ENOENT)) {
            try FileDigest(ofFile: "/nowhere")
        }
        #expect(throws: JournalError.system(operation: .read, path: scratch.path, code: EISDIR)) {
            try FileDigest(ofFile: scratch.path)
        }
    }
}
