import CCurl

/// What a socket is waited for.
struct SocketWish: OptionSet {
    let rawValue: UInt8

    static let reading = SocketWish(rawValue: 1)
    static let writing = SocketWish(rawValue: 2)
}

/// A socket on which something has happened.
struct SocketEvent {
    let socket: curl_socket_t
    let ready: SocketWish
}

/// The sockets that libcurl waits for, and the one wait for all of them.
///
/// libcurl says itself which sockets matter and when (`CURLMOPT_SOCKETFUNCTION`), so that only transfers on which
/// something has happened are looked at. `curl_multi_perform` would ask the system about every open transfer every
/// time: with 8 requests in flight that was 16 system calls for each request made.
protocol SocketWatch {
    /// Watches nothing but a bell; nil when the process has no file descriptors left.
    init?(bell: WakeBell)

    /// Follows a wish about a socket; an empty one ends the watch.
    mutating func follow(_ socket: curl_socket_t, _ wish: SocketWish)

    /// Whether a socket is still waited for.
    func watches(_ socket: curl_socket_t) -> Bool

    /// Waits for the sockets, the bell or the time limit.
    ///
    /// - Parameters:
    ///   - milliseconds: The longest wait; 0 only looks.
    ///   - events: Receives what has happened; emptied first.
    /// - Returns: False if the system refuses to wait.
    mutating func wait(milliseconds: Int32, events: inout [SocketEvent]) -> Bool
}

#if os(Linux)
    /// The wait that suits this system best.
    typealias SystemSocketWatch = EpollWatch
#else
    /// The wait that suits this system best.
    typealias SystemSocketWatch = PollWatch
#endif
