import Audit

/// Turns an analysed run into a document: the one door to every format.
public enum Report {
    /// Renders a report.
    ///
    /// - Parameters:
    ///   - analysis: The analysed run; its directory must still hold the journal that was analysed.
    ///   - format: The kind of report.
    ///   - options: Whether texts are shown, and which are at hand.
    /// - Returns: The whole report as text that ends with a line feed; the same for the same
    ///   journal, directory and program on every machine.
    /// - Throws: ``ReportError`` when the journal cannot be read again or a number has no form in this format.
    /// - Complexity: O(*n*) in the size of the journal.
    public static func render(
        _ analysis: Analysis, as format: ReportFormat, options: ReportOptions = ReportOptions()
    ) throws(ReportError) -> String {
        switch format {
        case .markdown:
            return MarkdownReport(
                analysis: analysis, trail: try JournalTrail(analysis.record), redaction: options.redaction
            ).text
        case .html:
            let trail = try JournalTrail(analysis.record)
            do throws(CanonicalJSONError) {
                return try HTMLReport(analysis: analysis, trail: trail, options: options).text()
            } catch {
                throw .notEncodable(directory: analysis.record.directory, reason: error)
            }
        case .json: return try JSONReport(analysis, redaction: options.redaction).text()
        case .jsonLines:
            return try JSONLinesReport(
                rows: WindowRow.all(analysis, trail: try JournalTrail(analysis.record), options: options),
                directory: analysis.record.directory
            ).text()
        case .documentsCSV: return DocumentsCSV(analysis: analysis, redaction: options.redaction).text
        case .windowsCSV:
            let trail = try JournalTrail(analysis.record)
            return WindowsCSV(rows: WindowRow.all(analysis, trail: trail, options: options)).text
        case .junit: return JUnitReport(analysis: analysis, memorizedFails: options.memorizedFails).text
        }
    }

    /// Renders a report in the format that the path's suffix names, and writes it.
    ///
    /// Either the whole report stands at the path afterwards, or what stood there before: the text goes to a temporary
    /// file in the same directory, which then takes the report's name. Permissions of a replaced file are kept, and a
    /// symbolic link goes on pointing to the file, which is replaced.
    ///
    /// - Parameters:
    ///   - analysis: The analysed run.
    ///   - options: Whether texts are shown, and which are at hand.
    ///   - path: The file to write; standard output is the caller's business, see ``render(_:as:)``.
    /// - Throws: ``ReportError`` naming the path and what to do.
    public static func write(
        _ analysis: Analysis, to path: String, options: ReportOptions = ReportOptions()
    ) throws(ReportError) {
        let format = try ReportFormat(path: path)
        try ReportFile(path).replace(with: Array(try render(analysis, as: format, options: options).utf8))
    }
}
