import Corpus

/// How headers are written for new documents: what the inducer is shown, and what ends a header.
///
/// It is a plain value that can be stored. With the same inducer it writes the same header for the same document, as
/// far as a server's greedy replies are the same.
public struct InducedChoice: Hashable, Codable, Sendable {
    /// The inducer's model; another one writes other headers.
    public let inducer: String
    /// What is known of the corpus, in a few words.
    public let corpus: String
    /// What stands between a header and its document.
    public let ending: HeaderEnding
    /// The prompts that did best, best first.
    public let examples: [InducerExample]
    /// The prompts that did worst, worst first.
    public let warnings: [InducerExample]
    /// The number of good examples shown for each document.
    public let best: Int
    /// The number of warnings shown for each document.
    public let worst: Int
    private let buffer: ExampleBuffer

    private enum CodingKeys: String, CodingKey {
        case inducer, corpus, ending, examples, warnings, best, worst
    }

    init(
        inducer: String, corpus: String, ending: HeaderEnding, examples: [InducerExample],
        warnings: [InducerExample], best: Int, worst: Int
    ) {
        self.inducer = inducer
        self.corpus = corpus
        self.ending = ending
        self.examples = examples
        self.warnings = warnings
        self.best = best
        self.worst = worst
        var buffer = ExampleBuffer(
            limits: ExampleBufferLimits(
                capacity: examples.count, perDocument: examples.count + warnings.count, warnings: warnings.count))
        for example in examples + warnings { buffer.insert(example) }
        self.buffer = buffer
    }

    /// Reads a choice that was stored.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            inducer: try stored.decode(String.self, forKey: .inducer),
            corpus: try stored.decode(String.self, forKey: .corpus),
            ending: try stored.decode(HeaderEnding.self, forKey: .ending),
            examples: try stored.decode([InducerExample].self, forKey: .examples),
            warnings: try stored.decode([InducerExample].self, forKey: .warnings),
            best: try stored.decode(Int.self, forKey: .best), worst: try stored.decode(Int.self, forKey: .worst))
    }

    /// What the inducer is asked for a document.
    ///
    /// - Parameters:
    ///   - opening: The text of the document's prefix.
    ///   - document: The document, whose own examples are not shown.
    func request(for opening: String, of document: ArmedDocument? = nil) -> InducerRequest {
        InducerRequest(
            text: opening, corpus: corpus,
            demonstrations: buffer.demonstrations(for: opening, of: document, best: best, worst: worst))
    }

    /// Writes the header for a document.
    ///
    /// - Parameters:
    ///   - opening: The text of the document's prefix, as long as those that were learned from.
    ///   - writer: The inducer.
    /// - Returns: The text to put before the prefix, with its ending; `nil` when the inducer wrote nothing usable and the
    ///   prefix is to be sent bare.
    /// - Throws: What the writer throws.
    public func header(for opening: String, writer: any HeaderWriter) async throws -> String? {
        var tally = InducerTally()
        return try await header(for: opening, writer: writer, tally: &tally)
    }

    private func header(
        for opening: String, writer: any HeaderWriter, tally: inout InducerTally
    ) async throws -> String? {
        let replies = try await writer.replies(to: request(for: opening), [InducerSampling.greedy])
        return text(of: replies.first ?? "", document: opening, tally: &tally)
    }

    /// The text that a reply puts before a document.
    private func text(of reply: String, document: String, tally: inout InducerTally) -> String? {
        tally.parse(reply, document: document).map { InducerRequest.lines($0) + ending.rawValue }
    }

    /// Writes the headers of many documents and puts them before those that they give nothing away of.
    ///
    /// The very same is done for the documents of the final choice.
    ///
    /// - Parameters:
    ///   - documents: The documents.
    ///   - writer: The inducer.
    ///   - placer: What turns headers into tokens of the model under test.
    /// - Returns: For each document what is put around its prefix, or `nil` for the bare prefix, equal headers under
    ///   equal names; and what became of the replies.
    /// - Throws: What the writer throws; ``InferenceError`` when the server of the model under test is lost.
    public func elicitations(
        for documents: [HeaderDocument], writer: any HeaderWriter, placer: HeaderPlacer
    ) async throws -> (elicitations: [Elicitation?], tally: InducerTally) {
        let replies = try await writer.replies(
            to: documents.map { (request(for: $0.opening), [InducerSampling.greedy]) })
        var tally = InducerTally()
        var names: [String: PromptID] = [:]
        var elicitations: [Elicitation?] = []
        for (document, replies) in zip(documents, replies) {
            guard let text = text(of: replies.first ?? "", document: document.opening, tally: &tally) else {
                elicitations.append(nil)
                continue
            }
            let id = names[text] ?? PromptID(rawValue: "inducer.\(names.count + 1)")
            switch try await placer.elicitation(of: text, for: document, id: id) {
            case .success(let elicitation):
                names[text] = id
                elicitations.append(elicitation)
            case .failure(let refusal):
                tally.count(refusal)
                elicitations.append(nil)
            }
        }
        return (elicitations, tally)
    }
}

extension HeaderWriter {
    /// Asks about many documents at once; the writer itself limits what goes on at the same time.
    ///
    /// - Returns: For each request as many replies as draws; replies that did not come are empty.
    func replies(
        to requests: [(request: InducerRequest, draws: [InducerSampling.Draw])]
    ) async throws -> [[String]] {
        try await withThrowingTaskGroup(of: (place: Int, replies: [String]).self) { group in
            for (place, (request, draws)) in requests.enumerated() {
                group.addTask {
                    let replies = try await replies(to: request, draws)
                    let missing = max(0, draws.count - replies.count)
                    return (place, replies.prefix(draws.count) + [String](repeating: "", count: missing))
                }
            }
            var all = [[String]](repeating: [], count: requests.count)
            for try await (place, replies) in group { all[place] = replies }
            return all
        }
    }
}
