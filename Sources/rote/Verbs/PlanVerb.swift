import ArgumentParser
import Audit
import Corpus
import Foundation
import Inference
import Statistics

/// `rote plan`: what an audit would send and could find, before anything is sent.
struct PlanVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what an audit would send, how long it would take and what it could detect.",
        discussion: """
            The server is asked to tokenize the documents, and is tested and timed on the beginning of one of them; no \
            other window is sent.
            """)

    @OptionGroup(title: "Corpus") var corpus: CorpusOptions
    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Design") var design: DesignOptions
    @OptionGroup(title: "Learning") var learning: LearningFlags
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Accepted, so that the flags of audit can be reused; nothing is written there.",
            valueName: "directory"))
    var run: String?

    @Flag(help: "With --json, print the first request of every window too.")
    var requests = false

    @Option(
        help: ArgumentHelp(
            "A rate of recited suspect documents to foretell power for, from 0 to 1; goes with --control-rate.",
            valueName: "rate"))
    var suspectRate: Double?

    @Option(
        help: ArgumentHelp("The rate of recited control documents that goes with it (default: 0).", valueName: "rate"))
    var controlRate: Double?

    @Option(
        help: ArgumentHelp(
            "How many alike documents tell as much as one, for planning (default: 1).", valueName: "factor"))
    var designEffect: Double?

    private var question: DetectionForecast.Question {
        get throws {
            var question = DetectionForecast.Question()
            if let designEffect { question.designEffect = try DesignEffect(designEffect) }
            guard let suspectRate else {
                if controlRate != nil { throw ValidationError("give --suspect-rate with --control-rate") }
                return question
            }
            question.rates = [try TrueRates(suspect: suspectRate, control: controlRate ?? 0)]
            return question
        }
    }

    mutating func run() async throws {
        let question: DetectionForecast.Question
        do { question = try self.question } catch let error as StatisticsError {
            throw ValidationError("\(error)")
        }
        var (settings, console, json) = try output.open()
        let options = try design.resolve(&settings)
        let learning = try learning.resolve(&settings)
        let access = try servers.resolve(&settings)
        let (suspect, control) = try corpus.read(&settings, console)
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("rote-server-\(UUID()).log").path
        let desk = AuditDesk(
            suspect: suspect, control: control, options: options, learning: learning, access: access, directory: "",
            serverLog: log,
            console: console)
        let forecast = try await desk.plan { try Forecast($0, $1, question) }
        // After a failure it stays, because the message sends the reader there.
        try? FileManager.default.removeItem(atPath: log)
        guard json else { return try console.data(forecast.text().joined(separator: "\n")) }
        try console.data(String(decoding: try CanonicalJSON.encode(forecast.event), as: UTF8.self))
        guard requests else { return }
        for request in forecast.firstRequests { try console.data(String(decoding: request, as: UTF8.self)) }
    }
}
