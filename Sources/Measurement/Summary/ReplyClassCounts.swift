import Corpus

/// How many replies of an arm under a condition were of each class.
public struct ReplyClassCounts: Codable, Hashable, Sendable {
    /// One class with its number of replies.
    public struct Count: Codable, Hashable, Sendable {
        /// The class.
        public let replyClass: ReplyClass
        /// Replies of it.
        public let replies: Int
    }

    /// The arm.
    public let arm: Arm
    /// The condition; `nil` for all together.
    public let condition: ProbeCondition?
    /// Every class in its order, those without a reply included.
    public let counts: [Count]

    /// Replies of a class.
    public func replies(_ replyClass: ReplyClass) -> Int {
        counts.first { $0.replyClass == replyClass }?.replies ?? 0
    }

    init(arm: Arm, condition: ProbeCondition?, _ observations: [MeasurementObservation]) {
        self.arm = arm
        self.condition = condition
        var numbers: [ReplyClass: Int] = [:]
        for observation in observations {
            guard let sighting = observation.sighting else {
                numbers[.transportError, default: 0] += 1
                continue
            }
            for reply in sighting.replies { numbers[reply.judgement.replyClass, default: 0] += 1 }
        }
        counts = ReplyClass.allCases.map { Count(replyClass: $0, replies: numbers[$0] ?? 0) }
    }
}
