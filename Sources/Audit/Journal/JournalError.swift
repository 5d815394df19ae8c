#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a journal or a file beside it cannot be used, in words that say what to do next.
public enum JournalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process writes to this run directory.
    case locked(directory: String, holder: String?)
    /// A new run was to begin where lines of a run already stand.
    case alreadyStarted(path: String)
    /// There is no journal here.
    case missing(path: String)
    /// Something that is not a regular file has the journal's name.
    case notAFile(path: String)
    /// The journal differs from what was written; nothing has been changed on disk.
    ///
    /// - Parameters:
    ///   - line: The first line that is wrong, counted from 1.
    ///   - byteOffset: Where that line begins.
    case damaged(path: String, line: Int, byteOffset: Int, damage: JournalDamage)
    /// The operating system refused an operation.
    case system(operation: FileOperation, path: String, code: Int32)
    /// A record has no canonical JSON form.
    case notEncodable(kind: String, reason: CanonicalJSONError)
    /// A record kind is not made of letters, digits, `.`, `_` and `-`.
    case invalidKind(String)
    /// A record is longer than a line may be.
    case recordTooLong(kind: String, byteCount: Int, limit: Int)
    /// A line was asked for as a type that it does not hold.
    case undecodable(line: Int, kind: String, type: String, reason: String)
    /// The writer was closed before this line was appended.
    case closed(path: String)

    /// One or two sentences: what happened where, and what to do next.
    public var description: String {
        switch self {
        case .locked(let directory, let holder):
            "\(directory) is being written by another process\(holder.map { " (\($0))" } ?? ""): "
                + "wait until it ends, or use another run directory"
        case .alreadyStarted(let path):
            "\(path) already holds a run: continue it, or use another run directory"
        case .missing(let path):
            "\(path) does not exist: check the run directory's name, or start the run first"
        case .notAFile(let path):
            "\(path) is not a regular file: use another run directory"
        case .damaged(let path, let line, let byteOffset, let damage):
            "\(path), line \(line) (byte \(byteOffset)): \(damage). Nothing was changed. "
                + "Restore the file from a copy, or keep what is sound with: head -n \(line - 1) journal.jsonl"
        case .system(let operation, let path, let code):
            "cannot \(operation.rawValue) \(path): \(String(cString: strerror(code))) (errno \(code)). "
                + advice(operation: operation, code: code)
        case .notEncodable(let kind, let reason):
            "a record of kind \"\(kind)\" cannot be written: \(reason)"
        case .invalidKind(let kind):
            "\"\(kind)\" is not a record kind: use letters, digits, '.', '_' and '-'"
        case .recordTooLong(let kind, let byteCount, let limit):
            "a record of kind \"\(kind)\" has \(byteCount) bytes and a line may have \(limit): split the record"
        case .undecodable(let line, let kind, let type, let reason):
            "journal line \(line) of kind \"\(kind)\" cannot be read as \(type): \(reason). "
                + "The run may come from another version of this program"
        case .closed(let path):
            "\(path) was closed and takes no more lines"
        }
    }

    private func advice(operation: FileOperation, code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT:
            "Free space there and run the same command again: every line written so far is kept"
        case EFBIG:
            "Raise the file size limit (ulimit -f) and run the same command again: every line written so far is kept"
        case EACCES, EPERM, EROFS:
            operation.writes ? "Use a directory that you may write to" : "Check its permissions"
        case EIO, ESTALE:
            "Check the disk or network file system, then run the same command again: the lines that verify are kept"
        case EMFILE, ENFILE:
            "Raise the limit of open files (ulimit -n) and run the same command again"
        case ENOENT, ENOTDIR, EISDIR:
            "Check the path"
        default:
            operation.writes
                ? "Correct that and run the same command again: every line written so far is kept" : "Check the file"
        }
    }
}

/// What was asked of the operating system, in the words of an error message.
public enum FileOperation: String, Sendable {
    /// Creating a directory.
    case createDirectory = "create the directory"
    /// Opening or finding a file.
    case open
    /// Reading a file.
    case read
    /// Appending to a file.
    case write = "write to"
    /// Cutting off an incomplete last line.
    case truncate
    /// Waiting until written lines are on stable storage.
    case synchronize
    /// Taking the run directory's lock.
    case lock

    fileprivate var writes: Bool {
        switch self {
        case .createDirectory, .write, .truncate, .synchronize, .lock: true
        case .open, .read: false
        }
    }
}

/// What is wrong with a complete line of a journal.
public enum JournalDamage: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line does not have the form of a journal line; `excerpt` is how it begins.
    case notAJournalLine(excerpt: String)
    /// The line carries another number than its place: lines are missing, repeated or out of order.
    case wrongSequence(found: Int)
    /// The line, or its link to the line before, was changed after it was written.
    case brokenChain
    /// The line is longer than any line that is written.
    case tooLong(limit: Int)

    /// What is wrong, as part of a sentence.
    public var description: String {
        switch self {
        case .notAJournalLine(let excerpt):
            "this is not a journal line (it begins \"\(excerpt)\")"
        case .wrongSequence(let found):
            "the line says that it is number \(found): lines are missing, repeated or out of order"
        case .brokenChain:
            "the line does not match its hash: it was changed after it was written"
        case .tooLong(let limit):
            "the line is longer than the \(limit) bytes that a line may have"
        }
    }
}
