/// What a report may hold and how it judges.
public struct ReportOptions: Sendable {
    /// Whether texts are shown.
    public var redaction: Redaction
    /// The documents' texts, if they are at hand; without them a report shows what the journal holds.
    public var sources: SourceTexts
    /// Whether the verdict `memorized` is a failure in formats that know failures (JUnit).
    public var memorizedFails: Bool

    /// Creates options.
    public init(
        redaction: Redaction = .none, sources: SourceTexts = .notLooked, memorizedFails: Bool = false
    ) {
        self.redaction = redaction
        self.sources = sources
        self.memorizedFails = memorizedFails
    }
}
