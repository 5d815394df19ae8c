import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One HTTP message as it came over a socket.
struct Message: Sendable {
    /// The first line and the headers, with the empty line that ends them.
    let head: String
    let body: [UInt8]

    /// The path of a request.
    var path: String { head.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    var text: String { String(decoding: body, as: UTF8.self) }
    var bytes: [UInt8] { Array(head.utf8) + body }

    /// A complete reply with a right `Content-Length`.
    static func reply(status: Int = 200, type: String = "application/json", _ body: String) -> [UInt8] {
        let head = "HTTP/1.1 \(status) Any\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return Array((head + body).utf8)
    }
}

/// A TCP socket on the loopback interface, used with plain blocking calls.
struct Socket {
    let descriptor: Int32

    /// Reads one message: its head and as many body bytes as `Content-Length` says; `nil` when the peer is gone.
    func readMessage() -> Message? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                let head = String(decoding: bytes[..<end], as: UTF8.self)
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let expected = length.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                if bytes.count >= end + expected { return Message(head: head, body: Array(bytes[end...])) }
            }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// Writes all bytes; false when the peer is gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            #if canImport(Darwin)
                let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
            #else
                let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            #endif
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Says nothing until the peer leaves.
    func waitForPeerToLeave() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Sends a request on a connection of its own and returns the reply, or `nil` if none came.
    static func exchange(_ request: [UInt8], port: Int) -> Message? {
        guard let socket = Socket.connected(to: port) else { return nil }
        defer { close(socket.descriptor) }
        return socket.write(request) ? socket.readMessage() : nil
    }

    static func connected(to port: Int) -> Socket? {
        let descriptor = tcpSocket()
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return Socket(descriptor: descriptor)
    }

    /// A socket that waits for connections on a free port, and that port.
    static func listening() throws -> (socket: Socket, port: Int) {
        let descriptor = tcpSocket()
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, bound, listen(descriptor, 512) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return (Socket(descriptor: descriptor), Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A port that nothing listens on.
    static func freePort() throws -> Int {
        let (socket, port) = try listening()
        close(socket.descriptor)
        return port
    }

    private static func tcpSocket() -> Int32 {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        // A child that is started meanwhile must not keep the port.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return address
    }
}
