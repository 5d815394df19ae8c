#if os(Linux)
    import CCurl
    import CEpoll

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// A wait by Linux's `epoll`, which remembers the sockets: a wait costs the same for 8 of them as for 500.
    ///
    /// Between two requests libcurl ends its interest in a connection and takes it up again a moment later. The kernel
    /// is told of the second only, as a change of what it knows already; a socket that was closed is gone from its
    /// memory, whoever has got the number since, and is then added.
    ///
    /// Lives on the event loop's thread only.
    final class EpollWatch: SocketWatch {
        private let queue: Int32
        private let bell: WakeBell
        /// By socket, what is waited for at present.
        private var wishes: [SocketWish] = []
        private var seen: [epoll_event]

        /// Most events that one wait takes; the others are there at the next.
        private static let eventsPerWait = 64

        init?(bell: WakeBell) {
            queue = epoll_create1(Int32(EPOLL_CLOEXEC))
            self.bell = bell
            seen = Array(repeating: epoll_event(), count: Self.eventsPerWait)
            guard queue >= 0, tell(EPOLL_CTL_ADD, bell.listeningEnd, .reading) else { return nil }
        }

        deinit {
            if queue >= 0 { close(queue) }
        }

        func follow(_ socket: curl_socket_t, _ wish: SocketWish) {
            let place = Int(socket)
            guard place >= 0 else { return }
            if place >= wishes.count {
                wishes += Array(repeating: [], count: place + 1 - wishes.count)
            }
            wishes[place] = wish
            if !wish.isEmpty, !tell(EPOLL_CTL_MOD, socket, wish) { _ = tell(EPOLL_CTL_ADD, socket, wish) }
        }

        func watches(_ socket: curl_socket_t) -> Bool {
            wishes.indices.contains(Int(socket)) && !wishes[Int(socket)].isEmpty
        }

        func wait(milliseconds: Int32, events: inout [SocketEvent]) -> Bool {
            events.removeAll(keepingCapacity: true)
            let count = epoll_wait(queue, &seen, Int32(Self.eventsPerWait), milliseconds)
            guard count > 0 else { return count == 0 || errno == EINTR }
            for event in seen.prefix(Int(count)) {
                let socket = event.data.fd
                guard socket != bell.listeningEnd else {
                    bell.silence()
                    continue
                }
                guard watches(socket) else {
                    // An idle connection that its server has closed: nobody asks any more.
                    _ = tell(EPOLL_CTL_DEL, socket, [])
                    continue
                }
                // After an error or a hang-up, reading and writing find out what is the matter.
                let broken = event.events & ~(EPOLLIN.rawValue | EPOLLOUT.rawValue) != 0
                events.append(
                    SocketEvent(socket: socket, ready: broken ? wishes[Int(socket)] : SocketWish(epoll: event.events)))
            }
            return true
        }

        /// Tells the kernel what to look for on a socket.
        ///
        /// - Returns: Whether it took note.
        private func tell(_ what: Int32, _ socket: curl_socket_t, _ wish: SocketWish) -> Bool {
            var event = epoll_event()
            if wish.contains(.reading) { event.events |= EPOLLIN.rawValue }
            if wish.contains(.writing) { event.events |= EPOLLOUT.rawValue }
            event.data.fd = socket
            return epoll_ctl(queue, what, socket, &event) == 0
        }
    }

    extension SocketWish {
        fileprivate init(epoll events: UInt32) {
            self = []
            if events & EPOLLIN.rawValue != 0 { insert(.reading) }
            if events & EPOLLOUT.rawValue != 0 { insert(.writing) }
        }
    }
#endif
