/// How many replies were accepted, and why the others were not.
public struct InducerTally: Hashable, Codable, Sendable {
    /// The number of replies that held a header.
    public private(set) var accepted = 0
    private var rejected: [String: Int] = [:]
    private var refused: [String: Int] = [:]

    /// Counts nothing yet.
    public init() {}

    /// Parses a reply and counts what came of it.
    ///
    /// - Returns: The header, or nil when the reply was rejected.
    public mutating func parse(
        _ reply: String, document: String, rules: InducerReply.Rules = InducerReply.Rules()
    ) -> String? {
        do {
            let header = try InducerReply(parsing: reply, document: document, rules: rules).header
            accepted += 1
            return header
        } catch {
            rejected[error.rawValue, default: 0] += 1
            return nil
        }
    }

    /// Counts a header that cannot be put before its document.
    public mutating func count(_ refusal: HeaderRefusal) { refused[refusal.rawValue, default: 0] += 1 }

    /// The number of replies rejected for a reason.
    public func count(of rejection: InducerRejection) -> Int { rejected[rejection.rawValue] ?? 0 }

    /// The number of headers refused for a reason.
    public func count(of refusal: HeaderRefusal) -> Int { refused[refusal.rawValue] ?? 0 }

    /// The number of replies.
    public var replies: Int { accepted + rejected.values.reduce(0, +) }

    /// The number of headers that could be put before their documents.
    public var usable: Int { accepted - refused.values.reduce(0, +) }

    /// Adds another count to this one.
    public mutating func add(_ other: InducerTally) {
        accepted += other.accepted
        rejected.merge(other.rejected, uniquingKeysWith: +)
        refused.merge(other.refused, uniquingKeysWith: +)
    }

    /// Why replies were of no use, in words, the order of the reasons being fixed; empty when all were.
    var reasons: String {
        let rejections = InducerRejection.allCases.map { (count(of: $0), $0.words) }
        let refusals = HeaderRefusal.allCases.map { (count(of: $0), $0.words) }
        return (rejections + refusals).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}

extension InducerRejection {
    fileprivate var words: String {
        switch self {
        case .empty: "empty"
        case .tooLong: "too long"
        case .garbage: "not text"
        case .copy: "copied from the document"
        }
    }
}

extension HeaderRefusal {
    fileprivate var words: String {
        switch self {
        case .leak: "with a piece of a document"
        case .tooLong: "with too many tokens"
        case .unfaithful: "that the model's tokenizer does not spell"
        }
    }
}
