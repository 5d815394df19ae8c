import ArgumentParser
import Audit

/// `rote analyze`: every number again, from the journal alone.
struct AnalyzeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Verify a run's journal and compute every number again, without any server.")

    @Argument(help: "The run directory.")
    var run: String

    @Option(help: ArgumentHelp("A metadata field to make a table by.", valueName: "field"))
    var by: String?

    @Flag(inversion: .prefixedNo, help: "Let the exit status tell the verdict: 1 memorized, 4 inconclusive, 5 invalid.")
    var exitCode: Bool?

    @Flag(help: "Print further scores and analyses after the verdict, which they never change.")
    var secondary = false

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let field = try settings.resolve(by, key: "by")
        let tellsVerdict = try settings.resolve(exitCode, key: "exit-code", default: false)
        let record = try RunRecord(directory: run)
        let analysis = try Analysis(record, groupedBy: field)
        if secondary {
            // Before the verdict in JSON, whose last object is the verdict.
            let further = try SecondaryAnalysis(record)
            if json {
                try console.data(String(decoding: try CanonicalJSON.encode(SecondaryEvent(further)), as: UTF8.self))
                try VerdictPrinter(console: console, json: json).print(analysis)
            } else {
                try VerdictPrinter(console: console, json: json).print(analysis)
                try console.data("\n" + further.lines.joined(separator: "\n"))
            }
        } else {
            try VerdictPrinter(console: console, json: json).print(analysis)
        }
        if tellsVerdict { try VerdictPrinter.throwStatus(of: analysis) }
    }
}

/// The JSON object of `rote analyze --secondary --json`, before that of the verdict.
private struct SecondaryEvent: Encodable {
    let event = "secondary"
    let schema = 1
    let analysis: SecondaryAnalysis

    init(_ analysis: SecondaryAnalysis) { self.analysis = analysis }
}
