/// A kind of report, chosen by the suffix of the file that it is written to.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// For people: one CommonMark page with tables.
    case markdown
    /// For people: one HTML file that needs nothing but a browser.
    case html
    /// For programs: one canonical JSON object.
    case json
    /// For programs: one JSON object per observed window and line.
    case jsonLines
    /// For spreadsheets: one record per counted document, as RFC 4180 describes.
    ///
    /// A foreign text that a spreadsheet would take for a formula, or that begins with an apostrophe, has an apostrophe
    /// before it; a program that reads the file takes one leading apostrophe away.
    case documentsCSV
    /// For spreadsheets: one record per observed window, with texts as in ``documentsCSV``.
    case windowsCSV
    /// For programs that collect test results: gates and verdict as JUnit XML.
    ///
    /// A gate that fails is a failure; the verdict is one where ``ReportOptions/memorizedFails`` says so.
    case junit

    /// The suffixes that stand for the format, in lower case, the usual one first.
    public var suffixes: [String] {
        switch self {
        case .markdown: [".md", ".markdown"]
        case .html: [".html", ".htm"]
        case .json: [".json"]
        case .jsonLines: [".jsonl", ".ndjson"]
        case .documentsCSV: [".documents.csv", ".csv"]
        case .windowsCSV: [".windows.csv"]
        case .junit: [".junit.xml", ".xml"]
        }
    }

    /// Every suffix that stands for some format.
    public static var knownSuffixes: [String] { allCases.flatMap(\.suffixes) }

    /// Finds the format of a file by its suffix, in capital or small letters; the longest suffix that fits counts.
    ///
    /// - Parameter path: The file's path; nothing is opened.
    /// - Throws: ``ReportError/unknownFormat(path:known:)`` when the suffix stands for no format.
    public init(path: String) throws(ReportError) {
        let name = path.lowercased()
        let fitting = Self.allCases.flatMap { format in
            format.suffixes.filter { name.hasSuffix($0) }.map { (format: format, length: $0.count) }
        }
        guard let best = fitting.max(by: { $0.length < $1.length }) else {
            throw .unknownFormat(path: path, known: Self.knownSuffixes)
        }
        self = best.format
    }
}
