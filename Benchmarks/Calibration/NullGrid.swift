/// The settings in which the arms are exchangeable.
enum NullGrid {
    /// Every rate, number of windows and correlation, then what may go wrong besides.
    static let scenarios: [Scenario] = grid + complications + [wrongOnPurpose] + surpluses

    private static let grid = [0.001, 0.01, 0.05].flatMap { rate in
        [1, 8, 20].flatMap { windows in
            [0, 0.2, 0.5].map { Scenario.null(rate, windows: windows, correlation: $0) }
        }
    }

    private static let complications: [Scenario] = [0.01, 0.05].flatMap { rate in
        [
            named("prefix chosen on the learning fold", .null(rate)) { $0.selection = .learningFold },
            named("drift 1", .null(rate)) { $0.drift = 1 },
            named("replies missing at random", .null(rate)) { $0.missing = .independent(0.05) },
            named("replies missing at random", .null(rate, windows: 1)) { $0.missing = .independent(0.05) },
            named("hits filtered out", .null(rate)) { $0.missing = .outcome(hit: 0.5, miss: 0.02) },
            named("90 suspects, 30 controls", .null(rate)) { ($0.suspects, $0.controls) = (90, 30) },
            named("30 suspects, 90 controls", .null(rate)) { ($0.suspects, $0.controls) = (30, 90) },
            named("unequal windows", .null(rate)) { $0.windows = .upTo(8) },
            named("unequal windows, drift 1, hits filtered out, prefix chosen", .null(rate)) {
                $0.windows = .upTo(4)
                $0.drift = 1
                $0.missing = .outcome(hit: 0.5, miss: 0.02)
                $0.selection = .learningFold
            },
        ]
    }

    private static let wrongOnPurpose = named(
        "prefix chosen on the tested documents", .null(0.01, correlation: 0)
    ) {
        $0.selection = .testedDocuments
        $0.claim = .exceeds
    }

    // Documents without a partner must come as early as the others: what drifts would look like the arm.
    private static let surpluses = [(90, 30), (30, 90)].flatMap { suspects, controls in
        [0.01, 0.1, 1].map { drift in
            named("drift \(drift), \(suspects) suspects, \(controls) controls", .null(0.05)) {
                ($0.suspects, $0.controls, $0.drift) = (suspects, controls, drift)
            }
        }
    }

    private static func named(_ name: String, _ base: Scenario, change: (inout Scenario) -> Void) -> Scenario {
        var scenario = base
        scenario.name = name
        change(&scenario)
        return scenario
    }
}
