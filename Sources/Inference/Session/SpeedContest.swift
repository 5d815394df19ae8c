/// Which of several ways to do the same work is the fastest, as far as their turns have shown.
///
/// A pure value: it says who runs next and how long, and is told how it went. First every way has a glance, one window
/// on every slot. Slots that begin together stay in step at first, which suits some ways better than the stream of
/// windows of a real run does, so a glance only shows who has no chance. The others then take turns of several windows on
/// every slot, so that whatever slows the machine for a while slows them all.
struct SpeedContest {
    /// Whoever is slower at a glance than this share of the fastest is out.
    static let hopeless = 0.5
    /// Whoever is slower after a turn than this share of the fastest is out; two turns of one way differ by less.
    static let beaten = 0.8
    /// Windows on every slot in one turn, at least; with fewer, the beginning in step is most of it.
    static let leastWindows = 3
    /// Length of one turn, at least.
    static let leastTurn = Duration.milliseconds(200)
    /// The time of each way's turns in all; a turn that has begun is finished.
    static let enough = Duration.milliseconds(600)
    /// A slower way is preferred when it is this close and needs fewer requests.
    static let indifference = 0.97

    /// What has been seen of one way.
    struct Tally: Hashable {
        let way: ForcingWay
        /// Forced tokens and time of one window on every slot, or `nil` before it was seen.
        fileprivate(set) var glance: Work?
        /// Forced tokens and time of all turns.
        fileprivate(set) var turns = Work()

        /// Forced tokens per second; 0 before anything was seen.
        var speed: Double { turns.time > .zero ? turns.speed : glance?.speed ?? 0 }
    }

    /// Forced tokens and the time they took.
    struct Work: Hashable {
        var tokens = 0
        var time = Duration.zero

        fileprivate var speed: Double { time > .zero ? Double(tokens) / (time / .seconds(1)) : 0 }
    }

    /// What a way has to do next.
    struct Turn: Hashable {
        let way: ForcingWay
        /// Windows to score on every slot, one after the other.
        let windows: Int
    }

    /// Where one turn of a way would be longer than this, the glance has to do.
    let longestTurn: Duration
    /// Every way that has not been withdrawn, those that are out included, in the order given.
    private(set) var tallies: [Tally]

    /// Begins a contest.
    ///
    /// - Parameters:
    ///   - ways: Who takes part, in order of the number of requests a way needs, so that near-ties go to the fewer.
    ///   - longestTurn: Where one turn of a way would be longer than this, the glance has to do.
    init(ways: [ForcingWay], longestTurn: Duration) {
        tallies = ways.map { Tally(way: $0) }
        self.longestTurn = longestTurn
    }

    /// Who has to run in the next round, and how long; empty when the contest is decided.
    var nextRound: [Turn] {
        let unseen = tallies.filter { $0.glance == nil }
        guard unseen.isEmpty else { return unseen.map { Turn(way: $0.way, windows: 1) } }
        let close = contenders
        guard close.count > 1, close.contains(where: { $0.turns.time < Self.enough }) else { return [] }
        let longest = close.compactMap(\.glance?.time).max() ?? .zero
        guard longest * Self.leastWindows <= longestTurn else { return [] }
        return close.map { tally in
            let one = max(tally.glance?.time ?? .zero, .microseconds(1))
            return Turn(way: tally.way, windows: max(Self.leastWindows, Int((Self.leastTurn / one).rounded(.up))))
        }
    }

    /// The fastest way so far, or `nil` if none has run.
    var winner: ForcingWay? {
        let close = contenders
        let fastest = close.map(\.speed).max() ?? 0
        return close.first { $0.speed >= Self.indifference * fastest }?.way
    }

    /// Notes how a turn went.
    ///
    /// - Parameters:
    ///   - turn: The turn, as ``nextRound`` asked for it.
    ///   - tokens: Forced tokens on all slots together.
    ///   - time: From the beginning until the last slot had finished.
    mutating func record(_ turn: Turn, tokens: Int, time: Duration) {
        guard let place = tallies.firstIndex(where: { $0.way == turn.way }) else { return }
        guard tallies[place].glance != nil else {
            tallies[place].glance = Work(tokens: tokens, time: time)
            return
        }
        tallies[place].turns.tokens += tokens
        tallies[place].turns.time += time
    }

    /// Takes a way out that cannot do the work at all.
    mutating func withdraw(_ way: ForcingWay) { tallies.removeAll { $0.way == way } }

    /// Those that neither a glance nor a turn has ruled out.
    private var contenders: [Tally] {
        let quickest = tallies.compactMap(\.glance?.speed).max() ?? 0
        let seen = tallies.filter { tally in tally.glance.map { $0.speed >= Self.hopeless * quickest } ?? false }
        let fastest = seen.map(\.turns.speed).max() ?? 0
        return seen.filter { $0.turns.speed >= Self.beaten * fastest }
    }
}
