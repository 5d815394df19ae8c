import Corpus
import Statistics

/// What all probes of one document say together, each place of the document counted once.
public struct DocumentRow: Codable, Hashable, Sendable {
    /// The arm of the document.
    public let arm: Arm
    /// The document.
    public let document: DocumentID
    /// Its further fields, as text.
    public let fields: [String: String]
    /// Length in words, after normalisation.
    public let words: Int
    /// Probes, failures included.
    public let probes: Int
    /// Probes without a usable answer.
    public let failures: Int
    /// Probes of which a reply regurgitates.
    public let regurgitatingProbes: Int
    /// Probes whose first reply was a refusal.
    public let refusedProbes: Int
    /// Probes whose first reply gave the whole suffix back.
    public let exactSuffixes: Int
    /// Unicode scalars of the longest run of any reply.
    public let longestCharacters: Int
    /// Words of the longest run of any reply.
    public let longestWords: Int
    /// Tokens of the longest run of any reply.
    public let longestTokens: Int
    /// Words that runs of at least the plan's length cover.
    public let coveredWords: Int
    /// Words that match in near-verbatim blocks.
    public let nearVerbatimWords: Int
    /// The largest p_z of any probe that is not only an upper bound; `nil` without such a score.
    public let largestSuffixProbability: LogProbability?
    /// Probes whose first reply repeats more of another document.
    public let elsewhere: Int

    /// Whether any reply regurgitates.
    public var isHit: Bool { regurgitatingProbes > 0 }
    /// The covered part of the document, from 0 to 1.
    public var coveredShare: Double { words == 0 ? 0 : Double(coveredWords) / Double(words) }

    init(_ record: MeasuredDocumentRecord, _ observations: [MeasurementObservation]) {
        let replies = observations.flatMap { $0.sighting?.replies ?? [] }
        let firsts = observations.compactMap { $0.sighting?.replies.first }
        arm = record.arm
        document = record.document
        fields = record.fields
        words = record.words
        probes = observations.count
        failures = observations.count { $0.sighting == nil }
        regurgitatingProbes = observations.count {
            $0.sighting?.replies.contains(where: \.judgement.regurgitates) ?? false
        }
        refusedProbes = firsts.count { $0.judgement.replyClass == .refused }
        exactSuffixes = firsts.count { $0.overlap.repetition.isWholeSuffix }
        longestCharacters = replies.map(\.overlap.longestCharacters).max() ?? 0
        longestWords = replies.map(\.overlap.longestWords).max() ?? 0
        longestTokens = replies.map(\.overlap.longestTokens).max() ?? 0
        coveredWords = CountedPlaces(replies.flatMap(\.overlap.covered)).count
        nearVerbatimWords = CountedPlaces(replies.flatMap { $0.overlap.blocks.flatMap(\.runs) }).count
        largestSuffixProbability = observations.compactMap { observation in
            guard let score = observation.sighting?.score, !score.isBound else { return nil }
            return try? LogProbability(ln: min(score.ln, 0))
        }.max()
        elsewhere = firsts.count { $0.elsewhere != nil }
    }
}
