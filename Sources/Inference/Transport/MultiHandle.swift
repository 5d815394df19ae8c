import CCurl

/// libcurl's bundle of transfers and kept connections.
///
/// libcurl allows one thread at a time inside a multi handle, except for `curl_multi_wakeup`, which any thread may
/// call while the handle lives (libcurl 7.68 and later).
final class MultiHandle: Sendable {
    // Shared without a lock because (1) every call but `wake` is made by the event loop's thread, (2) `wake` is safe
    // from any thread, and (3) the handle is freed in `deinit`, when neither the loop nor a waker holds it any more.
    private nonisolated(unsafe) let raw: UnsafeMutableRawPointer

    /// Prepares libcurl once per process; a static constant is initialised exactly once, before the first handle.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Creates a handle, or returns nil when libcurl has no memory or sockets for one.
    init?() {
        guard Self.libraryIsReady, let raw = curl_multi_init() else { return nil }
        self.raw = raw
    }

    deinit {
        curl_multi_cleanup(raw)
    }

    /// Ends the loop's wait; the only member that any thread may use.
    func wake() {
        _ = curl_multi_wakeup(raw)
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

    /// Moves every transfer on as far as it goes without waiting.
    func perform() -> CURLMcode {
        var running: Int32 = 0
        return curl_multi_perform(raw, &running)
    }

    /// Waits for network activity, a wake-up or the time limit.
    func poll(milliseconds: Int32) -> CURLMcode {
        curl_multi_poll(raw, nil, 0, milliseconds, nil)
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
}
