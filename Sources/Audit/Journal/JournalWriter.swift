import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Appends lines to a run journal, alone in its directory, from any number of tasks.
///
/// What survives:
/// - **The process dies** (`kill -9`, a crash): every line whose `append` returned. A line in mid-write is left torn and
///   dropped when the run continues.
/// - **The machine dies** (power loss): every line older than about a second, because the file is synchronised at most
///   once per second while lines arrive, one second after the first line that is not yet safe, and on ``flush()`` and
///   ``close()``. Younger lines may be missing or torn.
/// - **The disk is full, or a write fails half-way**: the file is cut back to the last whole line and the error says what
///   to do. The writer goes on working once there is space again.
public final class JournalWriter: Sendable {
    /// The journal's path.
    public let path: String
    /// False where the file system has no advisory locks, so that nothing keeps a second writer out: warn the user.
    public let isExclusive: Bool

    private let calls: JournalSystemCalls
    private let state: Mutex<State>

    private struct State {
        /// Nil once closed.
        var open: (file: OpenFile, lock: JournalLock)?
        var lineCount: Int
        var byteCount: Int
        var lastChain: [UInt8]
        var hasUnsyncedLines = false
        /// A failure after which the file's content is not known to be what was written.
        var failure: JournalError?
    }

    /// Begins a journal, creating the directory if needed.
    ///
    /// - Parameter directory: The run directory.
    /// - Throws: ``JournalError``: `locked` when another process writes there, `alreadyStarted` when the journal holds
    ///   bytes, `system` when the directory or file cannot be made.
    public convenience init(directory: String) throws(JournalError) {
        try self.init(directory: directory, calls: .real)
    }

    init(directory: String, calls: JournalSystemCalls) throws(JournalError) {
        try OpenFile.createDirectories(directory)
        let lock = try JournalLock(directory: directory)
        path = journalPath(in: directory)
        let file = try OpenFile(path, flags: O_RDWR | O_CREAT | O_APPEND)
        let status = try file.status()
        guard status.isRegular else { throw .notAFile(path: path) }
        guard status.byteCount == 0 else { throw .alreadyStarted(path: path) }
        // The file's name must be as durable as its lines; a file system that cannot say so is no reason to stop.
        let parent = try OpenFile(directory, flags: O_RDONLY)
        _ = calls.synchronize(parent.descriptor)
        self.calls = calls
        isExclusive = lock.isExclusive
        state = Mutex(
            State(open: (file, lock), lineCount: 0, byteCount: 0, lastChain: JournalLayout.firstChain))
    }

    /// Continues a journal after its last whole line.
    ///
    /// The whole file is verified first. A torn tail is cut off; any other damage is thrown with nothing changed on
    /// disk, and so is what `visit` throws: this is where a caller compares the recorded plan with the one it has.
    /// A journal whose only line was torn is continued at its first line, without a header.
    ///
    /// - Parameters:
    ///   - directory: The run directory.
    ///   - visit: Called for every line in order while the lock is held.
    /// - Throws: ``JournalError``, or what `visit` throws.
    public convenience init(resuming directory: String, visit: (JournalLine) throws -> Void = { _ in }) throws {
        try self.init(resuming: directory, calls: .real, visit: visit)
    }

    init(
        resuming directory: String, calls: JournalSystemCalls, visit: (JournalLine) throws -> Void = { _ in }
    ) throws {
        path = journalPath(in: directory)
        guard try OpenFile.exists(path) else { throw JournalError.missing(path: path) }
        let lock = try JournalLock(directory: directory)
        let extent = try JournalReader(directory: directory).read(visit)
        let file = try OpenFile(path, flags: O_RDWR | O_APPEND)
        if case .tornTail(let byteOffset) = extent.ending {
            let result = calls.truncate(file.descriptor, byteOffset)
            guard result == 0 else {
                throw JournalError.system(operation: .truncate, path: path, code: Int32(-result))
            }
        }
        self.calls = calls
        isExclusive = lock.isExclusive
        state = Mutex(
            State(
                open: (file, lock), lineCount: extent.lineCount, byteCount: extent.byteCount,
                lastChain: Array(extent.lastChain.utf8)))
    }

    /// The number of lines in the journal.
    public var lineCount: Int { state.withLock { $0.lineCount } }

    /// The chain of the last line, 64 hexadecimal digits; 64 zeros before the first line.
    public var lastChain: String { state.withLock { String(decoding: $0.lastChain, as: UTF8.self) } }

    /// Appends one line and returns its number.
    ///
    /// The line is handed to the operating system before this returns, and stays even if the process is killed next.
    ///
    /// - Parameters:
    ///   - kind: What the record is: letters, digits, `.`, `_` and `-`, at most 64.
    ///   - record: Anything with a canonical JSON form.
    /// - Throws: ``JournalError``; the journal then holds exactly the lines it held before.
    /// - Complexity: O(*n*) in the record's size; encoding happens outside the lock.
    @discardableResult
    public func append(kind: String, record: some Encodable) throws(JournalError) -> Int {
        guard JournalLayout.isKind(Array(kind.utf8)) else { throw .invalidKind(kind) }
        let recordBytes: [UInt8]
        do {
            recordBytes = try CanonicalJSON.encode(record)
        } catch {
            throw .notEncodable(kind: kind, reason: error)
        }
        let (sequence, mustSchedule) = try state.withLock { (state) throws(JournalError) in
            try append(kind: kind, record: recordBytes, to: &state)
        }
        if mustSchedule { scheduleSynchronization() }
        return sequence
    }

    private func append(
        kind: String, record: [UInt8], to state: inout State
    ) throws(JournalError) -> (sequence: Int, mustSchedule: Bool) {
        guard let open = state.open else { throw .closed(path: path) }
        if let failure = state.failure { throw failure }
        let sequence = state.lineCount + 1
        let body = JournalLayout.body(kind: kind, record: record, sequence: sequence)
        let chain = body.withUnsafeBytes { JournalLayout.chain(after: state.lastChain, body: $0) }
        let line = JournalLayout.line(chain: chain, body: body)
        guard line.count < JournalLayout.longestLine else {
            throw .recordTooLong(kind: kind, byteCount: record.count, limit: JournalLayout.longestLine)
        }
        if let code = calls.writeAll(line, to: open.file.descriptor) {
            let error = JournalError.system(operation: .write, path: path, code: code)
            if calls.truncate(open.file.descriptor, state.byteCount) != 0 {
                // The tail is torn and cannot be cut now; another line after it would turn it into damage.
                state.failure = error
            }
            throw error
        }
        state.lineCount = sequence
        state.byteCount += line.count
        state.lastChain = chain
        let mustSchedule = !state.hasUnsyncedLines
        state.hasUnsyncedLines = true
        return (sequence, mustSchedule)
    }

    /// Waits until every line appended so far is on stable storage.
    ///
    /// - Throws: ``JournalError/system(operation:path:code:)``. After a failed synchronisation nobody knows which lines
    ///   are safe, so every later call throws the same error and the run has to be continued by a new writer.
    public func flush() throws(JournalError) {
        let file = try state.withLock { (state) throws(JournalError) in
            guard let open = state.open else { throw .closed(path: path) }
            if let failure = state.failure { throw failure }
            state.hasUnsyncedLines = false
            return open.file
        }
        try synchronize(file)
    }

    /// Flushes, closes the file and gives the directory free; closing twice is allowed.
    ///
    /// - Throws: ``JournalError/system(operation:path:code:)`` when the last lines may not be on stable storage.
    public func close() throws(JournalError) {
        let closing = state.withLock { state in
            defer { state.open = nil }
            return (open: state.open, failure: state.failure)
        }
        guard let open = closing.open else { return }
        if let failure = closing.failure { throw failure }
        try synchronize(open.file)
    }

    private func scheduleSynchronization() {
        // Off the cooperative thread pool: a synchronisation may block for as long as a busy disk pleases.
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
            guard let self else { return }
            let file = self.state.withLock { state -> OpenFile? in
                guard state.hasUnsyncedLines, state.failure == nil else { return nil }
                state.hasUnsyncedLines = false
                return state.open?.file
            }
            // A failure is kept and thrown by the next call.
            if let file { try? self.synchronize(file) }
        }
    }

    private func synchronize(_ file: OpenFile) throws(JournalError) {
        let result = calls.synchronize(file.descriptor)
        guard result != 0 else { return }
        let error = JournalError.system(operation: .synchronize, path: path, code: Int32(-result))
        state.withLock { $0.failure = $0.failure ?? error }
        throw error
    }
}
