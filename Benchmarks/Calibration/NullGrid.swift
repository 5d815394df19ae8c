/// The settings in which the arms are exchangeable.
enum NullGrid {
    /// Every rate, number of windows and correlation, then what may go wrong besides.
    static let scenarios: [Scenario] = grid + specials

    private static let grid = [0.001, 0.01, 0.05].flatMap { rate in
        [1, 8, 20].flatMap { windows in
            [0, 0.2, 0.5].map { Scenario.null(rate, windows: windows, correlation: $0) }
        }
    }

    private static let specials: [Scenario] =
        [0.01, 0.05].flatMap { rate in
            [
                named("prefix chosen on the learning fold", .null(rate)) { $0.selection = .learningFold },
                named("drift", .null(rate)) { $0.drifts = true },
                named("replies missing at random", .null(rate)) { $0.missing = .independent(0.05) },
                named("replies missing at random", .null(rate, windows: 1)) { $0.missing = .independent(0.05) },
                named("hits filtered out", .null(rate)) { $0.missing = .outcome(hit: 0.5, miss: 0.02) },
                named("more suspects", .null(rate)) { ($0.suspects, $0.controls) = (90, 30) },
                named("more controls", .null(rate)) { ($0.suspects, $0.controls) = (30, 90) },
                named("unequal windows", .null(rate)) { $0.windows = .upTo(8) },
                named("all of it", .null(rate)) {
                    $0.windows = .upTo(4)
                    $0.drifts = true
                    $0.missing = .outcome(hit: 0.5, miss: 0.02)
                    $0.selection = .learningFold
                },
            ]
        } + [
            // Documents without a partner are sent last, and are all of one arm.
            named("drift and more suspects", .null(0.05)) {
                $0.drifts = true
                ($0.suspects, $0.controls) = (90, 30)
                $0.claim = .broken
            },
            named("drift and more controls", .null(0.05)) {
                $0.drifts = true
                ($0.suspects, $0.controls) = (30, 90)
                $0.claim = .broken
            },
            named("prefix chosen on the tested documents", .null(0.01)) {
                $0.selection = .testedDocuments
                $0.claim = .exceeds
            },
        ]

    private static func named(_ name: String, _ base: Scenario, change: (inout Scenario) -> Void) -> Scenario {
        var scenario = base
        scenario.name = name
        change(&scenario)
        return scenario
    }
}
