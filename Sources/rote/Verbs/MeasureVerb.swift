import ArgumentParser
import Audit
import Corpus
import Evidence
import Foundation
import Measurement
import MeasurementReports
import Reports

/// `rote measure`: how much of these documents comes back, under which elicitation, from each of these models.
struct MeasureVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure how much of a corpus each of several models repeats word for word.",
        discussion: """
            There is no hypothesis test here: rates say how much comes back, rote audit says whether that is more than \
            chance. Repeating the command with the same --run directory continues where it stopped.
            """)

    @OptionGroup(title: "Corpus") var corpus: CorpusOptions
    @OptionGroup(title: "Models") var targets: TargetOptions
    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Measurement") var measure: MeasureFlags
    @OptionGroup(title: "Output") var speech: OutputOptions

    @Option(help: ArgumentHelp("The run directory; each model has a directory in it.", valueName: "directory"))
    var run: String?

    @Option(
        help: ArgumentHelp(
            "A metadata field to make a table by; field.year takes the year of a date; repeat it.", valueName: "field"))
    var by: [String] = []

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "A file to write: \(MeasurementOutput.suffixes); repeat it.", valueName: "file"))
    var output: [String] = []

    @Flag(help: "Leave out every text and name: hashes, offsets and lengths alone.")
    var redact = false

    @Option(
        help: ArgumentHelp(
            "A directory to make for each model in it, with everything that is needed to check probes by hand or to ask "
                + "a server again.", valueName: "directory"))
    var evidence: String?

    @Option(
        help: ArgumentHelp(
            "A document for --evidence, by its name; repeat it (default: the longest recitals, at most 20 a model).",
            valueName: "name"))
    var document: [String] = []

    @Option(
        help: ArgumentHelp(
            "Instead of measuring, look for a prompt for each of some documents: best-of-n or random-tokens; prompts of "
                + "--prompts are tried first.", valueName: "method"))
    var search: String?

    @Option(help: ArgumentHelp("Documents that --search looks at (default: 20).", valueName: "n"))
    var searchDocuments: Int?

    @Option(help: ArgumentHelp("Most requests for one document of --search (default: 500).", valueName: "n"))
    var searchCalls: Int?

    /// Probes that a bundle holds when no documents are named.
    private static let bundledProbes = 20

    mutating func run() async throws {
        var (settings, console, json) = try speech.open()
        if let search = try settings.resolve(
            search, key: "search",
            expecting: "one of \(SearchDesk.Method.allCases.map(\.rawValue).joined(separator: ", "))",
            where: { SearchDesk.Method(rawValue: $0) != nil }),
            let method = SearchDesk.Method(rawValue: search)
        {
            return try await look(method, &settings, console, json)
        }
        guard evidence != nil || document.isEmpty else { throw ValidationError("--document goes with --evidence") }
        guard evidence == nil || !redact else {
            throw ValidationError(
                "--evidence cannot be redacted: a bundle is there to show what was asked and answered")
        }
        let directory = try settings.require(run, key: "run")
        let (options, prompts, library) = try measure.resolve(&settings)
        let ways = try targets.resolve(&settings, servers)
        let writers = try output.map { try MeasurementOutput(path: $0) }
        let (suspect, control) = try corpus.read(&settings, console)
        for setting in settings.resolved {
            console.detail("\(setting.key) = \(setting.value) (\(setting.origin))")
        }
        let texts = Self.texts(suspect, control)
        if let evidence { try check(evidence, for: ways.map(\.name), texts) }
        var records: [MeasurementRecord] = []
        for (name, access) in ways {
            let desk = MeasureDesk(
                suspect: suspect, control: control, options: options, prompts: prompts, library: library, name: name,
                access: access, directory: "\(directory)/\(name)", console: console)
            records.append(try await desk.measure())
        }
        let report = MeasurementReport(
            try MeasurementSummary(records, groupedBy: by), records: records,
            options: MeasurementReportOptions(
                redaction: redact ? .texts : .none, texts: texts))
        for writer in writers {
            try writer.write(report, fields: by)
            console.note("wrote \(writer.path)")
        }
        if let evidence {
            try bundle(records, texts: texts, in: evidence, on: console)
        }
        try Self.report(unanswered: records, on: console)
        if json {
            let event = MeasurementEvent(report.shownSummary)
            try console.data(String(decoding: try CanonicalJSON.encode(event), as: UTF8.self))
        } else {
            try console.data(MeasurementMarkdown(report.shownSummary).text)
        }
    }

    /// Finds out before anything is asked whether the bundles can be made afterwards.
    private func check(
        _ directory: String, for targets: [TargetName], _ texts: [ArmedDocument: String]
    ) throws(EvidenceError) {
        for target in targets { try EvidenceBundle.requireFree("\(directory)/\(target)") }
        let names = Set(texts.keys.map(\.document.rawValue))
        if let unknown = document.first(where: { !names.contains($0) }) {
            throw .unknownDocument(arm: .suspect, document: DocumentID(rawValue: unknown))
        }
    }

    /// Makes a bundle for each model of which there is something to show.
    private func bundle(
        _ records: [MeasurementRecord], texts: [ArmedDocument: String], in directory: String, on console: Console
    ) throws {
        try RunDirectory.create(directory)
        for record in records {
            let target = record.header.plan.target
            let names = document.flatMap { name in
                record.documents.filter { $0.document.rawValue == name }.map {
                    ArmedDocument(arm: $0.arm, document: $0.document)
                }
            }
            if let unknown = document.first(where: { name in !names.contains { $0.document.rawValue == name } }) {
                throw EvidenceError.unknownDocument(arm: .suspect, document: DocumentID(rawValue: unknown))
            }
            let choice: EvidenceChoice = names.isEmpty ? .reproduced(limit: Self.bundledProbes) : .documents(names)
            guard let made = try Self.bundle(record, choice, texts, to: "\(directory)/\(target)") else {
                console.note("\(target): nothing that was repeated to make a bundle of")
                continue
            }
            console.note(
                "wrote \(directory)/\(target): \(made.windows.count) probes; it holds texts of documents and replies")
        }
    }

    /// Makes the bundle of one model, or returns nil if nothing was chosen for it.
    private static func bundle(
        _ record: MeasurementRecord, _ choice: EvidenceChoice, _ texts: [ArmedDocument: String], to path: String
    ) throws(EvidenceError) -> BundleRecord? {
        do throws(EvidenceError) {
            return try EvidenceBundle(record, choosing: choice, texts: texts).write(to: path)
        } catch {
            if error == .nothingChosen { return nil }
            throw error
        }
    }

    /// Says which probes got no answer; a model that answered none was not measured, and that is an error.
    private static func report(unanswered records: [MeasurementRecord], on console: Console) throws {
        var failure: MeasurementError?
        for record in records {
            guard let unanswered = UnansweredProbes(record) else { continue }
            let target = record.header.plan.target
            if unanswered.areAll {
                failure = failure ?? .nothingAnswered(target: target, probes: unanswered.asked, cause: unanswered.cause)
            } else {
                console.warning(
                    "\(target): \(unanswered.count) of \(unanswered.asked) probes got no answer, mostly because of: "
                        + unanswered.cause)
            }
        }
        if let failure { throw failure }
    }

    /// Looks for a prompt for each of some documents.
    private func look(
        _ method: SearchDesk.Method, _ settings: inout SettingsSource, _ console: Console, _ json: Bool
    ) async throws {
        guard output.isEmpty, !redact, by.isEmpty, evidence == nil else {
            throw ValidationError("--output, --redact, --by and --evidence do not go with --search")
        }
        let (options, _, library) = try measure.resolve(&settings)
        guard options.grid.unit == .tokens else { throw ValidationError("--search counts in tokens, not in --words") }
        let documents = try settings.resolve(
            searchDocuments, key: "search-documents", default: 20, expecting: "at least 1", where: { $0 >= 1 })
        let calls = try settings.resolve(
            searchCalls, key: "search-calls", default: 500, expecting: "at least 1", where: { $0 >= 1 })
        let ways = try targets.resolve(&settings, servers)
        let (suspect, _) = try corpus.read(&settings, console)
        for (name, access) in ways {
            let log = FileManager.default.temporaryDirectory.appendingPathComponent("rote-server-\(UUID()).log").path
            let finding = try await SearchDesk(
                suspect: suspect, options: options, method: method, documents: documents, calls: calls,
                library: library,
                name: name, access: access, serverLog: log, console: console
            ).search()
            // After a failure it stays, because the message sends the reader there.
            try? FileManager.default.removeItem(atPath: log)
            if json {
                try console.data(String(decoding: try CanonicalJSON.encode(finding), as: UTF8.self))
            } else {
                try console.data(finding.lines.joined(separator: "\n"))
            }
        }
    }

    /// The texts of the documents that were read, for showing replies beside them.
    private static func texts(_ suspect: ArmInput, _ control: ArmInput?) -> [ArmedDocument: String] {
        var texts: [ArmedDocument: String] = [:]
        for input in [suspect, control].compactMap(\.self) {
            for document in input.corpus.documents {
                texts[ArmedDocument(arm: input.arm, document: document.id)] = document.text
            }
        }
        return texts
    }
}
