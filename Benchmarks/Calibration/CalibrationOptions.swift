/// What is measured.
enum Measurement: String {
    /// How often an innocent model is called guilty.
    case null
    /// How often, and how soon, a guilty model is.
    case power
}

/// What both measurements can be told.
struct CalibrationOptions {
    /// Simulated runs per setting.
    var runs = 10_000
    /// Seed of all random choices.
    var seed: UInt64 = 1
    /// Folder for the table.
    var out = "Benchmarks/results"
    /// Runs per setting in which every verdict is also made by the decision itself, and compared.
    var compared = 500
    /// The state of the sources, for the table's first lines.
    var source = "not stated"

    static let usage =
        "usage: calibration null|power [--runs N] [--seed S] [--out DIR] [--compared N] [--source TEXT]"

    /// Reads a command line without the program's name.
    ///
    /// - Throws: ``CalibrationError/usage(_:)``.
    static func parse(_ arguments: [String]) throws(CalibrationError) -> (Measurement, CalibrationOptions) {
        guard let measurement = arguments.first.flatMap(Measurement.init(rawValue:)) else {
            throw .usage("say what to measure: null or power")
        }
        var options = CalibrationOptions()
        var rest = arguments.dropFirst()
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw .usage("\(name) needs a value") }
            switch name {
            case "--runs": options.runs = try number(value, name, 1...1_000_000)
            case "--compared": options.compared = try number(value, name, 0...1_000_000)
            case "--seed":
                guard let seed = UInt64(value) else { throw .usage("--seed: \(value) is not a whole number from 0 on") }
                options.seed = seed
            case "--out": options.out = value
            case "--source":
                guard !value.contains(where: \.isNewline) else { throw .usage("--source: give one line") }
                options.source = value
            default: throw .usage("\(name) is not an option")
            }
        }
        return (measurement, options)
    }

    private static func number(
        _ text: String, _ name: String, _ range: ClosedRange<Int>
    ) throws(CalibrationError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw .usage("\(name): \(text) is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
