import Audit

/// What a test's run directory holds.
public struct CanaryRecord: Sendable {
    /// The run directory.
    public let directory: String
    /// The first record.
    public let header: CanaryRunHeader
    /// What was seen so far.
    public let sightings: CanarySightings
    /// Whether a verdict is written after the last observation.
    public let hasVerdict: Bool
    /// The chain of the last line, which names the whole journal.
    public let chain: String
    private let canaries: CanarySet

    /// Reads and verifies a run directory.
    ///
    /// - Parameters:
    ///   - directory: The run directory.
    ///   - secretFile: The secret file of the test.
    /// - Throws: `JournalError`, or ``CanaryError`` when the journal is not one of a test of these canaries.
    public init(directory: String, secretFile: SecretFile) throws {
        var reading = Reading(directory: directory, canaries: secretFile.canaries)
        let extent = try JournalReader(directory: directory).read { try reading.take($0) }
        guard let header = reading.header else {
            throw CanaryError.foreignJournal(path: directory, detail: "the journal is empty")
        }
        guard header.plan.commitment == secretFile.commitment else {
            throw CanaryError.planChanged(
                directory: directory,
                differences: ["commitment: \(header.plan.commitment) → \(secretFile.commitment)"])
        }
        self.directory = directory
        self.header = header
        canaries = secretFile.canaries
        sightings = reading.sightings
        hasVerdict = reading.hasVerdict
        chain = extent.lastChain
    }

    /// The verdict on what was seen so far; what is missing counts against it.
    ///
    /// - Throws: ``CanaryError``.
    /// - Complexity: O(*canaries*² × *siblings*) for the exact test on ranks.
    public func verdict() throws(CanaryError) -> CanaryVerdict {
        try CanaryVerdict(canaries, sightings, levels: CanaryLevels(alpha: header.plan.alpha))
    }

    /// A journal being read.
    struct Reading {
        let directory: String
        var header: CanaryRunHeader?
        var sightings: CanarySightings
        var hasVerdict = false

        init(directory: String, canaries: CanarySet) {
            self.directory = directory
            sightings = CanarySightings(canaries.design)
        }

        mutating func take(_ line: JournalLine) throws {
            guard (line.kind == CanaryRunHeader.kind) == (line.sequence == 1) else {
                throw foreign("line \(line.sequence) is of the kind \"\(line.kind)\" and not in its place")
            }
            switch line.kind {
            case CanaryRunHeader.kind:
                let header = try line.decode(CanaryRunHeader.self)
                guard header.plan.version == CanaryTestPlan.currentVersion else {
                    throw foreign(
                        "the test was begun by procedure version \(header.plan.version), this program follows version "
                            + "\(CanaryTestPlan.currentVersion)")
                }
                self.header = header
            case CanaryObservation.kind:
                hasVerdict = false
                let observation = try line.decode(CanaryObservation.self)
                guard sightings.take(observation) else {
                    throw foreign("line \(line.sequence) is about a sibling that the secret file does not have")
                }
            case CanaryVerdictRecord.kind: hasVerdict = true
            case CanaryResume.kind: break
            default: throw foreign("line \(line.sequence) is of the unknown kind \"\(line.kind)\"")
            }
        }

        private func foreign(_ detail: String) -> CanaryError { .foreignJournal(path: directory, detail: detail) }
    }
}
