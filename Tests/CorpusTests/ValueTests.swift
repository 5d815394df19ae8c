import Foundation
import Testing

@testable import Corpus

@Suite struct ValueTests {
    @Test func documentNamesAreComparedByBytesNotByCanonicalEquivalence() {
        let composed = DocumentID("caf\u{E9}")
        let decomposed = DocumentID("cafe\u{301}")
        #expect(composed.rawValue == decomposed.rawValue)  // the trap
        #expect(!(composed == decomposed))
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
        #expect(DocumentID("Z") < DocumentID("a"))
    }

    @Test func namesAndTokensAreBareInJSON() throws {
        let encoder = JSONEncoder()
        #expect(
            String(decoding: try encoder.encode([DocumentID("a"), DocumentID("b/c.txt")]), as: UTF8.self)
                == #"["a","b\/c.txt"]"#)
        #expect(String(decoding: try encoder.encode([TokenID(7), -1]), as: UTF8.self) == "[7,-1]")
        #expect(try JSONDecoder().decode([TokenID].self, from: Data("[2147483647]".utf8)) == [TokenID(.max)])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([TokenID].self, from: Data("[2147483648]".utf8))
        }
        #expect(String(decoding: try encoder.encode(Arm.allCases), as: UTF8.self) == #"["suspect","control"]"#)
    }

    @Test(arguments: [
        ("1", MetadataValue.number(1)), ("-0.5", .number(-0.5)), ("1e3", .number(1000)),
        ("9007199254740992", .number(9_007_199_254_740_992)),
        ("9007199254740993", .json("9007199254740993")), ("1e999", .json("1e999")), ("-1E+400", .json("-1E+400")),
        ("1e-999", .number(0)),
    ])
    func numbersKeepTheirDigits(literal: String, expected: MetadataValue) {
        #expect(MetadataValue(numberLiteral: literal) == expected)
    }

    @Test func metadataIsSortedByBytesAndFoundByName() {
        let metadata = Metadata([
            .init(key: "é", value: .bool(true)), .init(key: "b", value: .number(1)),
            .init(key: "B", value: .json("null")),
        ])
        #expect(metadata.entries.map(\.key) == ["B", "b", "é"])
        #expect(metadata["b"] == .number(1))
        #expect(metadata["e\u{301}"] == nil)
    }
}
