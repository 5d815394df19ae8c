import ArgumentParser
import Audit
import Evidence

/// `rote verify`: whether a bundle or a run is what it says.
struct VerifyVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check an evidence bundle or a run's journal: hashes, sizes, missing and added files.",
        discussion: "Ends with status 0 when everything holds, and 2 when anything does not.")

    @Argument(help: ArgumentHelp("An evidence bundle, or a run directory.", valueName: "directory"))
    var directory: String

    @Option(help: ArgumentHelp("The run that a bundle was made from, to compare it with.", valueName: "directory"))
    var run: String?

    @OptionGroup(title: "Output") var speech: OutputOptions

    mutating func run() async throws {
        let (_, console, json) = try speech.open()
        let isRun = try JournalReader(directory: directory).presence() == .present
        let report =
            isRun ? EvidenceVerifier.verify(run: directory) : EvidenceVerifier.verify(bundle: directory, against: run)
        if json {
            let event = VerifiedEvent(directory: directory, report: report)
            try console.data(String(decoding: try CanonicalJSON.encode(event), as: UTF8.self))
        } else {
            for finding in report.findings {
                try console.data("\(finding.holds ? "holds" : "FAILS"): \(sanitize(finding.description))")
            }
            try console.data(report.holds ? "Everything holds." : "Not everything holds.")
        }
        guard report.holds else { throw ExitStatus.error }
    }
}

/// The one JSON object that `rote verify --json` prints.
private struct VerifiedEvent: Encodable {
    let event = "verified"
    let schema = 1
    let directory: String
    let holds: Bool
    let findings: [Finding]

    struct Finding: Encodable {
        let holds: Bool
        let description: String
    }

    init(directory: String, report: EvidenceReport) {
        self.directory = directory
        holds = report.holds
        findings = report.findings.map { Finding(holds: $0.holds, description: $0.description) }
    }
}
