/// One text of a corpus: the unit of inference.
public struct Document: Hashable, Sendable {
    /// The document's name, unique within its arm.
    public let id: DocumentID
    /// The text exactly as read, line ends included.
    public let text: String
    /// The other fields of the record.
    public let metadata: Metadata
    /// Where the document was read from.
    public let source: DocumentSource

    /// Creates a document.
    public init(id: DocumentID, text: String, metadata: Metadata = Metadata(), source: DocumentSource) {
        self.id = id
        self.text = text
        self.metadata = metadata
        self.source = source
    }

    /// Compares name, text, metadata and place; texts are equal only byte for byte.
    public static func == (left: Document, right: Document) -> Bool {
        left.id == right.id && left.text.utf8.elementsEqual(right.text.utf8) && left.metadata == right.metadata
            && left.source == right.source
    }
}

/// A place in the files of a corpus.
public struct DocumentSource: Hashable, Sendable, CustomStringConvertible {
    /// The file's path as it was given, or `stdin`.
    public let file: String
    /// The line on which the record begins, counted from 1; nil when the whole file is one document.
    public let line: Int?

    /// Creates a place.
    public init(file: String, line: Int? = nil) {
        self.file = file
        self.line = line
    }

    /// The place as `file:line`, or the file alone.
    public var description: String {
        line.map { "\(file):\($0)" } ?? file
    }
}
