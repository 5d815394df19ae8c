import CCurl

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A wait by `poll`, which every system has; each call shows it all the sockets again.
///
/// Lives on the event loop's thread only.
struct PollWatch: SocketWatch {
    private let bell: WakeBell
    /// What `poll` is asked; the first entry is the bell.
    private var entries: [pollfd]
    private var places: [curl_socket_t: Int] = [:]

    init?(bell: WakeBell) {
        self.bell = bell
        entries = [pollfd(fd: bell.listeningEnd, events: Int16(POLLIN), revents: 0)]
    }

    mutating func follow(_ socket: curl_socket_t, _ wish: SocketWish) {
        var events: Int16 = 0
        if wish.contains(.reading) { events |= Int16(POLLIN) }
        if wish.contains(.writing) { events |= Int16(POLLOUT) }
        if wish.isEmpty {
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

    func watches(_ socket: curl_socket_t) -> Bool { places[socket] != nil }

    mutating func wait(milliseconds: Int32, events: inout [SocketEvent]) -> Bool {
        events.removeAll(keepingCapacity: true)
        let count = poll(&entries, nfds_t(entries.count), milliseconds)
        guard count > 0 else { return count == 0 || errno == EINTR || errno == EAGAIN }
        if entries[0].revents != 0 { bell.silence() }
        for entry in entries.dropFirst() where entry.revents != 0 {
            // After an error or a hang-up, reading and writing find out what is the matter.
            let broken = entry.revents & ~Int16(POLLIN | POLLOUT) != 0
            let seen = broken ? entry.events : entry.revents
            var ready: SocketWish = []
            if seen & Int16(POLLIN) != 0 { ready.insert(.reading) }
            if seen & Int16(POLLOUT) != 0 { ready.insert(.writing) }
            events.append(SocketEvent(socket: entry.fd, ready: ready))
        }
        return true
    }
}
