/// Turns the records of a CSV file with a header into documents.
struct CSVParser {
    let file: String
    let options: ReadingOptions

    /// Adds every document of the file to a collector.
    ///
    /// - Parameters:
    ///   - bytes: The file's content, known to be UTF-8.
    ///   - start: Where the text begins, after a byte order mark.
    func parse(_ bytes: [UInt8], from start: Int, into collector: inout DocumentCollector) throws(CorpusError) {
        var scanner = CSVScanner(bytes, from: start)
        guard let header = try next(&scanner)?.fields else { return }
        if let repeated = firstRepeated(header) {
            throw .malformedCSV(
                DocumentSource(file: file, line: 1), problem: "the column \(quoted(repeated)) appears twice")
        }
        let textColumn = try column(options.textField, in: header)
        let idColumn: Int? =
            if let asked = options.idField { try column(asked, in: header) } else { index(of: "id", in: header) }

        while let record = try next(&scanner) {
            let place = DocumentSource(file: file, line: record.line)
            guard record.fields.count == header.count else {
                throw .malformedCSV(
                    place,
                    problem: "the record has \(record.fields.count) fields, the header \(header.count)")
            }
            let name = idColumn.map { record.fields[$0] } ?? ""
            if name.isEmpty, let asked = options.idField { throw .missingID(place, field: asked) }
            let entries = header.indices.filter { $0 != textColumn && $0 != idColumn }.map {
                Metadata.Entry(key: header[$0], value: .string(record.fields[$0]))
            }
            try collector.add(
                Document(
                    id: DocumentID(name.isEmpty ? place.description : name), text: record.fields[textColumn],
                    metadata: Metadata(entries), source: place))
        }
    }

    private func next(_ scanner: inout CSVScanner) throws(CorpusError) -> CSVScanner.Record? {
        do throws(CSVScanner.Problem) {
            return try scanner.next()
        } catch {
            throw .malformedCSV(DocumentSource(file: file, line: error.line), problem: error.message)
        }
    }

    private func column(_ name: String, in header: [String]) throws(CorpusError) -> Int {
        guard let index = index(of: name, in: header) else {
            throw .missingColumn(path: file, column: name, available: header)
        }
        return index
    }

    private func index(of name: String, in header: [String]) -> Int? {
        header.firstIndex { $0.utf8.elementsEqual(name.utf8) }
    }

    private func firstRepeated(_ header: [String]) -> String? {
        var seen = Set<ExactText>()
        return header.first { !seen.insert(ExactText(text: $0)).inserted }
    }
}
