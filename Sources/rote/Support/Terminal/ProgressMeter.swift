/// How fast work is being done and when it will be finished, from what was done in the last half minute.
///
/// Half a minute is long enough to even out batches and short enough to follow a server that slows down.
struct ProgressMeter: Sendable {
    private static let memory = Duration.seconds(30)
    private static let spacing = Duration.milliseconds(500)

    /// The amount of work, if it is known.
    var total: Int?
    /// The amount already done when this process started, which says nothing about speed.
    private(set) var completed: Int
    private let start: Duration
    private var samples: [(time: Duration, completed: Int)]

    /// Starts the meter.
    ///
    /// - Parameters:
    ///   - total: The amount of work, or `nil`.
    ///   - completed: What an earlier process had done.
    ///   - time: The present on any clock that does not go back.
    init(total: Int?, completed: Int = 0, at time: Duration) {
        self.total = total
        self.completed = completed
        start = time
        samples = [(time, completed)]
    }

    /// Notes how much is done by now.
    mutating func record(completed: Int, at time: Duration) {
        self.completed = completed
        advance(to: time)
    }

    /// Lets time pass without news, so that the rate of stalled work falls.
    mutating func advance(to time: Duration) {
        if let last = samples.last, time - last.time >= Self.spacing {
            samples.append((time, completed))
        }
        while samples.count > 2, time - samples[1].time >= Self.memory {
            samples.removeFirst()
        }
    }

    /// Work per second over the last half minute; `nil` during the first half second.
    func rate(at time: Duration) -> Double? {
        guard let first = samples.first, time - first.time >= Self.spacing else { return nil }
        return Double(completed - first.completed) / seconds(time - first.time)
    }

    /// The time until everything is done at the present rate; `nil` when that cannot be said.
    func remaining(at time: Duration) -> Duration? {
        guard let total, let rate = rate(at: time), rate > 0, completed < total else { return nil }
        let left = Double(total - completed) / rate
        return left < 1e9 ? .seconds(left) : nil
    }

    /// The time since the meter was started.
    func elapsed(at time: Duration) -> Duration {
        time - start
    }

    private func seconds(_ duration: Duration) -> Double {
        let parts = duration.components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }
}
