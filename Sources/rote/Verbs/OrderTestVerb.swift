import ArgumentParser
import Audit
import Corpus
import Inference
import OrderTest

/// `rote order-test`: asks a model whether it saw a corpus in its published order.
struct OrderTestVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order-test",
        abstract: "Test whether a model saw a corpus in its published order; needs no other documents.",
        discussion: """
            For a corpus whose records were put in a random order before they were published, and that was trained on \
            as a file. Every second document stays, the others change places within small shards, and the published \
            order is compared with all other orders: the model's ln p of the beginning of a document after the end of \
            another. Orders that follow dates, names, lengths or topics make the verdict invalid. Training that shuffles \
            documents, or shows them once, leaves no such trace. Repeating the command with the same --run directory \
            continues where it stopped; without --server and --model the verdict on what the run directory holds is \
            computed again.
            """)

    @Option(
        help: ArgumentHelp(
            "The corpus in its published order: a .jsonl or .csv file (or its .gz), or - for standard input.",
            valueName: "path"))
    var suspect: String?

    @Option(help: ArgumentHelp("The field or column that holds the text (default: text).", valueName: "name"))
    var textField: String?

    @Option(help: ArgumentHelp("The field or column that holds the document's name.", valueName: "name"))
    var idField: String?

    @Option(help: ArgumentHelp("jsonl or csv, when the file's name does not tell.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "A field that was numbered after the documents had been put in a random order, such as id; repeat it for "
                + "several.", valueName: "name"))
    var ignoreField: [String] = []

    @OptionGroup(title: "Servers") var servers: ServerOptions

    @Option(help: ArgumentHelp("Probability of calling an innocent model guilty (default: 0.01).", valueName: "p"))
    var alpha: Double?

    @Option(help: ArgumentHelp("Most shards to ask about, drawn at random (default: 250).", valueName: "n"))
    var shards: Int?

    @Option(
        help: ArgumentHelp(
            "Documents of one shard that change places, 2 to 5; a shard takes 2n² requests (default: 3).",
            valueName: "n"))
    var places: Int?

    @Option(help: ArgumentHelp("Tokens of a document's beginning that are scored (default: 16).", valueName: "n"))
    var openingTokens: Int?

    @Option(help: ArgumentHelp("Tokens of a document's end that the model is given (default: 50).", valueName: "n"))
    var tailTokens: Int?

    @Option(
        help: ArgumentHelp(
            "What stands between two documents; \\n is a line end, \\t a tabulator (default: \\n\\n).",
            valueName: "text"))
    var separator: String?

    @Flag(
        inversion: .prefixedNo,
        help: "One slot and no cache: slower, and the same numbers every time on the same machine.")
    var strict: Bool?

    @Option(help: ArgumentHelp("Seed of every random choice (default: 1).", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("The run directory, which holds the journal.", valueName: "directory"))
    var run: String?

    @Flag(inversion: .prefixedNo, help: "Let the exit status tell the verdict: 1 memorized, 4 inconclusive, 5 invalid.")
    var exitCode: Bool?

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let directory = try settings.require(run, key: "run")
        let tellsVerdict = try settings.resolve(exitCode, key: "exit-code", default: false)
        let record: OrderRecord
        if try !hasServers(&settings), try JournalReader(directory: directory).presence() == .present {
            record = try recorded(in: directory, &settings)
        } else {
            let access = try servers.resolve(&settings)
            let options = try options(&settings)
            let input = try input(&settings)
            for notice in input.corpus.notices.prefix(Self.shownNotices) { console.note("note: \(notice)") }
            let desk = OrderTestDesk(
                input: input, order: try PublishedOrder(input.corpus, options: options), directory: directory,
                console: console)
            record = try await desk.test(with: access)
        }
        let verdict = try record.verdict()
        if json {
            let event = try CanonicalJSON.encode(OrderVerdictEvent(verdict, record))
            try console.data(String(decoding: event, as: UTF8.self))
        } else {
            try console.data(OrderVerdictText(verdict, record).lines.joined(separator: "\n"))
        }
        guard tellsVerdict else { return }
        switch verdict.answer {
        case .memorized: throw ExitStatus.memorized
        case .inconclusive: throw ExitStatus.inconclusive
        case .invalid: throw ExitStatus.invalid
        }
    }

    private static let shownNotices = 5

    /// What the run directory holds, without asking anybody; what the command line says must agree with it.
    private func recorded(in directory: String, _ settings: inout SettingsSource) throws -> OrderRecord {
        let record = try OrderRecord(directory: directory)
        let plan = record.header.plan
        var differences: [String] = []
        if let alpha = try settings.resolve(alpha, key: "alpha"), alpha != plan.alpha {
            differences.append("alpha: \(plan.alpha) → \(alpha)")
        }
        if try settings.resolve(suspect, key: "suspect") != nil {
            let order = try PublishedOrder(
                try input(&settings).corpus, options: try OrderTestOptions(alpha: plan.alpha, places: plan.places))
            if order.digest != plan.corpus { differences.append("corpus: \(plan.corpus) → \(order.digest)") }
        }
        guard differences.isEmpty else {
            throw OrderTestError.planChanged(directory: directory, differences: differences)
        }
        return record
    }

    private func options(_ settings: inout SettingsSource) throws -> OrderTestOptions {
        try OrderTestOptions(
            alpha: try settings.resolve(alpha, key: "alpha", default: 0.01),
            places: try settings.resolve(places, key: "places", default: OrderTestOptions.standardPlaces),
            openingTokens: try settings.resolve(
                openingTokens, key: "opening-tokens", default: OrderTestOptions.standardOpeningTokens),
            tailTokens: try settings.resolve(
                tailTokens, key: "tail-tokens", default: OrderTestOptions.standardTailTokens),
            separator: try settings.resolve(separator, key: "separator", default: "\\n\\n")
                .replacing("\\n", with: "\n").replacing("\\t", with: "\t"),
            shards: try settings.resolve(shards, key: "shards", default: OrderTestOptions.standardShards),
            seed: try settings.resolve(seed, key: "seed", default: 1),
            strictness: try settings.resolve(strict, key: "strict", default: false) ? .strict : .fast,
            ignoredFields: try settings.resolve(ignoreField, key: "ignore-field", default: []))
    }

    private func input(_ settings: inout SettingsSource) throws -> ArmInput {
        let path = try settings.require(suspect, key: "suspect")
        let formats = [CorpusFormat.jsonLines, .csv].map(\.rawValue)
        let format = try settings.resolve(
            format, key: "format", expecting: "one of \(formats.joined(separator: ", "))", where: formats.contains)
        return try ArmInput(
            arm: .suspect, source: CorpusSource(argument: path),
            options: ReadingOptions(
                format: format.flatMap(CorpusFormat.init(rawValue:)),
                textField: try settings.resolve(textField, key: "text-field", default: "text"),
                idField: try settings.resolve(idField, key: "id-field")))
    }

    private func hasServers(_ settings: inout SettingsSource) throws -> Bool {
        let servers = try settings.resolve(servers.server, key: "server", default: [])
        return try settings.resolve(self.servers.model, key: "model") != nil || !servers.isEmpty
    }
}

extension OrderTestError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch self {
        case .invalidOption, .tooFewShards: .usage
        case .interrupted: .partial
        default: .error
        }
    }
}
