/// Text from servers and files made safe for one line of a terminal or a report.
enum PlainText {
    /// Returns text on one line, without control characters, cut to a length.
    ///
    /// Escape sequences in a server's reply could otherwise rewrite the reader's terminal.
    ///
    /// - Parameters:
    ///   - text: Text from anywhere.
    ///   - limit: The most characters kept; a cut text ends in `…`.
    /// - Complexity: O(*limit*) characters are looked at beyond runs of white space.
    static func oneLine(_ text: String, limit: Int) -> String {
        var kept = ""
        var count = 0
        var pendingSpace = false
        for character in text {
            if character.isWhitespace || character.unicodeScalars.contains(where: isUnprintable) {
                pendingSpace = !kept.isEmpty
                continue
            }
            if pendingSpace {
                kept.append(" ")
                count += 1
                pendingSpace = false
            }
            if count >= limit {
                return kept + "…"
            }
            kept.append(character)
            count += 1
        }
        return kept
    }

    /// Whether a scalar controls a terminal or the direction of text instead of showing something.
    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        case .format: scalar.value != 0x200D  // The joiner inside emoji is harmless.
        default: false
        }
    }
}
