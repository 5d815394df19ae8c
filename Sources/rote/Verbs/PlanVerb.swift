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
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Accepted, so that the flags of audit can be reused; nothing is written there.",
            valueName: "directory"))
    var run: String?

    @Flag(help: "With --json, print the first request of every window too.")
    var requests = false

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let options = try design.resolve(&settings)
        let access = try servers.resolve(&settings)
        let (suspect, control) = try corpus.read(&settings, console)
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("rote-server-\(UUID()).log").path
        let desk = AuditDesk(
            suspect: suspect, control: control, options: options, access: access, directory: "", serverLog: log,
            console: console)
        let forecast = try await desk.plan { Forecast($0, $1) }
        // After a failure it stays, because the message sends the reader there.
        try? FileManager.default.removeItem(atPath: log)
        guard json else { return try console.data(forecast.text().joined(separator: "\n")) }
        try console.data(String(decoding: try CanonicalJSON.encode(forecast.event), as: UTF8.self))
        guard requests else { return }
        for request in forecast.firstRequests { try console.data(String(decoding: request, as: UTF8.self)) }
    }
}
