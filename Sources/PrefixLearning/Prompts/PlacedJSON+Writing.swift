import Foundation

extension PlacedJSON {
    /// A value that stands in no file yet.
    init(_ content: Content) {
        self.init(content: content, place: Place(line: 1, column: 1))
    }

    /// A string that stands in no file yet.
    static func text(_ string: String) -> PlacedJSON { PlacedJSON(.string(string)) }

    /// An object that stands in no file yet; members without a value are left out.
    static func members(_ members: KeyValuePairs<String, PlacedJSON?>) -> PlacedJSON {
        let place = Place(line: 1, column: 1)
        return PlacedJSON(
            .object(
                members.compactMap { key, value in
                    value.map { Member(key: key, keyPlace: place, value: $0) }
                }))
    }

    /// The JSON form of any encodable value.
    ///
    /// - Throws: What the encoder throws, for instance for a number that is infinite or not a number.
    static func encoding(_ value: some Encodable) throws -> PlacedJSON {
        let data = try JSONEncoder().encode(value)
        return try parse(String(decoding: data, as: UTF8.self))
    }

    /// Reads a decodable value.
    ///
    /// - Throws: `DecodingError`.
    func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(pretty().utf8))
    }

    /// The text of the value: two spaces of indentation, members sorted by the bytes of their keys, lists of numbers
    /// on one line, a line feed at the end.
    ///
    /// Equal values give equal bytes.
    func pretty() -> String {
        var text = ""
        append(to: &text, depth: 0)
        text.append("\n")
        return text
    }

    private var isContainer: Bool {
        switch content {
        case .array, .object: true
        default: false
        }
    }

    private func append(to text: inout String, depth: Int) {
        let indentation = String(repeating: "  ", count: depth + 1)
        let closing = "\n" + String(repeating: "  ", count: depth)
        switch content {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): Self.append(string, to: &text)
        case .array(let elements) where !elements.contains(where: \.isContainer):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += ", " }
                element.append(to: &text, depth: depth)
            }
            text += "]"
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                text += index == 0 ? "[\n" : ",\n"
                text += indentation
                element.append(to: &text, depth: depth + 1)
            }
            text += closing + "]"
        case .object(let members):
            guard !members.isEmpty else {
                text += "{}"
                return
            }
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                text += index == 0 ? "{\n" : ",\n"
                text += indentation
                Self.append(member.key, to: &text)
                text += ": "
                member.value.append(to: &text, depth: depth + 1)
            }
            text += closing + "}"
        }
    }

    private static func append(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Invisible characters are escaped: whoever reads the file should see them.
            case "\0"..<" ", "\u{7F}"..<"\u{A1}", "\u{2028}", "\u{2029}", "\u{FEFF}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
