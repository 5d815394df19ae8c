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
