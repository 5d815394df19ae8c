import Corpus
import Reports

/// What a report of a measurement may hold.
public struct MeasurementReportOptions: Sendable {
    /// Whether texts are shown.
    public var redaction: Redaction
    /// The documents' texts as they were read, if they are at hand; without them a report shows what the journals hold.
    public var texts: [ArmedDocument: String]

    /// Creates options.
    public init(redaction: Redaction = .none, texts: [ArmedDocument: String] = [:]) {
        self.redaction = redaction
        self.texts = texts
    }
}
