import Foundation

/// Measures the verdict against outcomes whose truth is known: no server, no text, the decision's own code.
///
///     calibration null  [--runs N] [--seed S] [--out DIR] [--compared N] [--source TEXT]
///     calibration power [--runs N] [--seed S] [--out DIR] [--compared N] [--source TEXT]
///
/// `null` measures how often an innocent model is called guilty, `power` how often, and how soon, a guilty one is. Exit
/// status 1 when something does not hold, 2 when nothing could be measured, 64 for a command line that means nothing.
@main
enum Calibration {
    static func main() {
        do {
            let (measurement, options) = try CalibrationOptions.parse(Array(CommandLine.arguments.dropFirst()))
            try Table.prepare(options.out)
            let holds =
                switch measurement {
                case .null: try NullMeasurement(options).run()
                case .power: try PowerMeasurement(options).run()
                }
            exit(holds ? 0 : 1)
        } catch CalibrationError.usage(let reason) {
            report(reason)
            report(CalibrationOptions.usage)
            exit(64)
        } catch {
            report("\(error)")
            exit(2)
        }
    }
}
