import Foundation

@testable import Inference

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A loopback server that does to each connection exactly what a test wants, HTTP or not.
///
/// Every connection is served by a thread of its own that runs the script with plain blocking calls; `stop` cuts all
/// of them off.
final class FaultServer: Sendable {
    typealias Script = @Sendable (FaultConnection) -> Void

    let port: UInt16
    var url: String { "http://127.0.0.1:\(port)" }

    private struct State {
        var listener: Int32
        var open: Set<Int32> = []
        var accepted = 0
        var isStopped = false
    }
    private let state: Guarded<State>

    /// Connections accepted so far.
    var accepted: Int { state.withLock { $0.accepted } }

    init(_ script: @escaping Script) throws {
        let listener = try Self.listen()
        port = try Self.port(of: listener)
        state = Guarded(State(listener: listener))
        Thread.detachNewThread { [self] in acceptLoop(listener, script) }
    }

    /// Runs a server for the time of a closure.
    static func with<Result: Sendable>(
        _ script: @escaping Script, _ body: (FaultServer) async throws -> Result
    ) async throws -> Result {
        let server = try FaultServer(script)
        defer { server.stop() }
        return try await body(server)
    }

    /// A script that answers every request on a kept connection with one reply.
    static func replying(_ reply: @escaping @Sendable (_ request: String) -> [UInt8]) -> Script {
        { connection in
            while let request = connection.readRequest() {
                connection.write(reply(request))
            }
        }
    }

    func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            // Waking every blocked call; each thread closes its own descriptor.
            _ = shutdown(state.listener, Int32(SHUT_RDWR))
            for descriptor in state.open { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptLoop(_ listener: Int32, _ script: @escaping Script) {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let serves = state.withLock { state in
                guard !state.isStopped else { return false }
                state.open.insert(descriptor)
                state.accepted += 1
                return true
            }
            guard serves else {
                close(descriptor)
                break
            }
            Thread.detachNewThread { [self] in
                script(FaultConnection(descriptor: descriptor))
                // Under the lock, so that `stop` never touches a number that is already someone else's.
                state.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
            }
        }
        close(listener)
    }

    private static func listen() throws -> Int32 {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #if canImport(Darwin)
            let listening = Darwin.listen(descriptor, 512)
        #elseif canImport(Glibc)
            let listening = Glibc.listen(descriptor, 512)
        #else
            let listening = Musl.listen(descriptor, 512)
        #endif
        guard descriptor >= 0, bound == 0, listening == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return descriptor
    }

    private static func port(of descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard named == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// One accepted connection in the hands of a test's script.
struct FaultConnection {
    fileprivate let descriptor: Int32

    /// Reads one request: its head and as many body bytes as `Content-Length` says; nil when the peer is gone.
    func readRequest() -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                let head = String(decoding: bytes[..<end], as: UTF8.self)
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let expected = length.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                if bytes.count >= end + expected { return String(decoding: bytes, as: UTF8.self) }
            }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// Writes all bytes.
    ///
    /// - Returns: False when the peer is gone.
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

    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// Stays silent until the peer leaves or the server stops.
    func waitForPeerToLeave() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }
}

/// The bytes of a complete HTTP/1.1 reply with a right `Content-Length`.
func httpReply(_ status: Int = 200, headers: [String] = [], body: String = "{}") -> [UInt8] {
    let lines = ["HTTP/1.1 \(status) Any", "Content-Length: \(body.utf8.count)"] + headers
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
}
