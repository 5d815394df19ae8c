/// Makes text from a model, a server or a file harmless and visible on a terminal.
///
/// Such text may hold escape sequences that move the cursor, change the title or rewrite what was printed before.
/// Control characters become the pictures Unicode has for them (ESC is shown as ␛), those without a picture, and the
/// characters that reorder or hide text, become `<U+202E>` and the like. Everything else stays as it is.
///
/// - Parameters:
///   - text: Any text.
///   - keepingLines: Whether line feeds and tabs stay; otherwise they are shown as ␊ and ␉.
/// - Returns: Text without control characters, apart from the kept ones. Applying it again changes nothing.
func sanitize(_ text: String, keepingLines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x09 where keepingLines, 0x0a where keepingLines:
            result.append(scalar)
        case 0..<0x20:
            if let picture = Unicode.Scalar(0x2400 + scalar.value) { result.append(picture) }
        case 0x7f:
            result.append("\u{2421}")
        case _ where isUnsafe(scalar):
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            result.append(contentsOf: "<U+\(padded)>".unicodeScalars)
        default:
            result.append(scalar)
        }
    }
    return String(result)
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f: true  // control characters
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true  // reordering of text
    case 0x2028, 0x2029, 0xfeff, 0xfff9...0xfffb: true  // line separators and marks without a shape
    default: false
    }
}
