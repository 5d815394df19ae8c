/// Text of a model, a server or a file with everything in it made visible.
///
/// Control characters become the pictures Unicode has for them (ESC is shown as ␛). Characters without a shape, those
/// that reorder or hide text, and those without a meaning become `<U+202E>` and the like. Joiners and emoji
/// presentation marks stay, because ordinary writing needs them.
///
/// - Parameters:
///   - text: Any text.
///   - keepingLines: Whether line feeds and tabs stay; otherwise they are shown as ␊ and ␉.
///   - limit: Most Unicode scalars of `text` to show; what is left out is counted in the result.
/// - Returns: Text without control characters, apart from the kept ones.
package func visible(_ text: String, keepingLines: Bool = false, limit: Int = .max) -> String {
    var result = String.UnicodeScalarView()
    var shown = 0
    for scalar in text.unicodeScalars {
        if shown == limit {
            let more = ReportNumber.count(text.unicodeScalars.count - limit)
            result.append(contentsOf: " [… \(more) more characters]".unicodeScalars)
            break
        }
        shown += 1
        if keepingLines, scalar == "\n" || scalar == "\t" {
            result.append(scalar)
        } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
            result.append(picture)
        } else if scalar.value == 0x7f {
            result.append("\u{2421}")
        } else if hasNoShape(scalar) {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            let padding = String(repeating: "0", count: max(0, 4 - digits.count))
            result.append(contentsOf: "<U+\(padding)\(digits)>".unicodeScalars)
        } else {
            result.append(scalar)
        }
    }
    return String(result)
}

private func hasNoShape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200c, 0x200d, 0xfe0e, 0xfe0f: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
}
