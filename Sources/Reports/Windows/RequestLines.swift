import Audit
import Inference

/// The shell lines that repeat requests: what stands before and after the prompt, once per server.
struct RequestLines {
    private let after: String
    private(set) var lines: [[String]] = []
    private var numbers: [String: Int] = [:]

    init(plan: AuditPlan) {
        // The body of an empty prompt begins {"prompt":[ and goes on after the ids.
        let empty = GreedyRequest.emptyBody(plan)
        after = String(decoding: empty.dropFirst(GreedyRequest.beforePrompt.count), as: UTF8.self)
    }

    mutating func number(for observation: Observation, _ request: GreedyRequest) -> Int {
        if let number = numbers[observation.server] { return number }
        let number = lines.count
        numbers[observation.server] = number
        let url = observation.server + GreedyRequest.path
        lines.append([
            visible(ShellWords.line(["curl", "-sS", url, "-H", "Content-Type: application/json", "--data-binary"]))
                + " '",
            String(decoding: GreedyRequest.beforePrompt, as: UTF8.self), after + "'",
        ])
        return number
    }
}
