/// A kind of report, chosen by the suffix of the file that it is written to.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// For people: one CommonMark page with tables.
    case markdown
    /// For people: one HTML file that needs nothing but a browser.
    case html
    /// For programs: one canonical JSON object.
    case json

    /// The suffixes that stand for the format, in lower case, the usual one first.
    public var suffixes: [String] {
        switch self {
        case .markdown: [".md", ".markdown"]
        case .html: [".html", ".htm"]
        case .json: [".json"]
        }
    }

    /// Every suffix that stands for some format.
    public static var knownSuffixes: [String] { allCases.flatMap(\.suffixes) }

    /// Finds the format of a file by its suffix, in capital or small letters.
    ///
    /// - Parameter path: The file's path; nothing is opened.
    /// - Throws: ``ReportError/unknownFormat(path:known:)`` when the suffix stands for no format.
    public init(path: String) throws(ReportError) {
        let name = path.lowercased()
        guard let format = Self.allCases.first(where: { $0.suffixes.contains { name.hasSuffix($0) } }) else {
            throw .unknownFormat(path: path, known: Self.knownSuffixes)
        }
        self = format
    }
}
