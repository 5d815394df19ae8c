import Audit
import Statistics

/// What came of one experiment in one way of making it.
struct PowerResult {
    /// The experiment.
    let design: PowerDesign
    /// Whether the run could end early.
    let stopping: Stopping
    /// Simulated runs.
    let runs: Int
    /// Runs called guilty.
    let found: Int
    /// Share of the runs that ended before the last document.
    let endedEarly: Double
    /// Mean number of documents sent, both arms together.
    let meanDocuments: Double
    /// 95 % interval of the power.
    let interval: ConfidenceInterval
    /// What `rote plan` says about the power.
    let forecastPower: Double
    /// Standard error of ``forecastPower``; 0 where it is exact.
    let forecastError: Double
    /// What `rote plan` says about the number of documents.
    let forecastDocuments: Double

    /// Share of the runs that were called guilty.
    var power: Double { Double(found) / Double(runs) }

    init(
        design: PowerDesign, stopping: Stopping, runs: Int, found: Int, early: Int, documents: Int, seed: UInt64
    ) throws(StatisticsError) {
        self.design = design
        self.stopping = stopping
        self.runs = runs
        self.found = found
        endedEarly = Double(early) / Double(runs)
        meanDocuments = Double(documents) / Double(runs)
        interval = try clopperPearson(Proportion(hits: Int64(found), trials: Int64(runs)))
        let scenario = design.scenario
        let forecast = try PowerForecaster(
            HybridDesign(
                level: PowerGrid.level, suspectDocuments: Int64(scenario.suspects),
                controlDocuments: Int64(scenario.controls))
        ).forecast(
            TrueRates(suspect: scenario.suspectRate, control: scenario.controlRate), replicates: 10_000, seed: seed)
        switch stopping {
        case .early:
            forecastPower = forecast.hybridPower.value
            forecastError = forecast.hybridPower.standardError
            forecastDocuments = forecast.expectedDocuments
        case .never:
            forecastPower = forecast.fixedPower
            forecastError = 0
            forecastDocuments = Double(scenario.suspects + scenario.controls)
        }
    }

    /// How far the power is from its forecast, in standard errors of the difference.
    var surprise: Double {
        let count = Double(runs)
        // One run more or less is no surprise where the forecast leaves nothing to chance.
        let variance = forecastPower * (1 - forecastPower) / count + 1 / (count * count)
        return abs(power - forecastPower) / (variance + forecastError * forecastError).squareRoot()
    }

    static let columns = [
        "control_rate", "suspect_rate", "stopping", "documents_per_arm", "size", "runs", "guilty", "power", "lower_95",
        "upper_95", "mean_documents", "ended_early", "forecast_power", "forecast_documents",
    ]

    var cells: [String] {
        let scenario = design.scenario
        return [
            "\(scenario.controlRate)", "\(scenario.suspectRate)", stopping.rawValue, "\(scenario.suspects)",
            design.size.rawValue, "\(runs)", "\(found)", Table.share(power), Table.share(interval.lower),
            Table.share(interval.upper), Table.number(meanDocuments), Table.share(endedEarly),
            Table.share(forecastPower), Table.number(forecastDocuments),
        ]
    }

    static let heading =
        Table.padded("control", 9) + Table.padded("suspect", 9) + Table.padded("ends", 7) + Table.padded("per arm", 9)
        + Table.padded("size", 32) + Table.padded("power", 9) + Table.padded("documents", 11)
        + Table.padded("ended early", 13) + "forecast"

    var line: String {
        let scenario = design.scenario
        return Table.padded("\(scenario.controlRate)", 9) + Table.padded("\(scenario.suspectRate)", 9)
            + Table.padded(stopping.rawValue, 7) + Table.padded("\(scenario.suspects)", 9)
            + Table.padded(design.size.rawValue, 32) + Table.padded(Table.share(power), 9)
            + Table.padded(Table.number(meanDocuments), 11) + Table.padded(Table.share(endedEarly), 13)
            + "\(Table.share(forecastPower)) with \(Table.number(forecastDocuments))"
    }
}
