import ArgumentParser
import Foundation
import Logging

/// How a verb speaks, and where it takes settings from that are not on the command line.
struct OutputOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Print one JSON object per line on standard output.")
    var json: Bool?

    @Flag(name: [.short, .long], inversion: .prefixedNo, help: "Say nothing on standard error but errors.")
    var quiet: Bool?

    @Flag(name: [.short, .long], inversion: .prefixedNo, help: "Say more on standard error.")
    var verbose: Bool?

    @Option(help: ArgumentHelp("Read settings from a YAML file; keys are flag names.", valueName: "file"))
    var config: String?

    /// Opens the settings and a console that speaks as they say.
    func open() throws -> (settings: SettingsSource, console: Console, json: Bool) {
        let environment = ProcessInfo.processInfo.environment
        var settings = try SettingsSource(
            environment: environment, configFile: config, knownKeys: SettingKey.all)
        let json = try settings.resolve(json, key: "json", default: false)
        let quiet = try settings.resolve(quiet, key: "quiet", default: false)
        let verbose = try settings.resolve(verbose, key: "verbose", default: false)
        let console = Console(
            environment: environment, verbosity: quiet ? .quiet : verbose ? .verbose : .normal)
        for sentence in settings.unknownVariables() { console.warning(sentence) }
        return (settings, console, json)
    }
}

extension Console {
    /// A logger whose lines appear on this console.
    func logger(_ label: String) -> Logger { Logger(label: label) { ConsoleLogHandler(label: $0, console: self) } }
}
