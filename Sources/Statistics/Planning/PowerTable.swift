/// What a design can detect: its power and cost over a grid of alternatives, and at the rates somebody asks about.
///
/// A row says, for example, that 200 + 200 documents at level .005 detect 1 % against 10 % with probability .93, and that
/// 136 + 136 documents are sent on average until the decision.
public struct PowerTable: Codable, Sendable, Hashable {
    /// What is planned.
    public let design: HybridDesign
    /// The rows: the rates that were asked for, in their order, then those of ``standardGrid`` that were not.
    public let rows: [PowerForecast]

    /// Suspect rates of 1, 2, 5, 10, 20 and 40 % against control rates of 0, .1 and 1 %, where the suspect rate is higher.
    public static let standardGrid: [TrueRates] = [0, 0.001, 0.01].flatMap { control in
        [0.01, 0.02, 0.05, 0.1, 0.2, 0.4].filter { $0 > control }.map {
            TrueRates(checkedSuspect: $0, control: control)
        }
    }

    /// Computes the table.
    ///
    /// - Parameters:
    ///   - design: What is planned.
    ///   - rates: The rates of interest, before the standard grid.
    ///   - includesStandardGrid: Whether the rows of ``standardGrid`` follow.
    ///   - replicates: How many runs are simulated per row, 100 … 1,000,000.
    ///   - seed: The seed of the simulation; the same seed gives the same table.
    /// - Throws: ``StatisticsError`` as ``PowerForecaster`` does.
    /// - Complexity: Two rejection regions and one simulation per row: about .03 s for 240 + 240 documents, .2 s for
    ///   2000 + 2000.
    public init(
        _ design: HybridDesign, rates: [TrueRates] = [], includesStandardGrid: Bool = true, replicates: Int = 2000,
        seed: UInt64
    ) throws(StatisticsError) {
        let forecaster = try PowerForecaster(design)
        var rows: [PowerForecast] = []
        var seen: Set<TrueRates> = []
        for alternative in rates + (includesStandardGrid ? Self.standardGrid : [])
        where seen.insert(alternative).inserted {
            rows.append(try forecaster.forecast(alternative, replicates: replicates, seed: seed))
        }
        self.design = design
        self.rows = rows
    }
}
