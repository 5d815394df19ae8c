import CZlib

/// Inflates gzip data that arrives in chunks; several members in a row are read as one stream, as `gzip` does.
struct GzipDecoder: ~Copyable {
    enum Failure: Error {
        case corrupt(String)
        case truncated
        case tooLarge
    }

    /// zlib keeps a pointer to its stream and refuses to work when the stream has moved, hence the fixed address.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isBetweenMembers = false

    init() throws(Failure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard rote_inflate_init_gzip(stream) == Z_OK else { throw .corrupt("zlib could not start") }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Inflates one chunk and appends what it holds.
    ///
    /// - Parameters:
    ///   - chunk: The next bytes of the file.
    ///   - output: Where the inflated bytes go.
    ///   - maximumBytes: The most bytes that `output` may hold in all.
    mutating func decode(_ chunk: [UInt8], into output: inout [UInt8], maximumBytes: Int) throws(Failure) {
        var consumed = 0
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while consumed < chunk.count {
            if isBetweenMembers {
                guard chunk[consumed] != 0 else {  // tape archives pad the last block with zero bytes
                    consumed += 1
                    continue
                }
                guard inflateReset(stream) == Z_OK else { throw .corrupt("zlib could not start again") }
                isBetweenMembers = false
            }
            let (status, used, written) = step(chunk, from: consumed, into: &room)
            consumed += used
            guard written <= maximumBytes - output.count else { throw .tooLarge }
            output.append(contentsOf: room[..<written])
            switch status {
            case Z_STREAM_END: isBetweenMembers = true
            case Z_OK where used > 0 || written > 0: break
            case Z_BUF_ERROR where consumed == chunk.count: break
            default: throw .corrupt(message(for: status))
            }
        }
        try drain(into: &output, room: &room, maximumBytes: maximumBytes)
    }

    /// Checks that the last member was complete.
    mutating func finish() throws(Failure) {
        guard isBetweenMembers else { throw .truncated }
    }

    /// Takes out what zlib still holds when all input is consumed but the room was full.
    private mutating func drain(into output: inout [UInt8], room: inout [UInt8], maximumBytes: Int) throws(Failure) {
        while !isBetweenMembers {
            let (status, _, written) = step([], from: 0, into: &room)
            guard written <= maximumBytes - output.count else { throw .tooLarge }
            output.append(contentsOf: room[..<written])
            switch status {
            case Z_STREAM_END: isBetweenMembers = true
            case Z_OK where written > 0: break
            case Z_OK, Z_BUF_ERROR: return
            default: throw .corrupt(message(for: status))
            }
        }
    }

    private func step(
        _ chunk: [UInt8], from start: Int, into room: inout [UInt8]
    ) -> (status: Int32, used: Int, written: Int) {
        let stream = stream
        return room.withUnsafeMutableBufferPointer { room in
            chunk.withUnsafeBufferPointer { chunk in
                let input = chunk[start...]
                // zlib declares its input mutable but never writes to it.
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: UnsafeBufferPointer(rebasing: input).baseAddress)
                stream.pointee.avail_in = uInt(input.count)
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = uInt(room.count)
                let status = inflate(stream, Z_NO_FLUSH)
                return (
                    status, input.count - Int(stream.pointee.avail_in), room.count - Int(stream.pointee.avail_out)
                )
            }
        }
    }

    private func message(for status: Int32) -> String {
        if let text = stream.pointee.msg { return String(cString: text) }
        return "zlib status \(status)"
    }
}
