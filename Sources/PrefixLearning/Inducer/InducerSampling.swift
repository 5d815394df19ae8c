import Randomness

/// How the replies of one request are sampled: half cool and half warm, each with its own seed.
public struct InducerSampling: Hashable, Codable, Sendable {
    /// The temperature and the seed of one reply.
    public struct Draw: Hashable, Codable, Sendable {
        /// The sampling temperature.
        public let temperature: Double
        /// The server's seed, 0 … 2³² − 2: servers take 2³² − 1 for "choose one".
        public let seed: UInt32
    }

    /// The temperatures, which take turns.
    public let temperatures: [Double]

    /// Creates a ladder of temperatures.
    ///
    /// - Parameter temperatures: Finite and not negative, others are left out; 0.7 and 1.1 when none is left.
    public init(temperatures: [Double] = [0.7, 1.1]) {
        let allowed = temperatures.filter { $0 >= 0 && $0.isFinite }
        self.temperatures = allowed.isEmpty ? [0.7, 1.1] : allowed
    }

    /// The draws for one document in one round.
    ///
    /// - Parameters:
    ///   - count: The number of replies; below 0 counts as 0.
    ///   - round: The round of learning.
    ///   - document: The document's number in the round.
    ///   - seed: The run's seed; the stream is `"inducer/ROUND/DOCUMENT"`.
    public func draws(count: Int, round: Int, document: Int, seed: UInt64) -> [Draw] {
        var generator = SeededGenerator(seed: seed, stream: "inducer/\(round)/\(document)")
        return (0..<max(0, count)).map { place in
            Draw(
                temperature: temperatures[place % temperatures.count],
                seed: UInt32(generator.next(below: Int(UInt32.max))))
        }
    }

    /// The one draw for a document that is tested: the most probable reply.
    public static let greedy = Draw(temperature: 0, seed: 0)
}
