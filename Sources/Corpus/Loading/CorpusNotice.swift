/// Something that did not stop a corpus from being read, but that its owner should know.
public enum CorpusNotice: Hashable, Sendable, CustomStringConvertible {
    /// A file began with a byte order mark, which is not part of its text.
    case byteOrderMarkRemoved(file: String)
    /// A document held only white space and was dropped.
    case emptyDocumentDropped(DocumentID, DocumentSource)
    /// A document had exactly the text of an earlier one and was dropped.
    case duplicateTextDropped(dropped: DocumentID, at: DocumentSource, kept: DocumentID)
    /// Carriage returns were kept in the texts of these documents.
    case carriageReturnsKept([DocumentID])
    /// NUL characters were kept in the texts of these documents.
    case nullCharactersKept([DocumentID])
    /// JSON escapes of half a surrogate pair, which are no characters, were read as U+FFFD.
    case loneSurrogatesReplaced(DocumentSource, count: Int)
    /// Files of a directory without one of the text suffixes were not read.
    case filesSkipped(directory: String, count: Int, first: String)
    /// A symbolic link to a directory was not followed.
    case directoryLinkSkipped(path: String)

    /// One sentence: what, where, and what it means.
    public var description: String {
        switch self {
        case .byteOrderMarkRemoved(let file):
            "\(file): the byte order mark at the start was removed."
        case .emptyDocumentDropped(let id, let place):
            "\(place): document \(quoted(id.rawValue)) holds only white space and was dropped."
        case .duplicateTextDropped(let dropped, let place, let kept):
            """
            \(place): document \(quoted(dropped.rawValue)) has exactly the text of \(quoted(kept.rawValue)) \
            and was dropped.
            """
        case .carriageReturnsKept(let ids):
            "\(naming(ids)): carriage returns (CRLF line ends) were kept; the model sees them as written."
        case .nullCharactersKept(let ids):
            "\(naming(ids)): NUL characters were kept; some servers end a text there."
        case .loneSurrogatesReplaced(let place, let count):
            "\(place): \(count) escaped half surrogate pair\(count == 1 ? "" : "s") read as U+FFFD."
        case .filesSkipped(let directory, let count, let first):
            """
            \(directory): \(count) file\(count == 1 ? "" : "s") without the suffix .txt, .text or .md \
            (or those with .gz) not read, the first is \(quoted(first)).
            """
        case .directoryLinkSkipped(let path):
            "\(path): the link to a directory was not followed; name its target to read it."
        }
    }

    private func naming(_ ids: [DocumentID]) -> String {
        guard let first = ids.first else { return "no document" }
        return ids.count == 1
            ? "document \(quoted(first.rawValue))"
            : "\(ids.count) documents, the first is \(quoted(first.rawValue))"
    }
}

/// Puts a name from a file in quotes, shortened and without control characters, so that a message stays one line.
func quoted(_ name: String) -> String {
    var shown = ""
    for scalar in name.unicodeScalars.prefix(120) {
        let isControl = scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
        shown.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    let isShortened = name.unicodeScalars.dropFirst(120).first != nil
    return "\"\(shown)\(isShortened ? "…" : "")\""
}
