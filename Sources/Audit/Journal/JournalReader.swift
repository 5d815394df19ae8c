#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a run journal from beginning to end, verifying every line on the way.
///
/// Reading changes nothing on disk and needs no lock, so a journal can be read while it is being written; its last
/// line may then look torn. Memory is bounded by the longest line, whatever the number of lines.
public struct JournalReader: Sendable {
    /// The journal's path.
    public let path: String

    /// Names the journal of a run directory; nothing is opened yet.
    public init(directory: String) {
        path = journalPath(in: directory)
    }

    /// Whether a journal exists and has content.
    ///
    /// - Throws: ``JournalError/system(operation:path:code:)`` when that cannot be known.
    public func presence() throws(JournalError) -> JournalPresence {
        guard try OpenFile.exists(path) else { return .missing }
        return try OpenFile(path, flags: O_RDONLY).status().byteCount == 0 ? .empty : .present
    }

    /// Verifies the journal and hands over each line.
    ///
    /// - Parameter visit: Called for every line in order; what it throws ends the reading and is passed on.
    /// - Returns: How many lines there are, where they end, and whether a torn tail follows.
    /// - Throws: ``JournalError``: `missing` when there is no file, `damaged` at the first line that is wrong.
    /// - Complexity: O(*n*) time in the file's size.
    @discardableResult
    public func read(_ visit: (JournalLine) throws -> Void = { _ in }) throws -> JournalExtent {
        guard try OpenFile.exists(path) else { throw JournalError.missing(path: path) }
        let file = try OpenFile(path, flags: O_RDONLY)
        guard try file.status().isRegular else { throw JournalError.notAFile(path: path) }
        var scan = JournalScan(path: path)
        var chunk = [UInt8](repeating: 0, count: 1 << 17)
        while true {
            let count = try file.read(into: &chunk)
            if count == 0 { break }
            try chunk.withUnsafeBytes { bytes in
                try scan.consume(UnsafeRawBufferPointer(rebasing: bytes[..<count]), visit)
            }
        }
        return try scan.finish()
    }
}

/// Whether a run directory has a journal.
public enum JournalPresence: Sendable, Equatable {
    /// There is no journal file.
    case missing
    /// The file exists and holds no byte: a run was interrupted before its first line.
    case empty
    /// The file holds bytes, which may still be no more than a torn first line.
    case present
}

/// How far the verified part of a journal reaches.
public struct JournalExtent: Sendable, Equatable {
    /// The number of verified lines.
    public let lineCount: Int
    /// The number of bytes that they take, which is where the next line belongs.
    public let byteCount: Int
    /// The chain of the last line, or 64 zeros when there is none.
    public let lastChain: String
    /// What follows the last verified line.
    public let ending: JournalEnding
}

/// What stands after the last verified line of a journal.
public enum JournalEnding: Sendable, Equatable {
    /// The file is empty.
    case empty
    /// Nothing: the last line is complete.
    case whole
    /// An incomplete line that begins at this byte; the writer drops it when the run continues.
    case tornTail(byteOffset: Int)
}

/// The state of a reading between two pieces of the file.
private struct JournalScan {
    let path: String
    private var lineCount = 0
    private var lineStart = 0
    private var lastChain = JournalLayout.firstChain
    /// The beginning of a line whose end is in a later piece.
    private var partial: [UInt8] = []

    init(path: String) {
        self.path = path
    }

    mutating func consume(_ bytes: UnsafeRawBufferPointer, _ visit: (JournalLine) throws -> Void) throws {
        var start = 0
        while start < bytes.count, let end = bytes[start...].firstIndexOfLineFeed() {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            if partial.isEmpty {
                try take(piece, visit)
            } else {
                try hold(piece)
                let line = partial
                partial.removeAll(keepingCapacity: true)
                try line.withUnsafeBytes { try take($0, visit) }
            }
            start = end + 1
        }
        try hold(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }

    private mutating func hold(_ bytes: UnsafeRawBufferPointer) throws(JournalError) {
        guard partial.count + bytes.count < JournalLayout.longestLine else {
            throw damaged(.tooLong(limit: JournalLayout.longestLine))
        }
        partial += bytes
    }

    private mutating func take(_ line: UnsafeRawBufferPointer, _ visit: (JournalLine) throws -> Void) throws {
        let verified: JournalLine
        do {
            verified = try JournalLayout.verify(line, sequence: lineCount + 1, after: lastChain)
        } catch {
            throw damaged(error)
        }
        try visit(verified)
        lineCount += 1
        lineStart += line.count + 1
        lastChain = Array(verified.chain.utf8)
    }

    private func damaged(_ damage: JournalDamage) -> JournalError {
        .damaged(path: path, line: lineCount + 1, byteOffset: lineStart, damage: damage)
    }

    func finish() throws(JournalError) -> JournalExtent {
        let ending: JournalEnding
        if partial.isEmpty {
            ending = lineCount == 0 ? .empty : .whole
        } else {
            let ours = partial.withUnsafeBytes { JournalLayout.isBeginningOfLine($0) }
            guard ours else {
                throw damaged(partial.withUnsafeBytes { JournalLayout.notALine($0) })
            }
            ending = .tornTail(byteOffset: lineStart)
        }
        return JournalExtent(
            lineCount: lineCount, byteCount: lineStart, lastChain: String(decoding: lastChain, as: UTF8.self),
            ending: ending)
    }
}
