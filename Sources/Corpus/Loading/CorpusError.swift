/// Why a corpus could not be read.
///
/// Every description is one line that says what is wrong, where, and what to do.
public enum CorpusError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing at the path.
    case notFound(path: String)
    /// The system refused to read the path.
    case unreadable(path: String, reason: String)
    /// A directory holds no file with a text suffix.
    case directoryWithoutTexts(path: String)
    /// A directory was named together with a format that only single files have.
    case directoryOfRecords(path: String, format: CorpusFormat)
    /// The file's suffix says nothing about its format.
    case unknownFormat(path: String)
    /// A gzip file ends before its data does.
    case truncatedGzip(path: String)
    /// A gzip file is damaged.
    case corruptGzip(path: String, reason: String)
    /// A file holds more bytes, after decompression, than the options allow.
    case tooLarge(path: String, maximumBytes: Int)
    /// The bytes are not UTF-8; the offset counts from 0 in the decompressed file, the line from 1.
    case invalidUTF8(path: String, byteOffset: Int, line: Int, isProbablyUTF16: Bool)
    /// A line is not one JSON object; the column counts characters from 1.
    case malformedJSON(DocumentSource, column: Int, problem: String)
    /// A CSV record breaks the rules of RFC 4180.
    case malformedCSV(DocumentSource, problem: String)
    /// A CSV header lacks a column that is needed.
    case missingColumn(path: String, column: String, available: [String])
    /// A record has no text field.
    case missingText(DocumentSource, field: String, available: [String])
    /// A record's text field holds something other than a string.
    case textNotString(DocumentSource, field: String, found: String)
    /// A record lacks the name field that was asked for.
    case missingID(DocumentSource, field: String)
    /// A record's name is neither a string nor a number.
    case invalidID(DocumentSource, field: String, found: String)
    /// Two records have the same name.
    case duplicateID(DocumentID, first: DocumentSource, second: DocumentSource)
    /// No document with text was found.
    case noDocuments(path: String)

    /// One line: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .notFound(let path):
            "\(path): no such file or directory; check the path."
        case .unreadable(let path, let reason):
            "\(path): cannot be read (\(reason)); check that it is a readable file."
        case .directoryWithoutTexts(let path):
            "\(path): the directory holds no .txt, .text or .md file (or those with .gz); name one that does, or a file."
        case .directoryOfRecords(let path, let format):
            "\(path): is a directory, which is read as text files, not as \(format.rawValue); name the file itself."
        case .unknownFormat(let path):
            """
            \(path): the suffix does not tell the format; rename the file to .jsonl, .csv or .txt, or state the \
            format (\(CorpusFormat.allCases.map(\.rawValue).joined(separator: ", "))).
            """
        case .truncatedGzip(let path):
            "\(path): the gzip data ends too early; copy or download the file again."
        case .corruptGzip(let path, let reason):
            "\(path): the gzip data is damaged (\(reason)); copy or download the file again."
        case .tooLarge(let path, let maximumBytes):
            """
            \(path): holds more than \(maximumBytes) bytes after decompression; split the file or allow more bytes \
            per file.
            """
        case .invalidUTF8(let path, let byteOffset, let line, let isProbablyUTF16):
            """
            \(path):\(line): byte \(byteOffset) is not valid UTF-8; convert the file to UTF-8\
            \(isProbablyUTF16 ? " (it looks like UTF-16: iconv -f UTF-16 -t UTF-8)" : ", for example with iconv").
            """
        case .malformedJSON(let place, let column, let problem):
            "\(place):\(column): not a JSON object on one line: \(problem); correct the line."
        case .malformedCSV(let place, let problem):
            "\(place): not valid CSV: \(problem); correct the record."
        case .missingColumn(let path, let column, let available):
            """
            \(path):1: the header has no column \(quoted(column)); name the right column, there are \
            \(listing(available)).
            """
        case .missingText(let place, let field, let available):
            """
            \(place): the record has no field \(quoted(field)); name the field that holds the text, there are \
            \(listing(available)).
            """
        case .textNotString(let place, let field, let found):
            "\(place): the field \(quoted(field)) is \(found), not a string; name the field that holds the text."
        case .missingID(let place, let field):
            "\(place): the record has no \(quoted(field)), the field asked for as its name; add it to the record."
        case .invalidID(let place, let field, let found):
            "\(place): the field \(quoted(field)) is \(found); a name must be a string or a number."
        case .duplicateID(let id, let first, let second):
            "\(second): the name \(quoted(id.rawValue)) was already used at \(first); give every document its own name."
        case .noDocuments(let path):
            "\(path): no document with text was found; check that it is the right file."
        }
    }

    private func listing(_ names: [String]) -> String {
        guard !names.isEmpty else { return "none" }
        let shown = names.prefix(12).map(quoted).joined(separator: ", ")
        return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }
}
