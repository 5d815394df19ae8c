import Corpus
import Synchronization

extension Fleet {
    /// Tokenizes many texts, shared between the servers.
    ///
    /// - Parameter texts: The texts; each is tokenized in one piece.
    /// - Returns: One tokenization per text, in the same order.
    /// - Throws: ``InferenceError`` of the first text that no server could tokenize faithfully.
    public func tokenize(_ texts: [String]) async throws -> [TokenizedText] {
        let results = Mutex([TokenizedText?](repeating: nil, count: texts.count))
        try await run(Array(texts.indices)) { index, place throws(InferenceError) in
            try await place.session.server.tokenize(texts[index])
        } finished: { index, outcome in
            switch outcome {
            case .done(let tokens): results.withLock { $0[index] = tokens }
            case .failed(let error): throw error
            }
            return .goOn
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    /// The tokens that the model's tokenizer puts before every text, usually a begin-of-text token or nothing.
    ///
    /// Windows are sent as token ids, to which a server adds nothing, so these have to be put there.
    public func leadingTokens() async throws(InferenceError) -> [TokenID] {
        try await sessions.first?.server.leadingTokens() ?? []
    }
}

extension LlamaServer {
    /// The tokens that the model's tokenizer puts before every text, usually a begin-of-text token or nothing.
    public func leadingTokens() async throws(InferenceError) -> [TokenID] {
        let bare = try await tokenize("a").tokens
        let dressed = try await tokenize("a", addingSpecial: true).tokens
        guard let start = dressed.indices.first(where: { dressed[$0...].starts(with: bare) }) else { return [] }
        return Array(dressed[..<start])
    }
}
