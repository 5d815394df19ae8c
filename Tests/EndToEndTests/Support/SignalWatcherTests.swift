import Foundation
import Synchronization
import Testing

@testable import rote

@Suite(.serialized) struct SignalWatcherTests {
    @Test(.timeLimit(.minutes(1)))
    func theFirstSignalCancelsATask() async throws {
        let task = Task { try await Task.sleep(for: .seconds(60)) }
        let watcher = SignalWatcher([SIGUSR1]) { number in
            if number == SIGUSR1 { task.cancel() }
        }
        #expect(watcher.received == nil)
        kill(getpid(), SIGUSR1)
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(watcher.received == SIGUSR1)
        watcher.stop()
        watcher.stop()
    }

    /// The kernel may hand a signal to any thread; whichever it is, no signal may be lost.
    @Test(.timeLimit(.minutes(1)))
    func noSignalIsLost() async throws {
        for _ in 0..<2000 {
            let heard = AsyncStream.makeStream(of: Int32.self)
            let watcher = SignalWatcher([SIGUSR1]) { heard.continuation.yield($0) }
            kill(getpid(), SIGUSR1)
            var signals = heard.stream.makeAsyncIterator()
            #expect(await signals.next() == SIGUSR1)
            watcher.stop()
        }
    }

    /// `nohup` must keep its effect.
    @Test func anIgnoredSignalStaysIgnored() async throws {
        signal(SIGUSR2, SIG_IGN)
        defer { signal(SIGUSR2, SIG_DFL) }
        let watcher = SignalWatcher([SIGUSR2]) { _ in Issue.record("an ignored signal was heard") }
        kill(getpid(), SIGUSR2)
        try await Task.sleep(for: .milliseconds(100))
        #expect(watcher.received == nil)
        watcher.stop()
        kill(getpid(), SIGUSR2)
    }
}
