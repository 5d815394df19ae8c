import Randomness

/// One question to the model, how probable the beginning of one document is after the end of another.
public struct OrderProbe: Sendable, Hashable, Codable {
    /// Which of the two neighbours of a mover is asked about.
    public enum Side: String, Sendable, Hashable, Codable, CaseIterable {
        /// The mover's beginning after the anchor in front of the place.
        case before
        /// The beginning of the anchor behind the place after the mover.
        case after
    }

    /// The number of the shard among those that are tested.
    public let shard: Int
    /// The place between two anchors.
    public let place: Int
    /// The number of the mover that is put there.
    public let mover: Int
    /// The neighbour.
    public let side: Side

    /// The documents of the question: whose end is given, and whose beginning is scored.
    func documents(_ shards: [ShardLayout]) -> (end: Int, beginning: Int) {
        let layout = shards[shard]
        return switch side {
        case .before: (layout.anchors[place], layout.movers[mover])
        case .after: (layout.movers[mover], layout.anchors[place + 1])
        }
    }

    /// All questions of a test in a random order.
    ///
    /// Movers have numbers that tell nothing of the published order, so neither does the order of the questions.
    static func all(shards: Int, places: Int, seed: UInt64) -> [OrderProbe] {
        var probes: [OrderProbe] = []
        for shard in 0..<shards {
            for place in 0..<places {
                for mover in 0..<places {
                    for side in Side.allCases {
                        probes.append(OrderProbe(shard: shard, place: place, mover: mover, side: side))
                    }
                }
            }
        }
        var generator = SeededGenerator(seed: seed, stream: "order-questions")
        probes.shuffle(with: &generator)
        return probes
    }
}

/// What came back.
public enum OrderAnswer: Sendable, Hashable, Codable {
    /// The log-probability of the beginning, in nats, and the number of tokens that were forced for it.
    ///
    /// `censored` tells that a token was less probable than the server can represent and counts as the least that it can.
    case score(ln: Double, tokens: Int, censored: Bool)
    /// No usable answer.
    case failed(String)
}

/// A question with its answer: the journal's record.
public struct OrderObservation: Sendable, Hashable, Codable {
    /// The journal's kind for this record.
    static let kind = "order-observation"

    /// What was asked.
    public let probe: OrderProbe
    /// What came back.
    public let answer: OrderAnswer
    /// The server that answered, or nothing where that does not matter.
    public let server: String

    /// Puts a record together.
    public init(probe: OrderProbe, answer: OrderAnswer, server: String = "") {
        self.probe = probe
        self.answer = answer
        self.server = server
    }
}
