/// Reads documents from JSONL, CSV and text files, directories of text files, and standard input.
public enum CorpusReader {
    /// Reads a whole source.
    ///
    /// Any file may be gzip-compressed, which is known by its first two bytes. A directory is read recursively: its
    /// text files, sorted by the bytes of their relative paths, which are their names. Text is kept byte for byte,
    /// without normalisation. Empty documents and exact repetitions of a text are dropped with a notice; a name used
    /// twice is an error.
    ///
    /// - Parameters:
    ///   - source: What to read.
    ///   - options: Format and field names.
    ///   - observer: Is shown every chunk of raw bytes in reading order, for example to hash them; standard input
    ///     cannot be read a second time.
    /// - Returns: At least one document.
    /// - Throws: ``CorpusError``, whose description is one line for people.
    /// - Complexity: O(*n*) time; at most about three times the size of the decompressed files in memory.
    public static func read(
        _ source: CorpusSource, options: ReadingOptions = ReadingOptions(),
        observer: ByteObserver = { _, _ in }
    ) throws(CorpusError) -> LoadedCorpus {
        var collector = DocumentCollector()
        var files: [ReadFile] = []
        switch source {
        case .standardInput:
            let input = try InputBytes.read(
                descriptor: 0, name: source.description, maximumBytes: options.maximumBytesPerFile,
                observer: observer)
            files.append(input.file)
            try add(input, name: "stdin", format: options.format ?? .jsonLines, options: options, to: &collector)
        case .path(let path):
            switch try PathKind(of: path) {
            case .directory:
                files = try readDirectory(path, options: options, observer: observer, into: &collector)
            case .regularFile:
                guard let format = options.format ?? CorpusFormat.promised(byName: path) else {
                    throw .unknownFormat(path: path)
                }
                files = try readFile(path, format: format, options: options, observer: observer, into: &collector)
            case .stream:
                let format = options.format ?? CorpusFormat.promised(byName: path) ?? .jsonLines
                files = try readFile(path, format: format, options: options, observer: observer, into: &collector)
            }
        }
        return try collector.corpus(readFrom: source, files: files)
    }

    private static func readFile(
        _ path: String, format: CorpusFormat, options: ReadingOptions, observer: ByteObserver,
        into collector: inout DocumentCollector
    ) throws(CorpusError) -> [ReadFile] {
        let input = try InputBytes.read(path: path, maximumBytes: options.maximumBytesPerFile, observer: observer)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        try add(input, name: name, format: format, options: options, to: &collector)
        return [input.file]
    }

    private static func readDirectory(
        _ path: String, options: ReadingOptions, observer: ByteObserver, into collector: inout DocumentCollector
    ) throws(CorpusError) -> [ReadFile] {
        if let format = options.format, format != .text { throw .directoryOfRecords(path: path, format: format) }
        var root = path
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        let directory = try TextDirectory(path: root)
        for notice in directory.notices { collector.note(notice) }
        var files: [ReadFile] = []
        for relative in directory.relativePaths {
            let input = try InputBytes.read(
                path: "\(root)/\(relative)", maximumBytes: options.maximumBytesPerFile, observer: observer)
            files.append(input.file)
            try add(input, name: relative, format: .text, options: options, to: &collector)
        }
        return files
    }

    /// Checks the encoding of one file and hands its content to the parser of its format.
    private static func add(
        _ input: InputBytes, name: String, format: CorpusFormat, options: ReadingOptions,
        to collector: inout DocumentCollector
    ) throws(CorpusError) {
        let file = input.file.path
        if let offset = firstInvalidUTF8Offset(in: input.content) {
            let line = input.content[..<offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            let isProbablyUTF16 =
                offset == 0 && (input.content.starts(with: [0xFF, 0xFE]) || input.content.starts(with: [0xFE, 0xFF]))
            throw .invalidUTF8(path: file, byteOffset: offset, line: line, isProbablyUTF16: isProbablyUTF16)
        }
        let hasByteOrderMark = input.content.starts(with: [0xEF, 0xBB, 0xBF])
        if hasByteOrderMark { collector.note(.byteOrderMarkRemoved(file: file)) }
        let start = hasByteOrderMark ? 3 : 0
        switch format {
        case .jsonLines:
            try JSONLinesParser(file: file, options: options).parse(input.content, from: start, into: &collector)
        case .csv:
            try CSVParser(file: file, options: options).parse(input.content, from: start, into: &collector)
        case .text:
            let text = String(decoding: input.content[start...], as: UTF8.self)
            try collector.add(
                Document(id: DocumentID(name), text: text, source: DocumentSource(file: file)))
        }
    }
}
