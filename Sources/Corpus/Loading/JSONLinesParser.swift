/// Turns the lines of a JSONL file into documents.
struct JSONLinesParser {
    let file: String
    let options: ReadingOptions

    /// Adds every document of the file to a collector; blank lines are passed over.
    ///
    /// - Parameters:
    ///   - bytes: The file's content, known to be UTF-8.
    ///   - start: Where the text begins, after a byte order mark.
    func parse(_ bytes: [UInt8], from start: Int, into collector: inout DocumentCollector) throws(CorpusError) {
        var line = 1
        var lineStart = start
        while lineStart < bytes.count {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            if !bytes[lineStart..<lineEnd].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                try parseLine(bytes, in: lineStart..<lineEnd, line: line, into: &collector)
            }
            lineStart = lineEnd + 1
            line += 1
        }
    }

    private func parseLine(
        _ bytes: [UInt8], in range: Range<Int>, line: Int, into collector: inout DocumentCollector
    ) throws(CorpusError) {
        let place = DocumentSource(file: file, line: line)
        var scanner = JSONObjectScanner(bytes, in: range)
        let fields: [(key: String, value: JSONObjectScanner.Value)]
        do throws(JSONObjectScanner.Problem) {
            fields = try scanner.fields()
        } catch {
            let before = bytes[range.lowerBound..<error.position]
            let column = before.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
            throw .malformedJSON(place, column: column, problem: error.message)
        }
        if scanner.loneSurrogates > 0 {
            collector.note(.loneSurrogatesReplaced(place, count: scanner.loneSurrogates))
        }

        let idField = options.idField ?? "id"
        var text: String?
        var id: DocumentID?
        var entries: [Metadata.Entry] = []
        for (key, value) in fields {
            if key.utf8.elementsEqual(options.textField.utf8) {
                guard case .string(let string) = value else {
                    throw .textNotString(place, field: key, found: value.kind)
                }
                text = string
            }
            if key.utf8.elementsEqual(idField.utf8) {
                id = try identifier(from: value, at: place, field: key)
            } else if !key.utf8.elementsEqual(options.textField.utf8) {
                entries.append(Metadata.Entry(key: key, value: metadata(value)))
            }
        }
        guard let text else {
            throw .missingText(place, field: options.textField, available: fields.map(\.key))
        }
        if id == nil, let asked = options.idField { throw .missingID(place, field: asked) }
        try collector.add(
            Document(
                id: id ?? DocumentID(place.description), text: text, metadata: Metadata(entries), source: place))
    }

    /// Reads a name; null and the empty string count as no name.
    private func identifier(
        from value: JSONObjectScanner.Value, at place: DocumentSource, field: String
    ) throws(CorpusError) -> DocumentID? {
        switch value {
        case .string(let name): name.isEmpty ? nil : DocumentID(name)
        case .number(let digits): DocumentID(digits)
        case .null: nil
        case .bool, .nested: throw .invalidID(place, field: field, found: value.kind)
        }
    }

    private func metadata(_ value: JSONObjectScanner.Value) -> MetadataValue {
        switch value {
        case .string(let text): .string(text)
        case .number(let literal): MetadataValue(numberLiteral: literal)
        case .bool(let truth): .bool(truth)
        case .null: .json("null")
        case .nested(let text): .json(text)
        }
    }
}
