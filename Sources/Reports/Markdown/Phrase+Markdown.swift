extension Phrase {
    /// The phrase as CommonMark that stands within one line.
    var markdown: String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let words): text += words
            case .code(let foreign, let limit): appendApart(CodeSpan(foreign, limit: limit).text, to: &text)
            case .prose(let sentence): appendApart(Prose(sentence).text, to: &text)
            }
        }
        return text
    }
}
