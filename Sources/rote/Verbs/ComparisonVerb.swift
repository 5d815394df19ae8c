import ArgumentParser
import Audit
import Comparison

/// `rote compare`: what two finished audits of the same documents say about their models, from the journals alone.
struct ComparisonVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare a run with a run of the same documents against a reference model, without any server.",
        discussion: """
            Both runs must have been made with the same options and --stopping never, as `rote audit` does with \
            --reference-model or --reference-server. The answer is about the two models and no verdict on memorization: \
            that is the one of `rote analyze`.
            """)

    @Argument(help: "The run directory of the model that is asked about.")
    var run: String

    @Option(
        help: ArgumentHelp(
            "The run directory of the reference (default: the directory reference in the run directory).",
            valueName: "directory"))
    var reference: String?

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let reference =
            try settings.resolve(reference, key: "reference") ?? ComparisonDesk.referenceDirectory(in: run)
        let comparison = try ModelComparison(target: run, reference: reference)
        try ComparisonPrinter(console: console, json: json).print(comparison)
    }
}
