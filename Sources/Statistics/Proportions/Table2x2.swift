/// Hits and misses of the suspect and of the control arm.
public struct Table2x2: Codable, Sendable, Hashable {
    /// The arm that may have been memorized.
    public let suspect: Proportion
    /// The held-out arm.
    public let control: Proportion

    /// Puts two arms side by side.
    public init(suspect: Proportion, control: Proportion) {
        self.suspect = suspect
        self.control = control
    }

    /// Takes the four cells of a table.
    ///
    /// - Throws: ``StatisticsError/impossibleCount(name:value:allowed:)`` when a cell is negative, an arm is empty, or an
    ///   arm exceeds ``Proportion/largestTrials``.
    public init(
        suspectHits: Int64, suspectMisses: Int64, controlHits: Int64, controlMisses: Int64
    ) throws(StatisticsError) {
        let cells = [
            ("suspect hits", suspectHits), ("suspect misses", suspectMisses), ("control hits", controlHits),
            ("control misses", controlMisses),
        ]
        for (name, value) in cells where !(0...Proportion.largestTrials).contains(value) {
            throw .impossibleCount(name: name, value: value, allowed: 0...Proportion.largestTrials)
        }
        suspect = try Proportion(hits: suspectHits, trials: suspectHits + suspectMisses)
        control = try Proportion(hits: controlHits, trials: controlHits + controlMisses)
    }

    /// The number of units in both arms.
    var units: Int64 { suspect.trials + control.trials }
    /// The number of hits in both arms.
    var hits: Int64 { suspect.hits + control.hits }

    /// The distribution of the suspect hits when both arms have the same rate and all margins are fixed.
    var conditional: HypergeometricDistribution {
        HypergeometricDistribution(drawn: suspect.trials, marked: hits, population: units)
    }

    /// The same table with the arms' names exchanged.
    public var swapped: Table2x2 { Table2x2(suspect: control, control: suspect) }
}
