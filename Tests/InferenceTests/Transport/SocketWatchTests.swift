import CCurl
import Testing

@testable import Inference

/// Bells serve as sockets here: both are file descriptors that become readable.
@Suite("The sockets that libcurl waits for")
struct SocketWatchTests {
    @Test("a ring ends the wait, and is heard once")
    func bellEndsTheWait() throws {
        let bell = try #require(WakeBell())
        var watch = SocketWatch(bell: bell)
        var events: [SocketWatch.Event] = []
        for _ in 0..<100 { bell.ring() }
        let start = ContinuousClock.now
        #expect(watch.wait(milliseconds: 5000, events: &events))
        #expect(ContinuousClock.now - start < .seconds(4))
        #expect(events.isEmpty)
        while watch.wait(milliseconds: 0, events: &events), rang(bell) {}
        let quiet = ContinuousClock.now
        #expect(watch.wait(milliseconds: 20, events: &events))
        #expect(ContinuousClock.now - quiet >= .milliseconds(15))
    }

    /// Whether a bell still has something to say, which it then has said.
    private func rang(_ bell: WakeBell) -> Bool {
        var other = SocketWatch(bell: bell)
        other.follow(bell.listeningEnd, CURL_POLL_IN)
        var events: [SocketWatch.Event] = []
        return other.wait(milliseconds: 0, events: &events) && !events.isEmpty
    }

    @Test("only what happened on a watched socket is reported, and nothing after its removal")
    func eventsFollowWishes() throws {
        let bells = try (0..<5).map { _ in try #require(WakeBell()) }
        var watch = SocketWatch(bell: bells[0])
        for bell in bells.dropFirst() { watch.follow(bell.listeningEnd, CURL_POLL_INOUT) }
        for bell in bells.dropFirst() { watch.follow(bell.listeningEnd, CURL_POLL_IN) }
        bells[2].ring()
        bells[4].ring()
        var events: [SocketWatch.Event] = []
        #expect(watch.wait(milliseconds: 1000, events: &events))
        #expect(Set(events.map(\.socket)) == [bells[2].listeningEnd, bells[4].listeningEnd])
        #expect(events.allSatisfy { $0.readiness == CURL_CSELECT_IN })
        watch.follow(bells[2].listeningEnd, CURL_POLL_REMOVE)
        watch.follow(bells[2].listeningEnd, CURL_POLL_REMOVE)
        #expect(!watch.watches(bells[2].listeningEnd) && watch.watches(bells[4].listeningEnd))
        #expect(watch.wait(milliseconds: 0, events: &events))
        #expect(events.map(\.socket) == [bells[4].listeningEnd])
    }
}
