import Audit
import Corpus

/// A run as one canonical JSON object: the verdict event with one entry per document.
struct JSONReport: Encodable {
    private let event: VerdictEvent
    private let documents: [DocumentRow]
    private let directory: String
    private let redaction: Redaction

    init(_ analysis: Analysis, redaction: Redaction = .none) {
        let summary = analysis.summary
        directory = analysis.record.directory
        event = VerdictEvent(analysis)
        self.redaction = redaction
        documents =
            analysis.outcomes
            .sorted { left, right in
                left.arm == right.arm ? left.document < right.document : left.arm == .suspect
            }
            .map { DocumentRow(outcome: $0, isScored: summary.plan.staging != .generationOnly, redaction: redaction) }
    }

    /// The object on one line that ends with a line feed.
    ///
    /// - Throws: ``ReportError/notEncodable(directory:reason:)``.
    func text() throws(ReportError) -> String {
        do {
            return String(decoding: try CanonicalJSON.encode(self), as: UTF8.self) + "\n"
        } catch {
            throw .notEncodable(directory: directory, reason: error)
        }
    }

    private enum CodingKeys: String, CodingKey { case documents, groups }

    /// Writes the keys of the event and `documents` into one object.
    func encode(to encoder: any Encoder) throws {
        try event.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(documents, forKey: .documents)
        // The values of a metadata field are texts of others; the last of two equal keys counts.
        if redaction.isActive { try container.encode([String](), forKey: .groups) }
    }
}

/// What is told of one document; absent values are `null`, never missing.
private struct DocumentRow: Encodable {
    let outcome: DocumentOutcome
    let isScored: Bool
    let redaction: Redaction

    private enum CodingKeys: String, CodingKey {
        case arm, id, windows, failures, reproduced, extractable, longestRun, meanLn, fields
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.arm, forKey: .arm)
        try container.encode(redaction.name(outcome.document), forKey: .id)
        try container.encode(outcome.windows, forKey: .windows)
        try container.encode(outcome.failures, forKey: .failures)
        try container.encode(outcome.reproduced, forKey: .reproduced)
        try container.encode(isScored ? outcome.extractable : nil, forKey: .extractable)
        try container.encode(outcome.longestRun, forKey: .longestRun)
        try container.encode(outcome.meanLn, forKey: .meanLn)
        try container.encode(redaction.fields(outcome.fields), forKey: .fields)
    }
}
