import Audit

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a report could not be made or written, in words that say what to do next.
public enum ReportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The suffix of a path stands for no format.
    case unknownFormat(path: String, known: [String])
    /// The directory that a report was to be written to does not exist, or is not one.
    case missingDirectory(path: String, directory: String)
    /// There is a directory where the report was to be written.
    case isDirectory(path: String)
    /// There is a pipe, a device or a socket where the report was to be written.
    case notAFile(path: String)
    /// The operating system refused to write; what stood at the path before is still there.
    case notWritten(path: String, step: WritingStep, code: Int32)
    /// The journal of the run could not be read again.
    case journalUnreadable(directory: String, reason: String)
    /// The journal holds other observations than the analysis was made from.
    case journalChanged(directory: String, analyzed: Int, found: Int)
    /// A number of the analysis has no JSON form.
    case notEncodable(directory: String, reason: CanonicalJSONError)

    /// A step of writing a file, in the words of an error message.
    public enum WritingStep: String, Sendable {
        /// Making a temporary file beside the report, or looking at what is there.
        case create
        /// Writing the report's bytes.
        case write
        /// Waiting until they are on stable storage.
        case synchronize
        /// Giving the finished file its name.
        case rename
    }

    /// What is wrong, where, and what to do, in one line.
    public var description: String {
        switch self {
        case .unknownFormat(let path, let known):
            "\"\(path)\": the suffix names no report format; end the file's name in one of: "
                + known.joined(separator: ", ")
        case .missingDirectory(let path, let directory):
            "cannot write \(path): there is no directory \(directory); create it, or give another path"
        case .isDirectory(let path):
            "cannot write \(path): it is a directory; give the path of a file, for example \(path)/report.md"
        case .notAFile(let path):
            "cannot write \(path): it is a pipe, a device or a socket; give the path of a regular file"
        case .notWritten(let path, let step, let code):
            "cannot \(step.rawValue) \(path): \(String(cString: strerror(code))) (errno \(code)); \(Self.advice(code)); "
                + "nothing that was there before has been changed"
        case .journalUnreadable(let directory, let reason):
            "the journal of \(directory) cannot be read for the report: \(reason)"
        case .journalChanged(let directory, let analyzed, let found):
            "the journal of \(directory) holds \(found) observations and the analysis has \(analyzed): "
                + "make the report again when no run is writing there"
        case .notEncodable(let directory, let reason):
            "the analysis of \(directory) has no JSON form: \(reason)"
        }
    }

    private static func advice(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "free space there and write the report again"
        case EFBIG: "raise the file size limit (ulimit -f) and write the report again"
        case EACCES, EPERM, EROFS: "give a path that you may write to"
        case ENAMETOOLONG: "give a shorter path"
        case EMFILE, ENFILE: "raise the limit of open files (ulimit -n) and write the report again"
        default: "correct that or give another path"
        }
    }
}
