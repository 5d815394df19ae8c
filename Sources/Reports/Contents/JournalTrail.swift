import Audit

/// What a run's journal says about itself: how far it reaches, its last hash, and when the run was continued.
struct JournalTrail: Sendable {
    /// A continuation of a run that had stopped, with the servers as they were found then.
    struct Continuation: Decodable, Sendable {
        let startedAt: String
        let servers: [ServerRecord]
    }

    /// Where an observation stands in the journal.
    struct ObservationLine: Sendable {
        /// The line's number, from 1.
        let sequence: Int
        /// The hash that ends at the line.
        let chain: String
    }

    /// The kinds of record that are read here, as they stand in the journal.
    private enum Kind {
        static let observation = "observation"
        static let continuation = "resume"
    }

    /// The number of verified lines and bytes, the last hash, and what follows.
    let extent: JournalExtent
    /// The lines of the observations, in their order.
    let observationLines: [ObservationLine]
    /// The continuations, in their order.
    let continuations: [Continuation]

    /// Reads and verifies the journal that a record was read from.
    ///
    /// - Throws: ``ReportError``: `journalUnreadable`, or `journalChanged` when the last hash would vouch for other
    ///   observations than those of the record.
    init(_ record: RunRecord) throws(ReportError) {
        var observations: [ObservationLine] = []
        var continuations: [Continuation] = []
        do {
            extent = try JournalReader(directory: record.directory).read { line in
                switch line.kind {
                case Kind.observation: observations.append(ObservationLine(sequence: line.sequence, chain: line.chain))
                case Kind.continuation: continuations.append(try line.decode(Continuation.self))
                default: break
                }
            }
        } catch {
            throw .journalUnreadable(directory: record.directory, reason: "\(error)")
        }
        guard observations.count == record.observations.count else {
            throw .journalChanged(
                directory: record.directory, analyzed: record.observations.count, found: observations.count)
        }
        observationLines = observations
        self.continuations = continuations
    }

    /// Whether an incomplete line follows the verified ones.
    var isTorn: Bool {
        if case .tornTail = extent.ending { true } else { false }
    }
}
