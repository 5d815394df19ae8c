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

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let field = try settings.resolve(by, key: "by")
        let tellsVerdict = try settings.resolve(exitCode, key: "exit-code", default: false)
        let analysis = try Analysis(try RunRecord(directory: run), groupedBy: field)
        try VerdictPrinter(console: console, json: json).print(analysis)
        if tellsVerdict { try VerdictPrinter.throwStatus(of: analysis) }
    }
}
