#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The secret that a server wants to see, which no description, dump, mirror or encoder of Rote can show.
public struct APIKey: Sendable {
    /// The key itself; read only where the `Authorization` header is made and where replies are cleaned of it.
    let secret: String
    /// The environment variable or file that it was taken from, for error messages.
    public let source: String

    /// Takes a key from the value of an environment variable.
    ///
    /// - Parameters:
    ///   - variable: The variable's name, used in error messages.
    ///   - environment: The process environment.
    /// - Throws: ``APIKeyError`` if the variable is missing, empty, or holds something that cannot be a key.
    public init(variable: String, in environment: [String: String]) throws(APIKeyError) {
        guard let value = environment[variable] else { throw APIKeyError(source: variable, problem: .missing) }
        try self.init(text: value, source: variable)
    }

    /// Takes a key from the first 16 KiB of a file, ignoring surrounding white space.
    ///
    /// - Parameter path: The file that holds the key and nothing else.
    /// - Throws: ``APIKeyError`` if the file cannot be read, is empty, or holds something that cannot be a key.
    public init(file path: String) throws(APIKeyError) {
        guard let file = fopen(path, "r") else {
            throw APIKeyError(source: path, problem: .unreadable(String(cString: strerror(errno))))
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else {
            throw APIKeyError(source: path, problem: .unreadable(String(cString: strerror(errno))))
        }
        guard count < bytes.count else { throw APIKeyError(source: path, problem: .tooLong) }
        try self.init(text: String(decoding: bytes[..<count], as: UTF8.self), source: path)
    }

    /// Checks a key's text.
    ///
    /// - Parameters:
    ///   - text: The key, possibly surrounded by white space.
    ///   - source: Where it comes from, for error messages.
    /// - Throws: ``APIKeyError`` if it is empty or holds anything but printable ASCII without spaces.
    init(text: String, source: String) throws(APIKeyError) {
        let bytes = Array(text.utf8)
        let isBlank: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { throw APIKeyError(source: source, problem: .empty) }
        let key = bytes[first...last]
        guard key.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIKeyError(source: source, problem: .notPrintable)
        }
        self.secret = String(decoding: key, as: UTF8.self)
        self.source = source
    }

    /// Returns text in which every occurrence of the key is replaced, since some servers repeat it in error messages.
    func redacting(_ text: String) -> String {
        guard text.contains(secret) else { return text }
        return text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: Self.shown)
    }

    private static let shown = "[redacted]"
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `[redacted]`.
    public var description: String { Self.shown }
    /// Always `[redacted]`.
    public var debugDescription: String { Self.shown }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// Why no API key could be taken from where it should be.
public struct APIKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was wrong with it.
    public enum Problem: Sendable, Hashable {
        /// The environment variable is not set.
        case missing
        /// The file cannot be read, for the reason given by the operating system.
        case unreadable(String)
        /// There is nothing but white space.
        case empty
        /// The file is 16 KiB or longer.
        case tooLong
        /// There are characters in it that cannot be sent in a header.
        case notPrintable
    }

    /// The environment variable or the file.
    public let source: String
    /// What was wrong with it.
    public let problem: Problem

    /// What happened, where, and what to do, in one line.
    public var description: String {
        switch problem {
        case .missing: "API key: \(source) is not set; export it, or name a file that holds the key"
        case .unreadable(let reason): "API key: \(source): \(reason); check the path and its permissions"
        case .empty: "API key: \(source) is empty; put the key there"
        case .tooLong: "API key: \(source) is 16 KiB or longer; name a file that holds the key and nothing else"
        case .notPrintable:
            "API key: \(source) holds spaces, line breaks or non-ASCII characters; it should hold the key alone"
        }
    }
}
