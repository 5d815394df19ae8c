import Corpus

extension InducerExample {
    /// What a candidate of a race put before a document, as an inducer is to be shown it.
    ///
    /// - Parameters:
    ///   - candidate: The candidate, usually the winner.
    ///   - document: A document that it was scored on.
    ///   - reward: Its lift there.
    /// - Returns: `nil` when the candidate is a conversation, puts text behind the prefix, names metadata that the
    ///   document lacks, or is white space alone: an inducer writes nothing like it.
    public init?(_ candidate: Candidate, on document: LearningDocument, reward: Lift) {
        guard case .completion(let text) = candidate.template.content else { return nil }
        let (before, after) = text.aroundPrefix
        guard after.isEmpty else { return nil }
        var header = ""
        for part in before {
            switch part {
            case .literal(let literal): header += literal
            case .field(let name):
                guard let value = document.document.metadata[name]?.promptText else { return nil }
                header += value
            // Never here: the parts are those before the only place of the prefix.
            case .prefix: continue
            }
        }
        while header.last?.isWhitespace == true { header.removeLast() }
        guard !header.isEmpty else { return nil }
        self.init(document: document.name, text: document.opening, prompt: header, reward: reward)
    }
}
