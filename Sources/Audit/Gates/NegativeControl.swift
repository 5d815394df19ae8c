import Corpus

/// A finished run of the same documents against a model that cannot have seen them, which must not be called memorized.
public struct NegativeControl: Codable, Hashable, Sendable {
    /// Its run directory, as it was given.
    public let run: String
    /// The hash that ends at its journal's last line.
    public let chain: String
    /// The model that was asked.
    public let model: String
    /// What was found.
    public let answer: Verdict.Answer
    /// SHA-256 over the suspect documents.
    public let suspect: String
    /// SHA-256 over the control documents, if there were any.
    public let control: String?

    init(run: String, chain: String, model: String, answer: Verdict.Answer, suspect: String, control: String?) {
        self.run = run
        self.chain = chain
        self.model = model
        self.answer = answer
        self.suspect = suspect
        self.control = control
    }

    /// Reads and judges a run again.
    ///
    /// - Parameter directory: Its run directory.
    /// - Throws: ``JournalError`` or ``AuditError`` when it cannot be read or analysed.
    public init(directory: String) throws {
        let record = try RunRecord(directory: directory)
        let plan = record.header.plan
        run = directory
        chain = record.chain
        model = plan.model
        answer = try Analysis(record).summary.decision.verdict.answer
        suspect = plan.suspect.sha256
        control = plan.control?.sha256
    }
}
