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

/// The probabilities reported for one sampled token.
public struct ProbabilityRow: Hashable, Sendable {
    /// The token that was sampled.
    public let token: TokenID
    /// Its raw log-probability over the full vocabulary, in nats.
    public let ln: Double
    /// The token that greedy decoding would have taken, if the row says so.
    public let mostProbable: TokenID?
}

/// A reply to a ``CompletionRequest``.
public struct Completion: Sendable {
    /// The generated tokens, all of them.
    public var tokens: [TokenID] = []
    /// The text of the generated tokens as the server renders it.
    public var content = ""
    /// Probability rows, in order; tokens that end inside a character have none.
    public var rows: [ProbabilityRow] = []
    /// The log-probability, in nats, of the token that the caller asked to look up in the first row's list.
    public var lookedUp: Double?
    /// Why the reply ended.
    public var stop = StopReason.unknown
    /// Whether the server cut the prompt, which makes the reply useless here.
    public var truncated = false
    /// Prompt tokens the server evaluated anew (not taken from its cache).
    public var promptTokensEvaluated = 0
    /// Prompt tokens the server took from its cache.
    public var promptTokensCached = 0

    /// Tokens of the prompt that the server took in, by its own count.
    public var promptTokens: Int {
        let (sum, overflow) = promptTokensEvaluated.addingReportingOverflow(promptTokensCached)
        return overflow ? .max : sum
    }

    /// Reads a reply body.
    ///
    /// - Parameters:
    ///   - body: The bytes of the reply.
    ///   - lookup: A token whose log-probability is wanted from the first row's list of most probable tokens.
    /// - Throws: ``JSONScanError`` when the bytes are not the JSON object that a completion is.
    /// - Complexity: O(*n*) in the bytes of the body, one pass.
    init(body: [UInt8], lookup: TokenID? = nil) throws(JSONScanError) {
        var failure: JSONScanError?
        body.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanError) { try read(&scanner, lookup: lookup) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func read(_ scanner: inout JSONScanner, lookup: TokenID?) throws(JSONScanError) {
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
                lookedUp = nil
                try scanner.enterArray()
                var firstRow = true
                while try scanner.nextElement(&firstRow) {
                    try readRow(&scanner, lookup: rows.isEmpty ? lookup : nil)
                }
            } else if scanner.key(key, is: "stop_type") {
                stop = StopReason(rawValue: try scanner.readString()) ?? .unknown
            } else if scanner.key(key, is: "truncated") {
                truncated = try scanner.readBool()
            } else if scanner.key(key, is: "timings") {
                try readTimings(&scanner)
            } else {
                try scanner.skipValue()
            }
        }
        try scanner.finish()
        guard sawTokens else { throw JSONScanError(offset: 0, expected: "a \"tokens\" array in the reply") }
    }

    private mutating func readRow(_ scanner: inout JSONScanner, lookup: TokenID?) throws(JSONScanError) {
        var token: TokenID?
        var ln: Double?
        var mostProbable: TokenID?
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
                    let candidate = try scanner.readCandidate(wanted: lookup)
                    if mostProbable == nil { mostProbable = candidate.token }
                    if let ln = candidate.ln { lookedUp = ln }
                }
            } else {
                try scanner.skipValue()
            }
        }
        guard let token, let ln else {
            throw JSONScanError(offset: scanner.offset, expected: "\"id\" and \"logprob\" in a probability row")
        }
        rows.append(ProbabilityRow(token: token, ln: ln, mostProbable: mostProbable))
    }

    private mutating func readTimings(_ scanner: inout JSONScanner) throws(JSONScanError) {
        var first = true
        try scanner.enterObject()
        while let key = try scanner.nextKey(&first) {
            if scanner.key(key, is: "prompt_n") {
                promptTokensEvaluated = try scanner.readInt()
            } else if scanner.key(key, is: "cache_n") {
                promptTokensCached = try scanner.readInt()
            } else {
                try scanner.skipValue()
            }
        }
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
    /// - Returns: The token, and its log-probability if it is the wanted one; the others need not be converted.
    fileprivate mutating func readCandidate(
        wanted: TokenID?
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
        return (token, token == wanted ? try double(in: ln) : nil)
    }
}
