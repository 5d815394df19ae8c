import Audit

/// JSON that may stand in a script element: no `<`, so that nothing in it ends the element or opens a comment.
///
/// What a page's script shows is put in as text; that it has no characters without a shape is the business of whoever
/// makes the strings, with `visible`.
struct ScriptJSON: Sendable {
    let text: String

    /// Encodes a value as canonical JSON and escapes what HTML or JavaScript might read as something else.
    init(_ value: some Encodable) throws(CanonicalJSONError) {
        let json = String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
        var escaped = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            switch scalar {
            case "<", ">", "&", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                escaped.append(
                    contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        text = String(escaped)
    }
}
