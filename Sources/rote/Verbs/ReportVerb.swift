import ArgumentParser
import Audit
import Corpus
import Evidence
import Reports

/// `rote report`: a run as a document.
struct ReportVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a run as HTML, Markdown, JSON, CSV, JSON lines or JUnit XML, or its evidence as a bundle.",
        discussion: """
            The format follows from the file's suffix: .html, .md, .json, .jsonl, .documents.csv, .windows.csv or \
            .junit.xml. Texts of documents are shown as far as the files that they were read from are unchanged.
            """)

    @Argument(help: "The run directory.")
    var run: String

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("A file to write; repeat it.", valueName: "file"))
    var output: [String] = []

    @Option(help: ArgumentHelp("A metadata field to make a table by.", valueName: "field"))
    var by: String?

    @Flag(help: "Leave out every text and name: hashes, offsets and lengths alone.")
    var redact = false

    @Flag(help: "Let the verdict memorized be a failure in JUnit XML.")
    var memorizedFails = false

    @Option(
        help: ArgumentHelp(
            "A directory to make, with everything that is needed to check windows by hand or to ask a server again.",
            valueName: "directory"))
    var evidence: String?

    @Option(
        help: ArgumentHelp(
            "A suspect document for --evidence, by its name; repeat it (default: windows that came back, at most 20).",
            valueName: "name"))
    var document: [String] = []

    @OptionGroup(title: "Output") var speech: OutputOptions

    /// Windows that a bundle holds when none are named.
    private static let bundledWindows = 20

    mutating func run() async throws {
        var (settings, console, _) = try speech.open()
        let field = try settings.resolve(by, key: "by")
        guard !output.isEmpty || evidence != nil else {
            throw ValidationError("give at least one file to write: -o report.html")
        }
        guard evidence != nil || document.isEmpty else { throw ValidationError("--document goes with --evidence") }
        guard evidence == nil || !redact else {
            throw ValidationError(
                "--evidence cannot be redacted: a bundle is there to show what was asked and answered")
        }
        for path in output { _ = try ReportFormat(path: path) }
        let record = try RunRecord(directory: run)
        let analysis = try Analysis(record, groupedBy: field)
        let sources = redact ? SourceTexts.notLooked : SourceTexts(record.header)
        for (arm, absence) in (redact ? [:] : sources.absences).sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            console.note("\(arm.rawValue) texts are not shown: \(absence)")
        }
        let options = ReportOptions(
            redaction: redact ? .texts : .none, sources: sources, memorizedFails: memorizedFails)
        for path in output {
            try Report.write(analysis, to: path, options: options)
            console.note("wrote \(path)")
        }
        if let evidence {
            let names = document.map { ArmedDocument(arm: .suspect, document: DocumentID(rawValue: $0)) }
            let bundle = try EvidenceBundle(
                analysis, choosing: names.isEmpty ? .reproduced(limit: Self.bundledWindows) : .documents(names),
                sources: sources
            ).write(to: evidence)
            console.note("wrote \(evidence): \(bundle.windows.count) windows; it holds texts of documents and replies")
        }
    }
}
