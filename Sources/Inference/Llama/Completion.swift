import Corpus

/// Why the server ended a reply.
public enum StopReason: String, Sendable, Codable {
    /// The asked number of tokens was reached.
    case limit
    /// The model ended its text.
    case endOfText = "eos"
    /// A stop string was met.
    case word
    /// The server gave no reason that is known here.
    case unknown = "none"
}

/// A token and how probable it is.
public struct TokenProbability: Hashable, Sendable {
    /// The token.
    public let token: TokenID
    /// Its raw log-probability over the full vocabulary, in nats.
    public let ln: Double

    /// Puts the two together.
    public init(token: TokenID, ln: Double) {
        self.token = token
        self.ln = ln
    }
}

/// The probabilities reported for one sampled token.
public struct ProbabilityRow: Hashable, Sendable {
    /// The token that was sampled.
    public let token: TokenID
    /// Its raw log-probability over the full vocabulary, in nats.
    public let ln: Double
    /// The token that greedy decoding would have taken, if the row says so.
    public let mostProbable: TokenID?
    /// The most probable tokens, best first; empty unless they were asked to be kept.
    public var candidates: [TokenProbability] = []
}

/// A reply to a ``CompletionRequest``.
public struct Completion: Sendable {
    /// The generated tokens, all of them.
    public var tokens: [TokenID] = []
    /// The text of the generated tokens as the server renders it; empty for a reply that was forced.
    public var content = ""
    /// Probability rows, in order; tokens that end inside a character have none.
    public var rows: [ProbabilityRow] = []
    /// The log-probability, in nats, of the token that the caller asked to look up in the first row's list.
    public var lookedUp: Double?
    /// Why the reply ended.
    public var stop = StopReason.unknown
    /// Whether the server cut the prompt, which makes the reply useless here.
    public var truncated = false
    /// Tokens of the prompt that the server took in, by its own count.
    public var promptTokens = 0

    /// Reads a reply body.
    ///
    /// - Parameters:
    ///   - body: The bytes of the reply.
    ///   - lookup: A token whose log-probability is wanted from the first row's list of most probable tokens.
    ///   - keepsCandidates: Whether every row keeps its list; reading all its numbers takes time.
    /// - Throws: ``JSONScanError`` when the bytes are not the JSON object that a completion is.
    /// - Complexity: O(*n*) in the bytes of the body, one pass.
    init(body: [UInt8], lookup: TokenID? = nil, keepsCandidates: Bool = false) throws(JSONScanError) {
        var failure: JSONScanError?
        body.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanError) { try read(&scanner, lookup, keepsCandidates) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func read(
        _ scanner: inout JSONScanner, _ lookup: TokenID?, _ keepsCandidates: Bool
    ) throws(JSONScanError) {
        var first = true
        var sawTokens = false
        try scanner.enterObject()
        while let key = try scanner.nextKey(&first) {
            if scanner.key(key, is: "tokens") {
                sawTokens = true
                // Of a repeated member the last one counts, as with other readers of JSON.
                tokens.removeAll()
                try scanner.enterArray()
                var firstToken = true
                while try scanner.nextElement(&firstToken) { tokens.append(try scanner.readToken()) }
            } else if scanner.key(key, is: "content") {
                content = try scanner.readString()
            } else if scanner.key(key, is: "completion_probabilities") {
                rows.removeAll()
                rows.reserveCapacity(tokens.count)
                lookedUp = nil
                try scanner.enterArray()
                var firstRow = true
                while try scanner.nextElement(&firstRow) {
                    try readRow(&scanner, rows.isEmpty ? lookup : nil, keepsCandidates)
                }
            } else if scanner.key(key, is: "stop_type") {
                stop = StopReason(rawValue: try scanner.readString()) ?? .unknown
            } else if scanner.key(key, is: "truncated") {
                truncated = try scanner.readBool()
            } else if scanner.key(key, is: "tokens_evaluated") {
                promptTokens = try scanner.readInt()
            } else {
                try scanner.skipValue()
            }
        }
        try scanner.finish()
        guard sawTokens else { throw JSONScanError(offset: 0, expected: "a \"tokens\" array in the reply") }
    }

    private mutating func readRow(
        _ scanner: inout JSONScanner, _ lookup: TokenID?, _ keepsCandidates: Bool
    ) throws(JSONScanError) {
        var token: TokenID?
        var ln: Double?
        var mostProbable: TokenID?
        var candidates: [TokenProbability] = []
        var first = true
        try scanner.enterObject()
        while let key = try scanner.nextKey(&first) {
            if scanner.key(key, is: "id") {
                token = try scanner.readToken()
            } else if scanner.key(key, is: "logprob") {
                ln = try scanner.readDouble()
            } else if scanner.key(key, is: "top_logprobs") {
                try scanner.enterArray()
                var firstCandidate = true
                while try scanner.nextElement(&firstCandidate) {
                    let candidate = try scanner.readCandidate(wanted: lookup, always: keepsCandidates)
                    if mostProbable == nil { mostProbable = candidate.token }
                    guard let ln = candidate.ln else { continue }
                    if candidate.token == lookup { lookedUp = ln }
                    if keepsCandidates { candidates.append(TokenProbability(token: candidate.token, ln: ln)) }
                }
            } else {
                try scanner.skipValue()
            }
        }
        guard let token, let ln else {
            throw JSONScanError(offset: scanner.offset, expected: "\"id\" and \"logprob\" in a probability row")
        }
        rows.append(ProbabilityRow(token: token, ln: ln, mostProbable: mostProbable, candidates: candidates))
    }
}

extension JSONScanner {
    /// Reads a token id.
    mutating func readToken() throws(JSONScanError) -> TokenID {
        let start = offset
        guard let id = Int32(exactly: try readInt()) else {
            throw JSONScanError(offset: start, expected: "a token id that fits 32 bits")
        }
        return TokenID(rawValue: id)
    }

    /// Reads one entry of a list of most probable tokens.
    ///
    /// - Returns: The token, and its log-probability if it is the wanted one or all are; others need no conversion.
    fileprivate mutating func readCandidate(
        wanted: TokenID?, always: Bool
    ) throws(JSONScanError) -> (token: TokenID, ln: Double?) {
        var token: TokenID?
        var ln: Range<Int>?
        var first = true
        try enterObject()
        while let key = try nextKey(&first) {
            if self.key(key, is: "id") {
                token = try readToken()
            } else if self.key(key, is: "logprob") {
                ln = try readNumberText()
            } else {
                try skipValue()
            }
        }
        guard let token, let ln else {
            throw JSONScanError(offset: offset, expected: "\"id\" and \"logprob\" of a probable token")
        }
        return (token, always || token == wanted ? try double(in: ln) : nil)
    }
}
