/// Medians over the seeds, and what they come to beside the goals.
struct SummaryTable {
    private let rows: [Measurement]

    init(_ rows: [Measurement]) { self.rows = rows }

    /// Two ways of eliciting whose medians are compared.
    private struct Goal {
        let way: String
        let rival: String
        /// The only fixture on which it is a goal; `nil` for all.
        var fixture: String?
        /// Whether requests are compared instead of extracted documents.
        var ofCalls = false
        /// The ratio that is hoped for: at least for documents, at most for requests.
        let ratio: Double
    }

    private static let goals = [
        Goal(way: "learned header", rival: "best curated prompt", ratio: 1.4),
        Goal(way: "learned header", rival: "bare prefix", fixture: "house-header", ratio: 3),
        Goal(way: "learned policy", rival: "learned header", fixture: "section-headers", ratio: 1.3),
        Goal(way: "learned prompt", rival: "best direct request", ratio: 1.4),
        Goal(way: "searched: learned header", rival: "searched: best of 24, 3 times", ratio: 1),
        Goal(way: "searched: learned header", rival: "searched: best of 24, 3 times", ofCalls: true, ratio: 0.2),
        Goal(way: "searched: learned header", rival: "searched: random tokens", ratio: 1),
        Goal(way: "searched: learned header", rival: "searched: random tokens", ofCalls: true, ratio: 0.2),
        Goal(
            way: "searched: best of 24, early stop, learned first", rival: "searched: best of 24, early stop",
            ofCalls: true, ratio: 0.2),
        Goal(
            way: "searched: random tokens, learned first", rival: "searched: random tokens", ofCalls: true, ratio: 0.2),
    ]

    var text: String {
        var text = "\nmedians over the seeds\n"
        var groups: [[Measurement]] = []
        var seen: Set<String> = []
        for row in rows where seen.insert("\(row.fixture)/\(row.way)/\(row.budget)").inserted {
            groups.append(rows.filter { $0.fixture == row.fixture && $0.way == row.way && $0.budget == row.budget })
        }
        for group in groups {
            guard let first = group.first else { continue }
            text +=
                [
                    first.fixture, first.way, "budget \(first.budget)", "seeds \(group.count)",
                    "documents \(Self.median(group.map(\.documents)))",
                    "extracted \(Self.median(group.map(\.extracted)))", "refused \(Self.median(group.map(\.refused)))",
                    "calls \(Self.median(group.map(\.calls)))", "with a prompt \(group.count { $0.prompt != "none" })",
                ].joined(separator: " | ") + "\n"
        }
        text += "\nratios of medians\n"
        for goal in Self.goals {
            for group in groups
            where group.first?.way == goal.way && [nil, group.first?.fixture].contains(goal.fixture) {
                for rival in groups
                where rival.first?.way == goal.rival && rival.first?.fixture == group.first?.fixture
                    && [0, group.first?.budget].contains(rival.first?.budget)
                {
                    text += Self.line(goal, group, rival)
                }
            }
        }
        return text
    }

    private static func line(_ goal: Goal, _ group: [Measurement], _ rival: [Measurement]) -> String {
        func value(_ rows: [Measurement]) -> Double { median(rows.map { goal.ofCalls ? $0.calls : $0.extracted }) }
        let (above, below) = (value(group), value(rival))
        let ratio = below > 0 ? above / below : .infinity
        let isMet = goal.ofCalls ? ratio <= goal.ratio : ratio >= goal.ratio
        let rounded = ratio.isFinite ? "\((ratio * 100).rounded() / 100)" : "without bound"
        return "\(group.first?.fixture ?? "") | budget \(group.first?.budget ?? 0) | \(goal.way) : \(goal.rival) | "
            + "\(goal.ofCalls ? "calls" : "extracted") \(above) : \(below) = \(rounded) | "
            + "goal \(goal.ofCalls ? "at most" : "at least") \(goal.ratio) | \(isMet ? "met" : "missed")\n"
    }

    private static func median(_ values: [Int]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
