import Corpus
import Inference
import PrefixLearning
import Randomness

/// Everything that is measured on one fixture with one seed.
struct FixtureRun {
    private let workshop: Workshop
    private let options: BenchmarkOptions
    private let seed: UInt64
    private let learning: [LearningDocument]
    private let held: [LearningDocument]
    private let library: PromptLibrary

    /// Splits the documents as an audit does.
    init(_ workshop: Workshop, _ options: BenchmarkOptions, seed: UInt64) throws {
        self.workshop = workshop
        self.options = options
        self.seed = seed
        library = try PromptLibrary(paths: [options.prompts])
        var learned: Set<ArmedDocument> = []
        for arm in Arm.allCases {
            let split = FoldSplit.split(
                documents: workshop.documents.filter { $0.name.arm == arm }.map(\.name.document), arm: arm,
                learningFraction: .standard, seed: seed)
            learned.formUnion(split.learning.map { ArmedDocument(arm: arm, document: $0) })
        }
        learning = workshop.documents.filter { learned.contains($0.name) }
        held = workshop.documents.filter { !learned.contains($0.name) && $0.name.arm == .suspect }
    }

    func measurements() async throws -> [Measurement] {
        let none = Elicitation.none(leading: workshop.leading)
        var rows = [
            row("bare prefix", 0, try await Elicited(held, on: workshop) { _ in none }, learningCalls: 0, "none")
        ]
        for budget in options.budgets {
            switch workshop.fixture.question {
            case .header:
                rows.append(try await best("best curated prompt", budget, curated()))
                rows.append(try await learned("learned header", .universal, budget, all(budget)))
                rows.append(try await learned("learned policy", .policy, budget, all(budget)))
            case .sections:
                rows.append(try await learned("learned header", .universal, budget, all(budget)))
                rows.append(try await learned("learned policy", .policy, budget, all(budget)))
            case .refusal:
                rows.append(try await best("best direct request", budget, curated { $0.hasPrefix("request.") }))
                rows.append(try await learned("learned prompt", .universal, budget, all(budget)))
            case .nothing: rows.append(try await learned("learned header", .universal, budget, all(budget)))
            }
        }
        if options.searched > 0, workshop.fixture.question == .header { rows += try await searches() }
        return rows
    }

    // MARK: Learning

    private func curated(_ isWanted: (String) -> Bool = { _ in true }) -> [any CandidateSource] {
        let fields = MetadataFields(of: workshop.documents.map(\.document))
        let usable = library.prompts.filter { prompt in
            isWanted(prompt.id.rawValue) && prompt.fields.allSatisfy { fields.documentsWithout($0) == 0 }
        }
        return [TemplateSource(origin: .curated, templates: usable)]
    }

    private func all(_ budget: Int) -> [any CandidateSource] {
        let fields = MetadataFields(of: workshop.documents.map(\.document))
        return [OpeningSource(texts: min(max(budget / 10, 32), 256))] + curated()
            + [TemplateSource(origin: .metadata, templates: MetadataHeaders(from: fields, seed: seed).prompts)]
    }

    private func learn(
        _ mode: LearningMode, _ budget: Int, _ sources: [any CandidateSource]
    ) async throws -> Learned {
        var learner = PrefixLearner(
            bench: workshop.bench(learning, calls: budget, seed: seed), sources: sources, mode: mode)
        let learned = try await learner.learn()
        if options.isVerbose { describe(learned) }
        return learned
    }

    private func learned(
        _ way: String, _ mode: LearningMode, _ budget: Int, _ sources: [any CandidateSource]
    ) async throws -> Measurement {
        let learned: Learned
        do { learned = try await learn(mode, budget, sources) } catch let error as LearningError {
            let bare = try await Elicited(held, on: workshop) { _ in .none(leading: workshop.leading) }
            return row(way, budget, bare, learningCalls: 0, "nothing could be learned: \(error)")
        }
        let elicited = try await elicit(held, by: learned)
        let names = learned.chosen.map { candidate in
            let places = candidate.origin == .curated ? "in the library" : "not in the library"
            return "\(candidate.id) (\(places)): \(Self.text(of: candidate))"
        }
        return row(
            way, budget, elicited, learningCalls: learned.calls,
            names.isEmpty ? "none" : names.joined(separator: " // "))
    }

    /// The prompt of the library that did best in the race, used whatever the final choice says of it.
    private func best(_ way: String, _ budget: Int, _ sources: [any CandidateSource]) async throws -> Measurement {
        let learned = try await learn(.universal, budget, sources)
        guard let winner = learned.candidates.first(where: { library[$0.id] != nil })?.id,
            let template = library[winner]
        else {
            let bare = try await Elicited(held, on: workshop) { _ in .none(leading: workshop.leading) }
            return row(way, budget, bare, learningCalls: learned.calls, "none")
        }
        let renderer = try renderer
        let elicited = try await Elicited(held, on: workshop) { document in
            try await renderer.elicitation(template, metadata: document.document.metadata)
        }
        return row(way, budget, elicited, learningCalls: learned.calls, winner.rawValue)
    }

    private var renderer: PromptRenderer<LlamaServer> {
        get throws {
            guard let server = workshop.fleet.sessions.first?.server else { throw UsageError(reason: "no server") }
            return PromptRenderer(encoder: server, leading: workshop.leading)
        }
    }

    private func elicit(_ documents: [LearningDocument], by learned: Learned) async throws -> Elicited {
        let renderer = try renderer
        return try await Elicited(documents, on: workshop) { document in
            let id = learned.policy?.choose(document.opening) ?? learned.chosen.first?.id ?? .none
            guard let candidate = learned.chosen.first(where: { $0.id == id }) else {
                return .none(leading: workshop.leading)
            }
            if let common = candidate.common { return common }
            return try await renderer.elicitation(candidate.template, metadata: document.document.metadata)
        }
    }

    private func describe(_ learned: Learned) {
        for tried in learned.candidates {
            PrefixBenchmark.say("    \(tried.id) \(tried.source) rounds \(tried.roundsSurvived) lift \(tried.meanLift)")
        }
        if let finding = learned.finding { PrefixBenchmark.say("    \(finding)") }
        for notice in learned.notices { PrefixBenchmark.say("    \(notice)") }
    }

    private static func text(of candidate: Candidate) -> String {
        switch candidate.template.content {
        case .completion(let text): text.written
        case .chat(let messages, let prefill):
            (messages.map { "\($0.role.rawValue): \($0.content.written)" }
                + [prefill.map { "prefill: \($0.written)" }]
                .compactMap { $0 }).joined(separator: " | ")
        }
    }

    private func row(
        _ way: String, _ budget: Int, _ elicited: Elicited, learningCalls: Int, _ prompt: String
    ) -> Measurement {
        Measurement(
            fixture: workshop.fixture.name, way: way, budget: budget, seed: seed, documents: elicited.documents,
            extracted: elicited.extracted, refused: elicited.refused, calls: learningCalls + elicited.documents,
            learningCalls: learningCalls, prompt: prompt.replacing("\n", with: "\\n"))
    }

    // MARK: Searching document by document

    /// The same held-out documents searched one by one, and elicited by what was learned.
    private func searches() async throws -> [Measurement] {
        var drawn = held
        var generator = SeededGenerator(seed: seed, stream: "prefix-benchmark/searched")
        drawn.shuffle(with: &generator)
        let documents = Array(drawn.prefix(options.searched))
        var rows: [Measurement] = []
        var prefixes: [Candidate] = []
        for budget in options.budgets {
            let learned = try await learn(.universal, budget, all(budget))
            prefixes = learned.chosen
            rows.append(
                row(
                    "searched: learned header", budget, try await elicit(documents, by: learned),
                    learningCalls: learned.calls, learned.chosen.first?.id.rawValue ?? "none"))
        }
        let published = SampleSearch.Limits(stopsEarly: false)
        let early = SampleSearch.Limits(stopsEarly: true)
        var random = RandomTokens.Options()
        random.longest = 32
        rows.append(try await search("searched: best of 24, 3 times", documents, .bestOfN(), published))
        rows.append(try await search("searched: best of 24, early stop", documents, .bestOfN(), early))
        rows.append(
            try await search("searched: best of 24, early stop, learned first", documents, .bestOfN(), early, prefixes))
        rows.append(
            try await search(
                "searched: random tokens", documents, .randomTokens(random),
                SampleSearch.Limits(stopsEarly: true, mostCalls: options.randomCalls)))
        rows.append(
            try await search(
                "searched: random tokens, learned first", documents, .randomTokens(random),
                SampleSearch.Limits(stopsEarly: true, mostCalls: options.randomCalls), prefixes))
        return rows
    }

    /// Searches document by document; every score counts as one request, as it is in the published methods.
    private func search(
        _ way: String, _ documents: [LearningDocument], _ method: SampleSearcher.Method,
        _ limits: SampleSearch.Limits, _ known: [Candidate] = []
    ) async throws -> Measurement {
        let bench = workshop.bench(documents, calls: 1_000_000_000, seed: seed)
        let report = try await SampleSearcher(bench: bench, method: method, limits: limits)
            .search(sources: [OpeningSource(texts: Self.openingsOfSearch)] + curated(), known: known)
        return Measurement(
            fixture: workshop.fixture.name, way: way, budget: 0, seed: seed, documents: documents.count,
            extracted: report.extracted, refused: 0, calls: report.questions, learningCalls: 0,
            prompt: known.first?.id.rawValue ?? "none")
    }

    /// Texts that the model begins by itself for the pool of the search, once for all documents.
    private static let openingsOfSearch = 64
}
