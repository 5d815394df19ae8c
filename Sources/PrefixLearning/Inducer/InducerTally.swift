/// How many replies were accepted, and why the others were not.
public struct InducerTally: Hashable, Codable, Sendable {
    /// The number of accepted replies.
    public private(set) var accepted = 0
    private var rejected: [String: Int] = [:]

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

    /// The number of replies rejected for a reason.
    public func count(of rejection: InducerRejection) -> Int { rejected[rejection.rawValue] ?? 0 }
}
