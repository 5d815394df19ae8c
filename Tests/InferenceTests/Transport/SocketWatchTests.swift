import Testing

@testable import Inference

/// Bells serve as sockets here: both are file descriptors that become readable.
@Suite("The sockets that libcurl waits for")
struct SocketWatchTests {
    /// Every way of waiting that there is on this system.
    private static var kinds: [any SocketWatch.Type] {
        #if os(Linux)
            [PollWatch.self, EpollWatch.self]
        #else
            [PollWatch.self]
        #endif
    }

    private func make(_ kind: any SocketWatch.Type, _ bell: WakeBell) throws -> any SocketWatch {
        let watch = kind.init(bell: bell)
        return try #require(watch)
    }

    @Test("a ring ends the wait, and is heard once")
    func bellEndsTheWait() throws {
        for kind in Self.kinds {
            let bell = try #require(WakeBell())
            var watch = try make(kind, bell)
            var events: [SocketEvent] = []
            for _ in 0..<100 { bell.ring() }
            let start = ContinuousClock.now
            #expect(watch.wait(milliseconds: 5000, events: &events))
            #expect(ContinuousClock.now - start < .seconds(4))
            #expect(events.isEmpty)
            while watch.wait(milliseconds: 0, events: &events), try rang(bell) {}
            let quiet = ContinuousClock.now
            #expect(watch.wait(milliseconds: 20, events: &events))
            #expect(ContinuousClock.now - quiet >= .milliseconds(15))
        }
    }

    /// Whether a bell still has something to say, which it then has said.
    private func rang(_ bell: WakeBell) throws -> Bool {
        var other = PollWatch(bell: try #require(WakeBell()))
        other?.follow(bell.listeningEnd, .reading)
        var events: [SocketEvent] = []
        guard other?.wait(milliseconds: 0, events: &events) == true, !events.isEmpty else { return false }
        bell.silence()
        return true
    }

    @Test("only what happened on a watched socket is reported, and nothing after its removal")
    func eventsFollowWishes() throws {
        for kind in Self.kinds {
            let bells = try (0..<5).map { _ in try #require(WakeBell()) }
            var watch = try make(kind, bells[0])
            for bell in bells.dropFirst() { watch.follow(bell.listeningEnd, [.reading, .writing]) }
            for bell in bells.dropFirst() { watch.follow(bell.listeningEnd, .reading) }
            bells[2].ring()
            bells[4].ring()
            var events: [SocketEvent] = []
            #expect(watch.wait(milliseconds: 1000, events: &events))
            #expect(Set(events.map(\.socket)) == [bells[2].listeningEnd, bells[4].listeningEnd])
            #expect(events.allSatisfy { $0.ready == .reading })
            watch.follow(bells[2].listeningEnd, [])
            watch.follow(bells[2].listeningEnd, [])
            #expect(!watch.watches(bells[2].listeningEnd) && watch.watches(bells[4].listeningEnd))
            #expect(watch.wait(milliseconds: 0, events: &events))
            #expect(events.map(\.socket) == [bells[4].listeningEnd])
            // What nobody waits for must not end the wait again and again.
            bells[4].silence()
            let quiet = ContinuousClock.now
            for _ in 0..<3 { #expect(watch.wait(milliseconds: 20, events: &events) && events.isEmpty) }
            #expect(ContinuousClock.now - quiet >= .milliseconds(30))
            watch.follow(bells[2].listeningEnd, .reading)
            #expect(watch.wait(milliseconds: 1000, events: &events))
            #expect(events.map(\.socket) == [bells[2].listeningEnd])
        }
    }

    @Test("a number that was closed and given to another socket is watched anew")
    func numbersAreReused() throws {
        for kind in Self.kinds {
            let bell = try #require(WakeBell())
            var watch = try make(kind, bell)
            var events: [SocketEvent] = []
            for _ in 0..<20 {
                let socket = try #require(WakeBell())
                watch.follow(socket.listeningEnd, .reading)
                socket.ring()
                #expect(watch.wait(milliseconds: 1000, events: &events))
                #expect(events.map(\.socket) == [socket.listeningEnd])
                watch.follow(socket.listeningEnd, [])
            }
        }
    }
}
