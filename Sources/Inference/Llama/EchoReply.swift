/// The fields of a `/v1/completions` reply that prompt log-probabilities are read from.
struct EchoReply: Decodable {
    struct Choice: Decodable { let logprobs: Logprobs? }
    struct Logprobs: Decodable {
        let token_logprobs: [Double?]?
        let top_logprobs: [[String: Double]?]?
    }
    let choices: [Choice]

    /// The prompt's part of the reply, or `nil` when the server did not really echo.
    ///
    /// Servers that ignore `echo` answer with the generated token's row alone, or with zeros for the prompt; both
    /// would pass for scores if they were not checked.
    func echoed(promptCount: Int) -> [EchoedToken]? {
        guard let logprobs = choices.first?.logprobs, let values = logprobs.token_logprobs,
            values.count >= promptCount, promptCount > 1, values[0] == nil
        else { return nil }
        let tops = logprobs.top_logprobs ?? []
        var echoed: [EchoedToken] = []
        for position in 0..<promptCount {
            guard let ln = values[position] else {
                if position > 0 { return nil }
                echoed.append(EchoedToken(ln: nil, isGreedy: false))
                continue
            }
            // Without the best alternative nobody can tell what greedy decoding would have chosen.
            guard position < tops.count, let best = tops[position]?.values.max() else { return nil }
            echoed.append(EchoedToken(ln: ln, isGreedy: ln >= best))
        }
        let scored = echoed.compactMap(\.ln)
        // -9999 is what some servers print for "unknown"; all zeros is what others print for "not computed".
        guard scored.contains(where: { $0 != 0 }), !scored.contains(-9999) else { return nil }
        return echoed
    }
}
