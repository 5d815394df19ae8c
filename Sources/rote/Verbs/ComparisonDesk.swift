import Audit
import Comparison
import Corpus

/// The steps of an audit with a reference model: the same audit of the reference, beside the target's, and what the two
/// say together.
struct ComparisonDesk: Sendable {
    /// The audit of the target.
    let target: AuditDesk
    /// The way to the reference model.
    let access: ServerAccess

    /// Where the reference's run lies in the run directory of a target.
    static func referenceDirectory(in directory: String) -> String { "\(directory)/reference" }

    /// Audits the reference, or finishes that, and compares it with a finished audit of the target.
    ///
    /// - Parameter record: The target's finished run.
    /// - Throws: What an audit throws.
    func compare(with record: RunRecord) async throws -> ModelComparison {
        let directory = Self.referenceDirectory(in: target.directory)
        var options = target.options
        // The reference is the negative control of the target; it needs none itself.
        options.negativeControl = nil
        target.console.note("asking the reference model about the same documents")
        let desk = AuditDesk(
            suspect: target.suspect, control: target.control, options: options, learning: target.learning,
            access: access,
            directory: directory,
            serverLog: RunDirectory.serverLog(in: directory), console: target.console)
        let reference = try await desk.audit()
        return try ModelComparison(target: try ComparedRun(record), reference: try ComparedRun(reference))
    }
}
