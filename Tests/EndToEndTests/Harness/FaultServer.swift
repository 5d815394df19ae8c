import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A loopback server that does to each connection exactly what a test wants.
///
/// Every connection is served by a thread of its own with plain blocking calls; `stop` cuts all of them off.
final class FaultServer: Sendable {
    typealias Script = @Sendable (Socket) -> Void

    let port: Int
    var url: String { "http://127.0.0.1:\(port)" }

    private struct State {
        var open: Set<Int32> = []
        var isStopped = false
    }
    private let listener: Int32
    private let state = Mutex(State())

    /// Starts a server that runs a script on every connection.
    init(_ script: @escaping Script) throws {
        let (socket, port) = try Socket.listening()
        self.port = port
        listener = socket.descriptor
        Thread.detachNewThread { [self] in acceptLoop(script) }
    }

    /// Starts a server that answers every request on its own.
    convenience init(replying reply: @escaping @Sendable (Message) -> [UInt8]) throws {
        try self.init { connection in
            while let request = connection.readMessage(), connection.write(reply(request)) {}
        }
    }

    /// What a ``FaultServer/init(before:fault:)`` does to one request.
    enum Fault: Sendable {
        /// Answers in the server's place.
        case reply([UInt8])
        /// Closes the connection without an answer.
        case hangUp
        /// Changes the server's answer.
        case change(@Sendable (Message) -> [UInt8])
    }

    /// Starts a server that passes everything on to a real one, but for the requests that a test picks.
    convenience init(before port: Int, fault: @escaping @Sendable (Message) -> Fault?) throws {
        try self.init { connection in
            guard let upstream = Socket.connected(to: port) else { return }
            defer { close(upstream.descriptor) }
            while let request = connection.readMessage() {
                let fault = fault(request)
                if case .reply(let bytes) = fault {
                    guard connection.write(bytes) else { return }
                    continue
                }
                if case .hangUp = fault { return }
                guard upstream.write(request.bytes), let reply = upstream.readMessage() else { return }
                var bytes = reply.bytes
                if case .change(let change) = fault { bytes = change(reply) }
                guard connection.write(bytes) else { return }
            }
        }
    }

    func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            // Wakes every blocked call; each thread closes its own descriptor.
            _ = shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in state.open { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptLoop(_ script: @escaping Script) {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let serves = state.withLock { state in
                if !state.isStopped { state.open.insert(descriptor) }
                return !state.isStopped
            }
            guard serves else {
                close(descriptor)
                break
            }
            Thread.detachNewThread { [self] in
                script(Socket(descriptor: descriptor))
                // Under the lock, so that `stop` never touches a number that is already someone else's.
                state.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
            }
        }
        close(listener)
    }
}

/// Runs a fault server for the time of a closure.
func withFaultServer<Value>(
    _ server: @autoclosure () throws -> FaultServer, _ body: (FaultServer) async throws -> Value
) async throws -> Value {
    let server = try server()
    defer { server.stop() }
    return try await body(server)
}
