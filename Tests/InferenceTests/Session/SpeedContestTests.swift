import Testing

@testable import Inference

@Suite("Contests of speed")
struct SpeedContestTests {
    private static let longestTurn = Duration.seconds(5)

    /// Runs a contest of ways with fixed speeds to its end and says which turns it asked for.
    private func run(
        _ speeds: [(way: ForcingWay, tokensPerSecond: Double)], tokensPerWindow: Int = 64
    ) -> (contest: SpeedContest, turns: [SpeedContest.Turn]) {
        var contest = SpeedContest(ways: speeds.map(\.way), longestTurn: Self.longestTurn)
        var turns: [SpeedContest.Turn] = []
        while !contest.nextRound.isEmpty, turns.count < 1000 {
            for turn in contest.nextRound {
                guard let speed = speeds.first(where: { $0.way == turn.way })?.tokensPerSecond else { continue }
                let tokens = turn.windows * tokensPerWindow
                contest.record(turn, tokens: tokens, time: .seconds(Double(tokens) / speed))
                turns.append(turn)
            }
        }
        return (contest, turns)
    }

    @Test("the fastest wins, on fast and on slow servers", arguments: [0.5, 20, 300, 50_000])
    func fastest(scale: Double) {
        for slowest in [ForcingWay.grammar, .freeRun, .single] {
            let speeds = [ForcingWay.grammar, .freeRun, .single].map { ($0, $0 == slowest ? scale : 1.2 * scale) }
            #expect(run(speeds).contest.winner == speeds.first { $0.0 != slowest }?.0)
        }
    }

    @Test("of two that are close, the one that needs fewer requests wins")
    func nearTie() {
        #expect(run([(.grammar, 98), (.single, 100)]).contest.winner == .grammar)
        #expect(run([(.grammar, 96), (.single, 100)]).contest.winner == .single)
        #expect(run([(.grammar, 100), (.single, 98)]).contest.winner == .grammar)
    }

    @Test("whoever has no chance is seen once, for one window")
    func hopeless() {
        let (contest, turns) = run([(.grammar, 300), (.freeRun, 30), (.single, 280)])
        #expect(turns.filter { $0.way == .freeRun } == [SpeedContest.Turn(way: .freeRun, windows: 1)])
        #expect(contest.tallies.map(\.speed) == [300, 30, 280])
        for close in contest.tallies where close.way != .freeRun {
            #expect(close.turns.time >= SpeedContest.enough)
            #expect(close.turns.time < SpeedContest.enough + Self.longestTurn)
        }
    }

    @Test("turns are of several windows on slow servers and of many on fast ones")
    func turns() {
        let slow = run([(.grammar, 100), (.single, 90)]).turns.dropFirst(2)
        #expect(slow.allSatisfy { $0.windows == SpeedContest.leastWindows } && slow.count == 2)
        let fast = run([(.grammar, 10_000), (.single, 9000)]).turns.dropFirst(2)
        #expect(fast.allSatisfy { $0.windows > 25 } && fast.count == 6)
    }

    @Test("whoever is beaten in a turn has no second one")
    func beaten() {
        let turns = run([(.grammar, 10_000), (.single, 7000)]).turns
        #expect(turns.count == 4)
        #expect(run([(.grammar, 10_000), (.single, 9000)]).turns.count == 8)
    }

    @Test("where three windows take too long, a glance has to do")
    func tooSlow() {
        let (contest, turns) = run([(.grammar, 30), (.freeRun, 25), (.single, 36)])
        #expect(turns.map(\.windows) == [1, 1, 1])
        #expect(contest.winner == .single)
    }

    @Test("a way without rivals is looked at once, for the forecast")
    func alone() {
        #expect(run([(.single, 500)]).turns.map(\.windows) == [1])
        #expect(run([(.single, 500)]).contest.winner == .single)
        #expect(run([(.grammar, 2000), (.single, 500)]).turns.map(\.windows) == [1, 1])
    }

    @Test("a glance that favoured a way is made good by the turns, and does not count with them")
    func unluckyGlance() throws {
        var contest = SpeedContest(ways: [.grammar, .single], longestTurn: Self.longestTurn)
        contest.record(.init(way: .grammar, windows: 1), tokens: 64, time: .milliseconds(190))
        contest.record(.init(way: .single, windows: 1), tokens: 64, time: .milliseconds(100))
        #expect(contest.winner == .single)
        for turn in contest.nextRound {
            contest.record(turn, tokens: 1000, time: .seconds(turn.way == .grammar ? 1 : 2))
        }
        #expect(contest.nextRound.isEmpty)
        #expect(contest.winner == .grammar)
        #expect(contest.tallies.map(\.speed) == [1000, 500])
    }

    @Test("a way that was withdrawn neither runs nor wins, whenever that happens")
    func withdrawn() {
        var contest = SpeedContest(ways: [.grammar, .single], longestTurn: Self.longestTurn)
        contest.withdraw(.grammar)
        #expect(contest.nextRound == [SpeedContest.Turn(way: .single, windows: 1)])
        #expect(contest.winner == nil)
        contest.record(.init(way: .grammar, windows: 1), tokens: 1000, time: .seconds(1))
        #expect(contest.winner == nil)
        contest.record(.init(way: .single, windows: 1), tokens: 10, time: .seconds(1))
        #expect(contest.winner == .single && contest.nextRound.isEmpty)
        contest.withdraw(.single)
        #expect(contest.winner == nil && contest.nextRound.isEmpty)
        let empty = SpeedContest(ways: [], longestTurn: Self.longestTurn)
        #expect(empty.winner == nil && empty.nextRound.isEmpty)
    }

    @Test(
        "turns that bring nothing, or take no time, end a contest all the same",
        arguments: [Duration.zero, .seconds(1)])
    func nothing(time: Duration) {
        var contest = SpeedContest(ways: [.grammar, .single], longestTurn: Self.longestTurn)
        var rounds = 0
        while !contest.nextRound.isEmpty, rounds < 1000 {
            for turn in contest.nextRound { contest.record(turn, tokens: 0, time: max(time, .milliseconds(1))) }
            rounds += 1
        }
        #expect(rounds < 1000)
    }
}
