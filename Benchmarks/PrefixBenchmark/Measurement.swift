import Foundation

/// One way of eliciting the held-out documents of a fixture, with one seed.
struct Measurement: Sendable {
    let fixture: String
    let way: String
    let budget: Int
    let seed: UInt64
    let documents: Int
    let extracted: Int
    let refused: Int
    /// Requests to the model, those of learning included.
    let calls: Int
    /// Requests of learning.
    let learningCalls: Int
    /// What was put around the prefixes, for people.
    let prompt: String

    /// One line for the terminal.
    var line: String {
        "\(fixture) | seed \(seed) | \(way) | budget \(budget) | \(extracted) of \(documents) | refused \(refused) | "
            + "\(calls) calls | \(prompt)"
    }

    private var cells: [String] {
        [
            fixture, way, "\(budget)", "\(seed)", "\(documents)", "\(extracted)", "\(refused)", "\(calls)",
            "\(learningCalls)", prompt,
        ]
    }

    /// All measurements as CSV (RFC 4180).
    static func csv(_ rows: [Measurement]) -> String {
        let header = [
            "fixture", "way", "budget", "seed", "documents", "extracted", "refused", "calls",
            "learning_calls", "prompt",
        ]
        let lines = [header] + rows.map(\.cells)
        return lines.map { line in
            line.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
        }.joined()
    }
}

/// Medians over the seeds.
struct SummaryTable {
    private let rows: [Measurement]

    init(_ rows: [Measurement]) { self.rows = rows }

    var text: String {
        var text = "\nmedians over the seeds\n"
        var seen: Set<String> = []
        for row in rows where seen.insert("\(row.fixture)/\(row.way)/\(row.budget)").inserted {
            let same = rows.filter { $0.fixture == row.fixture && $0.way == row.way && $0.budget == row.budget }
            let learned = same.count { !$0.prompt.isEmpty && $0.prompt != "none" }
            text +=
                [
                    row.fixture, row.way, "budget \(row.budget)", "seeds \(same.count)",
                    "documents \(Self.median(same.map(\.documents)))",
                    "extracted \(Self.median(same.map(\.extracted)))", "refused \(Self.median(same.map(\.refused)))",
                    "calls \(Self.median(same.map(\.calls)))", "with a prompt \(learned)",
                ].joined(separator: " | ") + "\n"
        }
        return text
    }

    static func median(_ values: [Int]) -> String {
        guard !values.isEmpty else { return "-" }
        let sorted = values.sorted()
        let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        return (low + high).isMultiple(of: 2) ? "\((low + high) / 2)" : "\((low + high) / 2).5"
    }
}
