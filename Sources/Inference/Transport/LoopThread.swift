#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Starts a thread of its own for an event loop.
///
/// A loop that waits in the operating system would occupy one of the few threads that Swift tasks share, so it gets
/// its own. All signals are blocked on it: a handler of the program runs elsewhere, and writing to a connection
/// that the peer closed cannot raise `SIGPIPE` here.
enum LoopThread {
    /// Runs a function on a new detached thread.
    ///
    /// - Returns: Whether the thread could be started.
    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(LoopThreadBody(run: run))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        guard pthread_create(&thread, nil, loopThreadEntry, body.toOpaque()) == 0 else {
            body.release()
            return false
        }
        return true
    }
}

private final class LoopThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

#if canImport(Darwin)
    private func loopThreadEntry(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        runLoopThread(argument)
        return nil
    }
#else
    private func loopThreadEntry(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { runLoopThread(argument) }
        return nil
    }
#endif

private func runLoopThread(_ argument: UnsafeMutableRawPointer) {
    let body = Unmanaged<LoopThreadBody>.fromOpaque(argument).takeRetainedValue()
    pthread_detach(pthread_self())
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    body.run()
}
