/// Where a corpus is read from.
public enum CorpusSource: Hashable, Sendable, CustomStringConvertible {
    /// A file, a directory of text files, or a named pipe.
    case path(String)
    /// Standard input.
    case standardInput

    /// Creates a source from a command line argument: a path, or `-` for standard input.
    public init(argument: String) {
        self = argument == "-" ? .standardInput : .path(argument)
    }

    /// The path, or `stdin`.
    public var description: String {
        switch self {
        case .path(let path): path
        case .standardInput: "stdin"
        }
    }
}

/// How documents are written in a file.
public enum CorpusFormat: String, Hashable, Codable, CaseIterable, Sendable {
    /// One JSON object per line.
    case jsonLines = "jsonl"
    /// Comma-separated values with a header (RFC 4180).
    case csv
    /// The whole file is one document.
    case text

    /// Returns the format that a file name promises, or nil when its suffix is none that Rote knows.
    ///
    /// `.gz` is looked through. JSON lines: `.jsonl .ndjson .json`; CSV: `.csv`; text: `.txt .text .md`.
    ///
    /// - Parameter name: A file name or path.
    public static func promised(byName name: String) -> CorpusFormat? {
        var suffixes =
            name.split(separator: "/").last?.lowercased().split(separator: ".", omittingEmptySubsequences: false)
            .dropFirst() ?? []
        if suffixes.last == "gz" { suffixes.removeLast() }
        switch suffixes.last {
        case "jsonl", "ndjson", "json": return .jsonLines
        case "csv": return .csv
        case "txt", "text", "md": return .text
        default: return nil
        }
    }
}

/// What a reader needs to know that the files do not say.
public struct ReadingOptions: Hashable, Sendable {
    /// The format, or nil to go by each file's suffix (standard input and pipes: JSON lines).
    public var format: CorpusFormat?
    /// The JSON field or CSV column that holds the text.
    public var textField: String
    /// The JSON field or CSV column that holds the name; nil means `id` where there is one.
    ///
    /// A field named here must be present in every record. Records without a name are called `file:line`.
    public var idField: String?
    /// The most bytes that one file may hold after decompression.
    ///
    /// Deflate can expand a thousandfold, so a small file can exhaust memory; reading stops at this size whatever the
    /// file claims. The default is 2 GiB.
    public var maximumBytesPerFile: Int

    /// Creates options.
    public init(
        format: CorpusFormat? = nil, textField: String = "text", idField: String? = nil,
        maximumBytesPerFile: Int = 2 << 30
    ) {
        self.format = format
        self.textField = textField
        self.idField = idField
        self.maximumBytesPerFile = maximumBytesPerFile
    }
}
