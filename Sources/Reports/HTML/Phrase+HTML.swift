extension Phrase {
    /// The phrase as HTML.
    var html: HTML {
        var writer = EmphasisWriter()
        for part in parts {
            switch part {
            case .literal(let words): writer.literal(words)
            case .code(let foreign, let limit): writer.append(.foreign(foreign, limit: limit))
            case .prose(let sentence): writer.append(Self.prose(sentence))
            }
        }
        return writer.finished
    }

    /// A sentence, in which what stands between backticks is code.
    private static func prose(_ sentence: String) -> HTML {
        let shown = visible(sentence, limit: proseLimit)
        let parts = shown.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard !parts.count.isMultiple(of: 2) else { return HTML(shown) }
        return .joined(
            parts.enumerated().map { index, part in
                index.isMultiple(of: 2) || part.isEmpty ? HTML(part) : .element(.code, [], HTML(part))
            })
    }
}

extension HTML {
    /// Foreign text as code, set apart from the direction of the text around it.
    static func foreign(_ text: String, limit: Int = Phrase.codeLimit) -> HTML {
        let shown = HTML(text, limit: limit)
        return shown.markup.isEmpty ? "(empty)" : element(.code, [], element(.bdi, [], shown))
    }
}

/// Turns the marks `*` and `**` of literals into elements; emphasis may span other parts.
private struct EmphasisWriter {
    private struct Open {
        let mark: HTMLTag?
        var pieces: [HTML] = []
    }

    private var open: [Open] = [Open(mark: nil)]

    mutating func append(_ html: HTML) { open[open.count - 1].pieces.append(html) }

    mutating func literal(_ words: String) {
        var rest = words[...]
        while let star = rest.firstIndex(of: "*") {
            append(HTML(String(rest[..<star])))
            rest = rest[star...].dropFirst()
            let isStrong = rest.first == "*"
            if isStrong { rest = rest.dropFirst() }
            toggle(isStrong ? .strong : .em)
        }
        append(HTML(String(rest)))
    }

    private mutating func toggle(_ mark: HTMLTag) {
        if open[open.count - 1].mark == mark { close() } else { open.append(Open(mark: mark)) }
    }

    private mutating func close() {
        guard open.count > 1, let last = open.popLast(), let mark = last.mark else { return }
        append(.element(mark, [], last.pieces))
    }

    /// Everything written; what was left open ends here.
    var finished: HTML {
        var writer = self
        while writer.open.count > 1 { writer.close() }
        return .joined(writer.open[0].pieces)
    }
}
