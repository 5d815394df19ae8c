import CCurl

/// libcurl's bundle of transfers and kept connections, with the sockets and the timer that it waits for.
///
/// libcurl allows one thread at a time inside a multi handle; this class is made on one thread and then used on the
/// event loop's alone.
final class MultiHandle: @unchecked Sendable {
    // Unchecked, because the compiler cannot see that (1) the transport makes the handle, gives it to the event loop's
    // thread before that runs and keeps nothing of it, (2) from then on only that thread calls any member, libcurl's
    // callbacks included, and (3) the last reference, and so `deinit`, is the loop's own.
    private let raw: UnsafeMutableRawPointer
    /// The loop's time.
    let clock = LoopClock()
    private var sockets: SystemSocketWatch
    private var events: [SocketEvent] = []
    /// When libcurl wants to be called without any socket having changed.
    private var timer: ContinuousClock.Instant?

    /// Prepares libcurl once per process; a static constant is initialised exactly once, before the first handle.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Creates a handle, or returns nil when libcurl has no memory for one.
    ///
    /// - Parameter bell: What ends a wait from other threads.
    init?(bell: WakeBell) {
        guard Self.libraryIsReady, let sockets = SystemSocketWatch(bell: bell), let raw = curl_multi_init() else {
            return nil
        }
        self.raw = raw
        self.sockets = sockets
        // Unretained: libcurl calls back only from inside calls on this handle, which is alive then.
        let owner = Unmanaged.passUnretained(self).toOpaque()
        _ = rote_multi_set_socket_data(raw, owner)
        _ = rote_multi_set_timer_data(raw, owner)
        _ = rote_multi_set_socket_function(raw, Self.socketChanged)
        _ = rote_multi_set_timer_function(raw, Self.timerChanged)
    }

    deinit {
        curl_multi_cleanup(raw)
    }

    /// Sets how many connections are kept and how many are opened to one host.
    func limitConnections(to limit: Int) {
        _ = rote_multi_set_maximum_connections(raw, limit)
        _ = rote_multi_set_maximum_host_connections(raw, limit)
    }

    func add(_ transfer: Transfer) -> CURLMcode {
        curl_multi_add_handle(raw, transfer.easy)
    }

    func remove(_ transfer: Transfer) {
        _ = curl_multi_remove_handle(raw, transfer.easy)
    }

    /// Waits for network activity, the bell, libcurl's timer or the time limit.
    ///
    /// - Returns: False if the system refuses to wait.
    func wait(milliseconds: Int32) -> Bool {
        var limit = milliseconds
        if let timer {
            let left = clock.now.duration(to: timer)
            // Rounded up: a wait that ends before the timer would be followed by many short ones.
            limit = left <= .zero ? 0 : min(limit, Int32(clamping: left.wholeMilliseconds + 1))
        }
        return sockets.wait(milliseconds: limit, events: &events)
    }

    /// Moves on every transfer whose socket has changed since the last wait.
    func advance() -> CURLMcode {
        var result = CURLM_OK
        for event in events where result == CURLM_OK && sockets.watches(event.socket) {
            result = act(on: event.socket, event.ready.curl)
        }
        events.removeAll(keepingCapacity: true)
        return result == CURLM_OK ? advanceTimer() : result
    }

    /// Moves on the transfers that wait for time to pass, those just added among them.
    func advanceTimer() -> CURLMcode {
        guard let timer, timer <= clock.now else { return CURLM_OK }
        self.timer = nil
        return act(on: CURL_SOCKET_TIMEOUT, 0)
    }

    private func act(on socket: curl_socket_t, _ readiness: Int32) -> CURLMcode {
        var running: Int32 = 0
        return curl_multi_socket_action(raw, socket, readiness, &running)
    }

    /// Takes the next finished transfer, if there is one.
    func nextFinished() -> (transfer: Transfer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let owner = rote_easy_get_private(easy)
            else { continue }
            let code = message.pointee.data.result
            return (Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue(), code)
        }
        return nil
    }

    private static let socketChanged: curl_socket_callback = { _, socket, what, owner, _ in
        guard let owner else { return 0 }
        Unmanaged<MultiHandle>.fromOpaque(owner).takeUnretainedValue().sockets.follow(socket, SocketWish(curl: what))
        return 0
    }

    private static let timerChanged: curl_multi_timer_callback = { _, milliseconds, owner in
        guard let owner else { return 0 }
        let handle = Unmanaged<MultiHandle>.fromOpaque(owner).takeUnretainedValue()
        handle.timer = milliseconds < 0 ? nil : handle.clock.now + .milliseconds(milliseconds)
        return 0
    }
}

extension SocketWish {
    /// Reads one of libcurl's `CURL_POLL_` values.
    fileprivate init(curl what: Int32) {
        self =
            switch what {
            case CURL_POLL_IN: .reading
            case CURL_POLL_OUT: .writing
            case CURL_POLL_INOUT: [.reading, .writing]
            default: []
            }
    }

    /// The mask of `CURL_CSELECT_` values.
    fileprivate var curl: Int32 {
        (contains(.reading) ? CURL_CSELECT_IN : 0) | (contains(.writing) ? CURL_CSELECT_OUT : 0)
    }
}
