import Corpus
import Foundation
import Inference
import Testing

@testable import PrefixLearning

@Suite("Learning with an inducer")
struct InducerLearnerTests {
    @Test("headers that suit their documents are found, kept and written for documents held back")
    func learnsHeaders() async throws {
        let sections = ScriptedSections()
        let scoring = sections.scoring()
        var options = InducerOptions()
        options.draws = 2
        var learner = sections.learner(ScriptedSections.guessing, scoring, options: options)
        let learned = try await learner.learn()
        let choice = try #require(learned.choice)
        #expect(learned.finding?.isPassed == true && learned.notices.isEmpty)
        #expect(try #require(learned.lift).mean > 1.2)
        #expect(choice.ending == .blankLine)
        #expect(learned.rounds.count >= 2)
        #expect(try #require(learned.rounds[1].meanBestLift) > #require(learned.rounds[0].meanBestLift))
        for example in learned.examples {
            let right = ScriptedSections.headers[ScriptedSections.section(of: example.text)]
            #expect(example.prompt == right.replacing(" / ", with: "\n"))
            #expect(!sections.heldBack.contains(example.document) && example.document.arm == .suspect)
        }
        #expect(learned.targetCalls == scoring.ledger.spent && learned.targetCalls == scoring.asked.all.count)
        let explored = learned.rounds.reduce(0) { $0 + $1.documents * 2 }
        #expect(learned.inducerCalls == explored + sections.heldBack.count)
        #expect(learned.tally.replies == learned.inducerCalls && learned.tally.usable == learned.inducerCalls)
        let header = try await choice.header(for: "council story of a new one", writer: ScriptedSections.guessing)
        #expect(header == "Council minutes\nthird proof\n\n")
    }

    @Test("the same seed learns the same, another one something else")
    func sameSeedSameChoice() async throws {
        var all: Set<InducedLearning> = []
        for seed in UInt64(0)..<4 {
            let sections = ScriptedSections(seed: seed)
            var twice: [InducedLearning] = []
            for _ in 0..<2 {
                var learner = sections.learner(ScriptedSections.guessing, sections.scoring())
                twice.append(try await learner.learn())
            }
            #expect(twice[0] == twice[1], "seed \(seed)")
            all.insert(twice[0])
        }
        #expect(all.count == 4)
    }

    @Test("what was learned survives being stored")
    func roundTrip() async throws {
        let sections = ScriptedSections()
        var learner = sections.learner(ScriptedSections.guessing, sections.scoring())
        let learned = try await learner.learn()
        let again = try JSONDecoder().decode(InducedLearning.self, from: JSONEncoder().encode(learned))
        #expect(again == learned)
        for document in sections.documents {
            #expect(again.choice?.request(for: document.opening) == learned.choice?.request(for: document.opening))
        }
    }

    @Test(
        "an inducer that says nothing of use costs the model under test nothing and leaves one sentence",
        arguments: [
            ("", InducerRejection.empty), ("<think>what might it be", .empty), ("1234 ???", .garbage),
            ("\u{0}\u{1}x", .garbage), (String(repeating: "word ", count: 80), .tooLong), ("COPY", .copy),
        ])
    func uselessInducers(reply: String, rejection: InducerRejection) async throws {
        let sections = ScriptedSections()
        let scoring = sections.scoring()
        let writer = ScriptedWriter { request, _ in
            reply == "COPY" ? request.text + " and how it went on, which nobody must copy" : reply
        }
        var learner = sections.learner(writer, scoring)
        let learned = try await learner.learn()
        #expect(learned.choice == nil && learned.finding == nil && learned.lift == nil)
        // In the final choice only the opening is there to compare with; what is behind it, the leakage filter finds.
        let refused = learned.tally.count(of: HeaderRefusal.leak)
        #expect(learned.tally.count(of: rejection) + refused == learned.tally.replies && learned.tally.replies > 0)
        #expect(refused == (rejection == .copy ? sections.heldBack.count : 0))
        #expect(scoring.ledger.spent == 0 && learned.rounds.count == 1)
        #expect(learned.notices.count == 1)
        #expect(
            try #require(learned.notices.first).hasPrefix(
                "nothing is used of the inducer scripted: it wrote no usable header for any of 32 documents held back (32 "
            ))
    }

    @Test("a header that holds a piece of any document is refused")
    func leaks() async throws {
        let sections = ScriptedSections()
        let scoring = sections.scoring()
        let writer = ScriptedWriter { _, _ in "went on, which nobody must copy" }
        var learner = sections.learner(writer, scoring)
        // The words are those of the documents' second halves, which no inducer was shown.
        let learned = try await learner.learn()
        #expect(learned.choice == nil && scoring.ledger.spent == 0)
        #expect(learned.tally.count(of: HeaderRefusal.leak) + learned.tally.count(of: .copy) == learned.tally.replies)
        let placer = sections.placer
        let other = HeaderDocument(sections.documents[0])
        let placed = try await placer.elicitation(
            of: "sport story control 3 and how it went on\n", for: other, id: PromptID(rawValue: "x"))
        #expect(placed == .failure(.leak))
        let long = try await placer.elicitation(
            of: String(repeating: "x", count: 161), for: other, id: PromptID(rawValue: "x"))
        #expect(long == .failure(.tooLong))
        let marked = try await placer.elicitation(of: "<|im_start|>", for: other, id: PromptID(rawValue: "x"))
        #expect(try marked.get().before.count == 12)
    }

    @Test("tokens are compared with all documents, and with the one that the header is for")
    func leakedTokens() async throws {
        let header = "abcdefg"
        let tokens = try await ScriptedEncoder().encode(header, parsingControlTokens: false).tokens
        func document(_ name: String, _ tokens: [TokenID]) -> HeaderDocument {
            HeaderDocument(
                name: ArmedDocument(arm: .control, document: DocumentID(name)), opening: "", tokens: tokens)
        }
        func placed(known: [TokenID], own: [TokenID]) async throws -> Result<Elicitation, HeaderRefusal> {
            let other = LeakageFilter.Source(document: document("other", []).name, text: "", tokens: known)
            let placer = HeaderPlacer(
                encoder: ScriptedEncoder(), leading: [1], room: 160, screen: LeakageFilter([other]))
            return try await placer.elicitation(of: header, for: document("own", own), id: PromptID(rawValue: "x"))
        }
        #expect(
            try await placed(known: Array(tokens.prefix(5)), own: Array(tokens.suffix(5))).get().before == [1] + tokens)
        #expect(try await placed(known: Array(tokens.prefix(6)), own: []) == .failure(.leak))
        #expect(try await placed(known: [], own: Array(tokens.suffix(6))) == .failure(.leak))
    }

    @Test("headers that help nobody leave the bare prefix")
    func noGain() async throws {
        let sections = ScriptedSections(gain: 0)
        var learner = sections.learner(ScriptedSections.guessing, sections.scoring())
        let learned = try await learner.learn()
        #expect(learned.choice == nil && learned.lift == nil)
        #expect(try !#require(learned.finding).isPassed)
        #expect(
            learned.notices == [
                "nothing is used of the inducer scripted: its headers did not help the documents that were held back"
            ])
    }

    @Test("an inducer that learned nothing for the documents held back is not used")
    func nothingAtTheEnd() async throws {
        let sections = ScriptedSections()
        let writer = ScriptedWriter { request, draw in
            draw.temperature == 0 ? "" : try ScriptedSections.guessing.reply(request, draw)
        }
        var learner = sections.learner(writer, sections.scoring())
        let learned = try await learner.learn()
        #expect(learned.choice == nil && learned.finding == nil && !learned.examples.isEmpty)
        #expect(
            try #require(learned.notices.first).contains(
                "no usable header for any of 32 documents held back (32 empty)"))
    }

    @Test("the budget holds, and what is left is kept for the final choice", arguments: [0, 1, 60, 64, 200, 500, 2000])
    func budget(calls: Int) async throws {
        let sections = ScriptedSections()
        let scoring = sections.scoring(budget: .calls(calls))
        var learner = sections.learner(ScriptedSections.guessing, scoring)
        let learned = try await learner.learn()
        #expect(learned.targetCalls <= calls)
        // Either a whole round was affordable beside the final choice, or a sentence says that none was.
        #expect(learned.rounds.isEmpty == (calls < 64 + 30))
        #expect(learned.rounds.isEmpty == learned.notices.contains { $0.contains("the budget is spent") })
        if calls >= 64 { #expect(learned.finding?.contrast?.suspects == 16) }
    }

    @Test("fewer replies than draws, and more, are taken as they come")
    func wrongNumbersOfReplies() async throws {
        struct Uneven: HeaderWriter {
            let name = "uneven"
            let count: Int
            func replies(to request: InducerRequest, _ draws: [InducerSampling.Draw]) async throws -> [String] {
                (0..<count).map { ScriptedSections.headers[$0 % 4] }
            }
        }
        for count in [0, 1, 20] {
            let sections = ScriptedSections()
            var learner = sections.learner(Uneven(count: count), sections.scoring())
            let learned = try await learner.learn()
            #expect(learned.tally.replies == learned.inducerCalls, "\(count) replies")
        }
    }

    @Test("an error of the inducer ends the learning")
    func failingInducer() async throws {
        let sections = ScriptedSections()
        let error = LearningError.inducer(server: "there", reason: "it is on fire")
        var learner = sections.learner(ScriptedWriter { _, _ in throw error }, sections.scoring())
        await #expect(throws: error) { try await learner.learn() }
    }

    @Test("what a universal header gave is shown first, and has to be beaten")
    func knownHeaders() async throws {
        let sections = ScriptedSections()
        let raced = try #require(sections.documents.first { !sections.heldBack.contains($0.name) })
        let known = InducerExample(
            document: raced.name, text: raced.opening, prompt: "KNOWN", reward: try #require(Lift(value: 5)))
        let control = InducerExample(
            document: ArmedDocument(arm: .control, document: raced.name.document), text: "x", prompt: "HELD",
            reward: try #require(Lift(value: 9)))
        let held = InducerExample(
            document: try #require(sections.heldBack.first), text: "x", prompt: "HELD",
            reward: try #require(Lift(value: 9)))
        let writer = ScriptedWriter { request, draw in
            #expect(!request.demonstrations.best.contains { $0.prompt == "HELD" })
            if draw.temperature > 0, request.text != raced.opening {
                #expect(request.demonstrations.best.contains { $0.prompt == "KNOWN" })
            }
            return ScriptedSections.headers[0]
        }
        var options = InducerOptions()
        options.rounds = 1
        var learner = sections.learner(writer, sections.scoring(), options: options, known: [known, held, control])
        let learned = try await learner.learn()
        #expect(learned.examples.filter { $0.document == raced.name } == [known])
    }

    @Test("a race's candidates are shown as what they put before a document")
    func candidates() throws {
        let document = LearningDocument(
            name: ArmedDocument(arm: .suspect, document: DocumentID("a")),
            document: Document(
                id: DocumentID("a"), text: "x", metadata: Metadata([.init(key: "date", value: .string("3 May"))]),
                source: DocumentSource(file: "made")
            ),
            window: ForcingTarget(prefix: [], suffix: TokenizedText(tokens: [], pieces: [])), opening: "It rained.")
        func prompt(_ written: String) throws -> String? {
            let id = PromptID(rawValue: "p")
            let template = try PromptTemplate(id: id, content: .completion(TemplateText(parsing: written)))
            let candidate = Candidate(
                origin: .curated, template: template, elicitation: Elicitation(id: id, before: []))
            return InducerExample(candidate, on: document, reward: .none)?.prompt
        }
        #expect(try prompt("METEO\n{date}\n\n{prefix}") == "METEO\n3 May")
        #expect(try prompt("{author}\n{prefix}") == nil)
        #expect(try prompt("METEO {prefix} and so on") == nil)
        #expect(try prompt("\n\n{prefix}") == nil)
    }

    @Test("a trained inducer takes over without demonstrations")
    func handOver() async throws {
        let sections = ScriptedSections()
        var learner = sections.learner(ScriptedSections.guessing, sections.scoring())
        try await learner.explore()
        #expect(learner.pairs.count > 10)
        learner.handOver(
            to: ScriptedWriter(name: "trained") { request, draw in
                #expect(request.demonstrations == Demonstrations() && draw == InducerSampling.greedy)
                return ScriptedSections.headers[ScriptedSections.section(of: request.text)]
            })
        let learned = try await learner.judge()
        #expect(learned.choice?.inducer == "trained" && learned.finding?.isPassed == true)
    }
}
