import Audit
import Inference

/// The servers that answered, with their builds and what their start-up tests found.
struct ServersSection {
    let header: RunHeader
    let continuations: [JournalTrail.Continuation]
    var redaction = Redaction.none

    func write(to page: inout Page) {
        page.heading(2, "Model and servers")
        page.paragraph("Model: \(code: header.plan.model).")
        var table = PageTable([
            .left("Found"), .left("Address"), .left("Build"), .left("Model file"), .right("Parameters"),
            .right("Bytes"), .right("Slots"), .right("Context (tokens)"), .left("Start-up test"), .left("Forcing"),
        ])
        for server in header.servers { table.row(cells(server, foundAt: header.startedAt)) }
        for continuation in continuations {
            for server in continuation.servers { table.row(cells(server, foundAt: continuation.startedAt)) }
        }
        page.table(table)
        page.paragraph(
            """
            The start-up test forces the same texts in several ways and compares the log-probabilities of each token. \
            Forcing names the ways that were used, for text the model does not know and for text it recites.
            """)
    }

    private func cells(_ server: ServerRecord, foundAt time: String) -> [Phrase] {
        let properties = server.properties
        func number(_ value: Int?) -> Phrase { value.map { "\($0)" } ?? "not told" }
        let calibration = server.calibration
        return [
            .code(time), .code(server.address),
            properties.build.isEmpty ? "not told" : .code(properties.build), .code(properties.model),
            number(properties.parameters), number(properties.modelBytes), "\(properties.slots)",
            properties.contextTokens > 0 ? "\(properties.contextTokens)" : "not told", test(server.selfTest),
            "\(code: calibration.unlikely.rawValue), \(code: calibration.recited.rawValue)",
        ]
    }

    private func test(_ report: SelfTestReport) -> Phrase {
        if let obstacle = report.obstacle { return "**failed**: \(prose: redaction.error(obstacle))" }
        let differences = report.ways.filter(\.isUsable).compactMap(\.largestDifference)
        guard let largest = differences.max() else { return "passed" }
        return "passed, largest difference \(prose: ReportNumber.significant(largest, 2)) nat"
    }
}
