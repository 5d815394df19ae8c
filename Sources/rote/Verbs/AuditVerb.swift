import ArgumentParser
import Audit

/// `rote audit`: the main job.
struct AuditVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Test whether a model memorized a corpus, and give a verdict.",
        discussion: """
            Repeating the command with the same --run directory continues where it stopped, or prints the verdict \
            again. A run that was begun with another plan is refused.
            """)

    @OptionGroup(title: "Corpus") var corpus: CorpusOptions
    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Design") var design: DesignOptions
    @OptionGroup(title: "Learning") var learning: LearningFlags
    @OptionGroup(title: "Reference") var reference: ComparisonOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("The run directory, which holds the journal.", valueName: "directory"))
    var run: String?

    @Option(help: ArgumentHelp("A metadata field to make a table by.", valueName: "field"))
    var by: String?

    @Flag(inversion: .prefixedNo, help: "Let the exit status tell the verdict: 1 memorized, 4 inconclusive, 5 invalid.")
    var exitCode: Bool?

    @Flag(help: .hidden)
    var orderTest = false

    /// People look for the order test here, where the other questions are asked.
    func validate() throws {
        guard orderTest else { return }
        throw ValidationError(
            "the order test has a command of its own: rote order-test --suspect FILE --model FILE --run DIRECTORY")
    }

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let directory = try settings.require(run, key: "run")
        let field = try settings.resolve(by, key: "by")
        let tellsVerdict = try settings.resolve(exitCode, key: "exit-code", default: false)
        var options = try design.resolve(&settings)
        let access = try servers.resolve(&settings)
        let learning = try learning.resolve(&settings)
        let referenceAccess = try reference.resolve(&settings, like: access)
        if referenceAccess != nil {
            try ComparisonOptions.lookAtAll(
                &options, stopping: try settings.resolve(design.stopping, key: "stopping"))
        }
        let (suspect, control) = try corpus.read(&settings, console)
        for setting in settings.resolved {
            console.detail("\(setting.key) = \(setting.value) (\(setting.origin))")
        }
        let desk = AuditDesk(
            suspect: suspect, control: control, options: options, learning: learning, access: access,
            directory: directory, serverLog: RunDirectory.serverLog(in: directory), console: console)
        let record = try await desk.audit()
        let analysis = try Analysis(record, groupedBy: field)
        try VerdictPrinter(console: console, json: json).print(analysis)
        if let referenceAccess {
            let comparison = try await ComparisonDesk(target: desk, access: referenceAccess).compare(with: record)
            if !json { try console.data("") }
            try ComparisonPrinter(console: console, json: json).print(comparison)
        }
        if tellsVerdict { try VerdictPrinter.throwStatus(of: analysis) }
    }
}
