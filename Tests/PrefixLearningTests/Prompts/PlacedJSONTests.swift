import Randomness
import Testing

@testable import PrefixLearning

@Suite("JSON that knows where it stands")
struct PlacedJSONTests {
    private func failure(_ text: String) -> PlacedJSONError? {
        do throws(PlacedJSONError) { _ = try PlacedJSON.parse(text) } catch { return error }
        return nil
    }

    @Test("values know their line and column")
    func places() throws {
        let json = try PlacedJSON.parse("{\n  \"é\": [1,\r\n 2]}")
        let list = try #require(json["é"])
        #expect(list.place == PlacedJSON.Place(line: 2, column: 8))
        guard case .array(let elements) = list.content else { Issue.record("no list"); return }
        #expect(elements.map(\.place) == [PlacedJSON.Place(line: 2, column: 9), PlacedJSON.Place(line: 3, column: 2)])
    }

    @Test(
        "what is no JSON is refused at its place",
        arguments: [
            ("", 1, 1), ("{", 1, 2), ("{\"a\" 1}", 1, 6), ("{\"a\":}", 1, 6), ("[1,]", 1, 4), ("[1 2]", 1, 4),
            ("{\"a\":1,}", 1, 8), ("nul", 1, 1), ("01", 1, 1), ("1.", 1, 1), (".5", 1, 1), ("+1", 1, 1), ("NaN", 1, 1),
            ("1e999", 1, 1), ("\"a", 1, 3), ("\"a\nb\"", 1, 3), ("\"\\x\"", 1, 4), ("\"\\u12\"", 1, 4),
            ("\"\\uD800\"", 1, 8), ("\"\\uDC00\"", 1, 8), ("\"\\uD800\\u0041\"", 1, 14), ("{} {}", 1, 4),
            ("{\n\"a\": 1,\n\"a\": 2}", 3, 1), ("{'a': 1}", 1, 2), ("\u{A0}1", 1, 1), ("// x\n1", 1, 1),
            ("\"\\u00g0\"", 1, 4), ("\"\\", 1, 3), ("[1", 1, 3), ("\"\\u٠٠٠٠\"", 1, 4),
        ])
    func refused(text: String, line: Int, column: Int) throws {
        let error = try #require(failure(text), "\(text)")
        #expect(error.place == PlacedJSON.Place(line: line, column: column), "\(text): \(error.problem)")
    }

    @Test("deep nesting is refused, not followed")
    func nesting() {
        #expect(failure(String(repeating: "[", count: 200_000)) != nil)
        #expect(failure(String(repeating: "[", count: 59) + "1" + String(repeating: "]", count: 59)) == nil)
        #expect(failure(String(repeating: "[", count: 60) + "1" + String(repeating: "]", count: 60)) != nil)
    }

    @Test("strings and numbers are read without loss")
    func scalars() throws {
        let json = try PlacedJSON.parse(#"["\ud83e\udd8a\u0041\/\b\f\n\r\t\"\\", 18446744073709551615, -1.50e-3]"#)
        guard case .array(let elements) = json.content, case .string(let text) = elements[0].content,
            case .number(let large) = elements[1].content, case .number(let small) = elements[2].content
        else { Issue.record("not a list of three"); return }
        #expect(text == "🦊A/\u{08}\u{0C}\n\r\t\"\\")
        #expect(large == "18446744073709551615")
        #expect(small == "-1.50e-3")
    }

    @Test("what is written is sorted and reads back to the same bytes")
    func writing() throws {
        let text = "{\"b\": [], \"a\": [[1, 2], {}], \"ab\": {\"x\": \"\\u2028\\u007f\\ufeff\\u0000\\\"\"}}"
        let pretty = try PlacedJSON.parse(text).pretty()
        #expect(
            pretty == """
                {
                  "a": [
                    [1, 2],
                    {}
                  ],
                  "ab": {
                    "x": "\\u2028\\u007f\\ufeff\\u0000\\""
                  },
                  "b": []
                }

                """)
        #expect(try PlacedJSON.parse(pretty).pretty() == pretty)
    }

    @Test("damaged JSON never traps")
    func damage() throws {
        let whole = Array(#"{"format": 1, "a": ["\ud83e\udd8a", {"b": -1.5e3}], "c": null, "d": "é🦊"}"#.unicodeScalars)
        var generator = SeededGenerator(seed: 7, stream: "damaged-json")
        let replacements = Array("{}[]\",:\\u0e-\n🦊".unicodeScalars)
        for _ in 0..<5000 {
            var scalars = whole
            for _ in 0...generator.next(below: 3) {
                let place = generator.next(below: scalars.count)
                switch generator.next(below: 3) {
                case 0: scalars[place] = replacements[generator.next(below: replacements.count)]
                case 1 where scalars.count > 1: scalars.remove(at: place)
                default: scalars = Array(scalars[..<max(1, place)])
                }
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            if let json = try? PlacedJSON.parse(String(text)) {
                let pretty = json.pretty()
                #expect(try PlacedJSON.parse(pretty).pretty() == pretty)
            }
        }
    }
}
