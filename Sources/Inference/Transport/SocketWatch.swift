import CCurl

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The sockets that libcurl waits for, and the one wait for all of them.
///
/// libcurl says itself which sockets matter and when (`CURLMOPT_SOCKETFUNCTION`), so that only transfers on which
/// something has happened are looked at. `curl_multi_perform` would ask the system about every open transfer every
/// time: with 8 requests in flight that was 16 system calls for each request made. Plain `poll` serves the few hundred
/// sockets of a transport as well as its specialised successors, and is the same everywhere.
///
/// Lives on the event loop's thread only.
struct SocketWatch {
    /// A socket on which something has happened.
    struct Event {
        let socket: curl_socket_t
        /// A mask of `CURL_CSELECT_IN` and `CURL_CSELECT_OUT`.
        let readiness: Int32
    }

    private let bell: WakeBell
    /// What `poll` is asked; the first entry is the bell.
    private var entries: [pollfd]
    private var places: [curl_socket_t: Int] = [:]

    /// Watches nothing but a bell.
    init(bell: WakeBell) {
        self.bell = bell
        entries = [pollfd(fd: bell.listeningEnd, events: Int16(POLLIN), revents: 0)]
    }

    /// Follows libcurl's wish about a socket.
    ///
    /// - Parameter what: One of libcurl's `CURL_POLL_` values.
    mutating func follow(_ socket: curl_socket_t, _ what: Int32) {
        var events: Int16 = 0
        if what == CURL_POLL_IN || what == CURL_POLL_INOUT { events |= Int16(POLLIN) }
        if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { events |= Int16(POLLOUT) }
        if what == CURL_POLL_REMOVE {
            remove(socket)
        } else if let place = places[socket] {
            entries[place].events = events
        } else {
            places[socket] = entries.count
            entries.append(pollfd(fd: socket, events: events, revents: 0))
        }
    }

    private mutating func remove(_ socket: curl_socket_t) {
        guard let place = places.removeValue(forKey: socket) else { return }
        let last = entries.removeLast()
        guard place < entries.count else { return }
        entries[place] = last
        places[last.fd] = place
    }

    /// Whether libcurl still waits for a socket.
    func watches(_ socket: curl_socket_t) -> Bool { places[socket] != nil }

    /// Waits for the sockets, the bell or the time limit.
    ///
    /// - Parameters:
    ///   - milliseconds: The longest wait; 0 only looks.
    ///   - events: Receives what has happened; emptied first.
    /// - Returns: False if the system refuses to wait.
    mutating func wait(milliseconds: Int32, events: inout [Event]) -> Bool {
        events.removeAll(keepingCapacity: true)
        let count = poll(&entries, nfds_t(entries.count), milliseconds)
        guard count > 0 else { return count == 0 || errno == EINTR || errno == EAGAIN }
        if entries[0].revents != 0 { bell.silence() }
        for entry in entries.dropFirst() where entry.revents != 0 {
            // After an error or a hang-up, reading and writing find out what is the matter.
            let broken = entry.revents & ~Int16(POLLIN | POLLOUT) != 0
            let seen = broken ? entry.events : entry.revents
            var readiness: Int32 = 0
            if seen & Int16(POLLIN) != 0 { readiness |= CURL_CSELECT_IN }
            if seen & Int16(POLLOUT) != 0 { readiness |= CURL_CSELECT_OUT }
            events.append(Event(socket: entry.fd, readiness: readiness))
        }
        return true
    }
}
