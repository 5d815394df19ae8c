/// What the command line says.
struct BenchmarkOptions: Sendable {
    var fixtures: [String] = []
    /// A model file to use instead of the fixtures' own.
    var model: String?
    var prompts = "Prompts"
    var seeds = 5
    /// Requests that one learning may make; each is measured.
    var budgets = [500, 2000]
    /// Held-out documents that are searched one by one; 0 leaves these searches out.
    var searched = 40
    /// Most requests of the random search for one document.
    var randomCalls = 300
    var slots = 16
    var output: String?
    /// Whether every candidate that was tried is printed.
    var isVerbose = false

    static let usage = """
        usage: prefix-benchmark [--seeds 5] [--budgets 500,2000] [--searched 40] [--random-calls 300] [--slots 16]
                                [--prompts Prompts] [--model FILE] [--output FILE.csv] [--verbose] FIXTURE...
        """

    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--seeds": seeds = try Self.number(argument, &rest, in: 1...1000)
            case "--budgets":
                budgets = try Self.value(argument, &rest).split(separator: ",").compactMap { Int($0) }
                guard !budgets.isEmpty, budgets.allSatisfy({ (1...10_000_000).contains($0) }) else {
                    throw UsageError(reason: "--budgets takes numbers of requests, separated by commas")
                }
            case "--searched": searched = try Self.number(argument, &rest, in: 0...100_000)
            case "--random-calls": randomCalls = try Self.number(argument, &rest, in: 1...10_000_000)
            case "--slots": slots = try Self.number(argument, &rest, in: 1...256)
            case "--prompts": prompts = try Self.value(argument, &rest)
            case "--model": model = try Self.value(argument, &rest)
            case "--output": output = try Self.value(argument, &rest)
            case "--verbose": isVerbose = true
            default:
                guard !argument.hasPrefix("--") else { throw UsageError(reason: "unknown option \(argument)") }
                fixtures.append(argument)
            }
        }
        guard !fixtures.isEmpty else { throw UsageError(reason: "no fixture is named") }
    }

    private static func value(_ option: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> String {
        guard let value = rest.popFirst() else { throw UsageError(reason: "\(option) needs a value") }
        return value
    }

    private static func number(
        _ option: String, _ rest: inout ArraySlice<String>, in range: ClosedRange<Int>
    ) throws(UsageError) -> Int {
        guard let number = Int(try value(option, &rest)), range.contains(number) else {
            throw UsageError(reason: "\(option) takes a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// What is wrong with the command line.
struct UsageError: Error {
    let reason: String
}
