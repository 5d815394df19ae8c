/// Several scores of every document of two arms, some of which may be missing.
///
/// Higher or lower makes no difference: ``ScoreAggregate`` learns the direction of every feature.
public struct FeatureTable: Sendable, Hashable {
    /// The name of every feature, in the order of the rows' values.
    public let names: [String]
    /// One row per suspect document.
    public let suspect: [[Double?]]
    /// One row per control document.
    public let control: [[Double?]]
    /// What may be compared with what, for example documents with equally many windows.
    public let strata: DocumentStrata

    /// Checks and takes the table.
    ///
    /// - Parameters:
    ///   - names: The features' names, at least one.
    ///   - suspect: One row per suspect document, `nil` where a score is missing.
    ///   - control: One row per control document.
    ///   - strata: The stratum of every document, or `nil` for a single stratum.
    /// - Throws: ``StatisticsError`` for rows of the wrong length, values that are not finite or beyond ±10¹⁰⁰, empty
    ///   arms, or strata of the wrong length.
    public init(
        names: [String], suspect: [[Double?]], control: [[Double?]], strata: DocumentStrata? = nil
    ) throws(StatisticsError) {
        guard !names.isEmpty else { throw .sampleTooSmall(name: "features", count: 0, minimum: 1) }
        let strata =
            strata
            ?? DocumentStrata(
                suspect: Array(repeating: 0, count: suspect.count), control: Array(repeating: 0, count: control.count))
        for (name, rows, numbers) in [
            ("suspect documents", suspect, strata.suspect), ("control documents", control, strata.control),
        ] {
            guard !rows.isEmpty else { throw .sampleTooSmall(name: name, count: 0, minimum: 1) }
            guard rows.count == numbers.count else {
                throw .lengthMismatch(name: name, count: rows.count, other: "their strata", otherCount: numbers.count)
            }
            for row in rows {
                guard row.count == names.count else {
                    throw .lengthMismatch(
                        name: "a row of the \(name)", count: row.count, other: "the features", otherCount: names.count)
                }
                // Squares of larger numbers leave the range of `Double`.
                for case .some(let value) in row where !(abs(value) <= 1e100) {
                    throw .outOfRange(name: "score", value: value, requirement: "finite and within ±1e100")
                }
            }
        }
        self.names = names
        self.suspect = suspect
        self.control = control
        self.strata = strata
    }
}
