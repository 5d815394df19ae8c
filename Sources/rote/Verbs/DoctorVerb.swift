import ArgumentParser
import Audit
import Corpus
import Foundation
import Inference

/// `rote doctor`: what a server can do.
struct DoctorVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Test what servers can do: forced scores, ways of forcing, speed.",
        discussion: "Ends with 0 when every server's forced scores can be used, and with 2 otherwise.")

    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    private static let windowTokens = 200

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let access = try servers.resolve(&settings)
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("rote-server-\(UUID()).log").path
        let records = try await access.withFleet(
            opener: SessionOpener(), windowTokens: Self.windowTokens, logPath: log, console: console
        ) { fleet in
            fleet.sessions.map(ServerRecord.init)
        }
        // After a failure it stays, because the message sends the reader there.
        try? FileManager.default.removeItem(atPath: log)
        for record in records {
            if json {
                try console.data(String(decoding: try CanonicalJSON.encode(Finding(record)), as: UTF8.self))
            } else {
                try console.data(text(record).joined(separator: "\n"))
            }
        }
        guard records.allSatisfy(\.selfTest.passed) else { throw ExitStatus.error }
    }

    /// The object that `rote doctor --json` prints per server.
    private struct Finding: Encodable {
        let event = "server"
        let schema = 1
        let server: ServerRecord
        let canScore: Bool

        init(_ record: ServerRecord) {
            server = record
            canScore = record.selfTest.passed
        }
    }

    private func text(_ record: ServerRecord) -> [String] {
        let properties = record.properties
        var lines = [
            "Server \(record.address)",
            "  model     \(sanitize(properties.modelIdentity))",
            "  build     \(sanitize(properties.build))",
            "  slots     \(properties.slots), \(HumanFormat.count(properties.contextTokens)) tokens of context each",
            "  template  \(properties.hasChatTemplate ? "yes" : "no")",
        ]
        for way in record.selfTest.ways {
            let state =
                if let obstacle = way.obstacle {
                    "no: \(sanitize(obstacle))"
                } else {
                    "yes, within \(HumanFormat.decimal(way.largestDifference ?? 0, places: 5)) nat per token"
                }
            lines.append("  forcing by \(way.way.rawValue): \(state)")
        }
        for measurement in record.calibration.measurements {
            let context =
                switch measurement.regime {
                case .unlikely: "the reading of contexts included"
                case .recited: "with the context read before"
                }
            lines.append(
                "  speed on \(measurement.regime.rawValue) text by \(measurement.way.rawValue): "
                    + "\(HumanFormat.count(Int(measurement.tokensPerSecond))) forced tokens/s, \(context)")
        }
        if let obstacle = record.selfTest.obstacle {
            lines.append("  forced scores: REFUSED: \(sanitize(obstacle))")
        } else {
            lines.append(
                "  forced scores: usable; chosen: \(record.calibration.unlikely.rawValue), for recited text "
                    + "\(record.calibration.recited.rawValue)")
        }
        return lines
    }
}
