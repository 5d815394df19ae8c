import ArgumentParser
import Audit
import Reports

/// `rote report`: a run as a document.
struct ReportVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a run as Markdown or JSON.",
        discussion: "The format follows from the file's suffix: .md or .json.")

    @Argument(help: "The run directory.")
    var run: String

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("A file to write; repeat it.", valueName: "file"))
    var output: [String] = []

    @Option(help: ArgumentHelp("A metadata field to make a table by.", valueName: "field"))
    var by: String?

    @OptionGroup(title: "Output") var speech: OutputOptions

    mutating func run() async throws {
        var (settings, console, _) = try speech.open()
        let field = try settings.resolve(by, key: "by")
        guard !output.isEmpty else { throw ValidationError("give at least one file to write: -o report.md") }
        for path in output { _ = try ReportFormat(path: path) }
        let analysis = try Analysis(try RunRecord(directory: run), groupedBy: field)
        for path in output {
            try Report.write(analysis, to: path)
            console.note("wrote \(path)")
        }
    }
}
