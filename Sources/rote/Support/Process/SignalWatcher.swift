import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns the first `SIGINT` or `SIGTERM` into a request to stop, and the second one into an immediate end.
///
/// A signal that the parent process chose to ignore (`nohup`, a background job of a non-interactive shell) stays
/// ignored. Handlers are installed rather than dispositions set to "ignore", because a child process inherits ignored
/// signals and a managed server must remain stoppable.
final class SignalWatcher: Sendable {
    private let state: Mutex<State>

    private struct State {
        var received: Int32?
        var watched: [WatchedSignal] = []
    }

    /// Starts to watch.
    ///
    /// - Parameters:
    ///   - signals: The signals to watch.
    ///   - onFirst: Called once, on a private queue, with the first signal that arrives.
    init(_ signals: [Int32] = [SIGINT, SIGTERM], onFirst: @escaping @Sendable (Int32) -> Void) {
        state = Mutex(State())
        let queue = DispatchQueue(label: "signals", qos: .userInteractive)
        for number in signals {
            let previous = signal(number) { _ in }
            if isIgnore(previous) {
                signal(number, SIG_IGN)
                continue
            }
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in
                self?.handle(number, onFirst)
            }
            source.resume()
            let watched = WatchedSignal(number: number, source: source)
            state.withLock { $0.watched.append(watched) }
        }
    }

    deinit {
        stop()
    }

    /// The first signal that arrived, if any.
    var received: Int32? { state.withLock { $0.received } }

    /// Gives the signals their default effect again; calling it twice is allowed.
    func stop() {
        let watched = state.withLock { state in
            defer { state.watched = [] }
            return state.watched
        }
        for one in watched {
            one.source.cancel()
            signal(one.number, SIG_DFL)
        }
    }

    private func handle(_ number: Int32, _ onFirst: (Int32) -> Void) {
        let isFirst = state.withLock { state in
            defer { state.received = state.received ?? number }
            return state.received == nil
        }
        // Not exit(): its handlers may wait for the very work that the second signal is meant to abandon.
        guard isFirst else { _exit(128 + number) }
        onFirst(number)
    }
}

/// One signal and what listens for it.
///
/// Unchecked because `DispatchSourceSignal` is not marked: after it is resumed, nothing is asked of the source but
/// `cancel()`, which Dispatch allows from any thread.
private struct WatchedSignal: @unchecked Sendable {
    let number: Int32
    let source: any DispatchSourceSignal
}

private func isIgnore(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
