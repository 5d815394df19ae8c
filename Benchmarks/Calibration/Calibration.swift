import ArgumentParser

/// Measures the verdict against outcomes whose truth is known: no server, no text, the decision's own code.
///
///     swift run -c release calibration null     how often an innocent model is called guilty
///     swift run -c release calibration power    how often, and how soon, a guilty one is
@main
struct Calibration: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract: "How often the verdict errs, and how often and how soon it is right.",
        subcommands: [NullCommand.self, PowerCommand.self])
}

/// What both measurements can be told.
struct CalibrationOptions: ParsableArguments {
    @Option(help: "Simulated runs per setting.")
    var runs = 10_000

    @Option(help: "Seed of all random choices.")
    var seed: UInt64 = 1

    @Option(help: "Folder for the table.")
    var out = "Benchmarks/calibration"

    @Option(help: "Runs per setting in which every verdict is also made by the decision itself, and compared.")
    var compared = 500

    @Option(help: "The state of the sources, for the table's first lines.")
    var source = "not stated"

    func validate() throws {
        guard (1...1_000_000).contains(runs) else { throw ValidationError("--runs: give 1 to 1,000,000") }
        guard compared >= 0 else { throw ValidationError("--compared: give 0 or more") }
        guard !source.contains(where: \.isNewline) else { throw ValidationError("--source: give one line") }
    }
}
