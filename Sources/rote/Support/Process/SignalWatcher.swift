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
///
/// The handler writes into a ``SignalPipe``. A Dispatch source for the signal itself would not do: on Linux it listens
/// with a `signalfd`, which hears nothing of a signal that the kernel gives to a thread that does not block it, so that
/// now and then a signal would be lost.
final class SignalWatcher: Sendable {
    private let state: Mutex<State>

    private struct State {
        var received: Int32?
        var watched: [Int32] = []
    }

    /// Starts to watch; there may be one watcher at a time.
    ///
    /// - Parameters:
    ///   - signals: The signals to watch, each below 256.
    ///   - onFirst: Called once, on a private queue, with the first signal that arrives.
    init(_ signals: [Int32] = [SIGINT, SIGTERM], onFirst: @escaping @Sendable (Int32) -> Void) {
        state = Mutex(State())
        // Without a pipe the signals keep their default effect, which ends the process.
        guard let pipe = SignalPipe.shared else { return }
        pipe.tell { [weak self] number in self?.handle(number, onFirst) }
        for number in signals {
            let previous = signal(number, SignalPipe.handler)
            if isIgnore(previous) {
                signal(number, SIG_IGN)
            } else {
                state.withLock { $0.watched.append(number) }
            }
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
        for number in watched { signal(number, SIG_DFL) }
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

private func isIgnore(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
