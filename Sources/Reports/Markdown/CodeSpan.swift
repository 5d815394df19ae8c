/// Foreign text as a code span, in which Markdown sees no markup, no HTML, no address and no mention.
///
/// Everything is decided byte by byte: Swift's characters would hide a bar or a backtick that a combining accent
/// follows.
struct CodeSpan {
    /// The span, or several with escaped bars between them: in a table a bar ends the cell even within code, and
    /// renderers differ in how they read a backslash before it.
    let text: String

    init(_ foreign: String, limit: Int = Phrase.codeLimit) {
        let shown = visible(foreign, limit: limit)
        guard !shown.isEmpty else {
            text = "(empty)"
            return
        }
        text = shown.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            .map { Self.span(Substring($0)) }.joined(separator: "&#124;")
    }

    private static func span(_ piece: Substring) -> String {
        guard let first = piece.utf8.first, let last = piece.utf8.last else { return "" }
        let (space, backtick) = (UInt8(ascii: " "), UInt8(ascii: "`"))
        // Nothing but spaces would not become code in every renderer.
        if piece.utf8.allSatisfy({ $0 == space }) { return String(repeating: "&#32;", count: piece.utf8.count) }
        let fence = String(repeating: "`", count: longestBacktickRun(piece) + 1)
        // One space on either side is taken away again by the renderer.
        let needsPadding = first == backtick || last == backtick || (first == space && last == space)
        return needsPadding ? "\(fence) \(piece) \(fence)" : "\(fence)\(piece)\(fence)"
    }
}

/// The length of the longest run of backticks.
func longestBacktickRun(_ text: some StringProtocol) -> Int {
    var longest = 0
    var current = 0
    for byte in text.utf8 {
        current = byte == UInt8(ascii: "`") ? current + 1 : 0
        longest = max(longest, current)
    }
    return longest
}

/// Appends Markdown, with a space where two code spans would grow together into one that nothing closes.
func appendApart(_ piece: String, to text: inout String) {
    let backtick = UInt8(ascii: "`")
    if text.utf8.last == backtick, piece.utf8.first == backtick { text += " " }
    text += piece
}
