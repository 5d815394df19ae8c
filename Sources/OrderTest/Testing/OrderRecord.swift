import Audit

/// What a test's run directory holds.
public struct OrderRecord: Sendable {
    /// The run directory.
    public let directory: String
    /// The first record.
    public let header: OrderRunHeader
    /// What was seen so far.
    public let sightings: OrderSightings
    /// Whether a verdict is written after the last observation.
    public let hasVerdict: Bool
    /// The chain of the last line, which names the whole journal.
    public let chain: String

    /// Reads and verifies a run directory.
    ///
    /// - Parameter directory: The run directory.
    /// - Throws: `JournalError`, or ``OrderTestError/foreignJournal(path:detail:)`` when the journal is not one of such a
    ///   test.
    public init(directory: String) throws {
        var reading = Reading(directory: directory)
        let extent = try JournalReader(directory: directory).read { try reading.take($0) }
        guard let header = reading.header, let sightings = reading.sightings else {
            throw OrderTestError.foreignJournal(path: directory, detail: "the journal is empty")
        }
        self.directory = directory
        self.header = header
        self.sightings = sightings
        hasVerdict = reading.hasVerdict
        chain = extent.lastChain
    }

    /// The verdict on what was seen so far; a shard with anything missing says nothing.
    ///
    /// Only the verdict of a test that was carried through has the stated error rate; before that it is `inconclusive`.
    ///
    /// - Throws: ``OrderTestError/statistics(_:)``.
    public func verdict() throws(OrderTestError) -> OrderVerdict { try OrderVerdict(header, sightings) }

    /// A journal being read.
    struct Reading {
        let directory: String
        var header: OrderRunHeader?
        var sightings: OrderSightings?
        var hasVerdict = false

        init(directory: String) { self.directory = directory }

        mutating func take(_ line: JournalLine) throws {
            guard (line.kind == OrderRunHeader.kind) == (line.sequence == 1) else {
                throw foreign("line \(line.sequence) is of the kind \"\(line.kind)\" and not in its place")
            }
            switch line.kind {
            case OrderRunHeader.kind:
                let header = try line.decode(OrderRunHeader.self)
                guard header.plan.version == OrderTestPlan.currentVersion else {
                    throw foreign(
                        "the test was begun by procedure version \(header.plan.version), this program follows version "
                            + "\(OrderTestPlan.currentVersion)")
                }
                guard header.isWhole else { throw foreign("line 1 names shards that are not those of its plan") }
                self.header = header
                sightings = OrderSightings(shards: header.shards.count, places: header.plan.places)
            case OrderObservation.kind:
                hasVerdict = false
                let observation = try line.decode(OrderObservation.self)
                guard sightings?.take(observation) == true else {
                    throw foreign("line \(line.sequence) is about a question that the plan does not have")
                }
            case OrderVerdictRecord.kind: hasVerdict = true
            case OrderResume.kind: break
            default: throw foreign("line \(line.sequence) is of the unknown kind \"\(line.kind)\"")
            }
        }

        private func foreign(_ detail: String) -> OrderTestError { .foreignJournal(path: directory, detail: detail) }
    }
}
