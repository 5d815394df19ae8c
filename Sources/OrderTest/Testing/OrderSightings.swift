/// What was seen of every shard so far.
public struct OrderSightings: Sendable {
    /// Questions asked in all, with those that got no usable answer.
    public private(set) var asked: Set<OrderProbe> = []
    /// Questions that got no usable answer.
    public private(set) var failures = 0
    /// Why the last of them got none.
    public private(set) var lastFailure: String?
    /// Whether any score is the least that the server can represent.
    public private(set) var isCensored = false
    private let shards: Int
    private let places: Int
    private var scores: [OrderProbe: Double] = [:]

    /// Nothing seen yet.
    init(shards: Int, places: Int) {
        self.shards = shards
        self.places = places
    }

    /// Number of questions with a usable answer.
    public var answered: Int { scores.count }

    /// Takes an observation; the first answer to a question stays, a failure too.
    ///
    /// A failed question is not asked again: whoever could look at a verdict and then have it filled up would look twice.
    ///
    /// - Returns: `false` for an answer to a question that is not one of this test, or one that is no number.
    mutating func take(_ observation: OrderObservation) -> Bool {
        let probe = observation.probe
        guard (0..<shards).contains(probe.shard), (0..<places).contains(probe.place),
            (0..<places).contains(probe.mover)
        else { return false }
        if case .score(let ln, _, _) = observation.answer, !(abs(ln) <= Self.largestScore) { return false }
        guard asked.insert(probe).inserted else { return true }
        switch observation.answer {
        case .score(let ln, _, let censored):
            scores[probe] = ln
            if censored { isCensored = true }
        case .failed(let reason):
            failures += 1
            lastFailure = reason
        }
        return true
    }

    /// The scores of a shard, or `nil` when any is missing.
    func fit(ofShard shard: Int) -> [[Double]]? {
        var fit: [[Double]] = []
        for place in 0..<places {
            var row: [Double] = []
            for mover in 0..<places {
                var sum = 0.0
                for side in OrderProbe.Side.allCases {
                    let probe = OrderProbe(shard: shard, place: place, mover: mover, side: side)
                    guard let score = scores[probe] else { return nil }
                    sum += score
                }
                row.append(sum)
            }
            fit.append(row)
        }
        return fit
    }

    /// No sum of log-probabilities that a server can send is larger, in nats.
    private static let largestScore = 1e9
}
