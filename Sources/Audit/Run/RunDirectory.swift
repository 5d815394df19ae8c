/// The directory of a run.
public enum RunDirectory {
    /// Makes sure that a run directory exists, before anything expensive is begun.
    ///
    /// - Parameter path: The directory; directories above it are made too.
    /// - Throws: ``JournalError/system(operation:path:code:)`` when it cannot be made.
    public static func create(_ path: String) throws(JournalError) {
        try OpenFile.createDirectories(path)
    }

    /// The file in which a started server's output is kept.
    public static func serverLog(in path: String) -> String { "\(path)/server.log" }
}
