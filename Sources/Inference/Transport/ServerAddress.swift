/// The base URL of an inference server, for example `http://127.0.0.1:8080`.
///
/// Always `http` or `https`, without credentials, query or fragment, and without a slash at the end.
public struct ServerAddress: Sendable, Hashable {
    /// The checked base URL.
    public let text: String

    /// Checks the text that a person gave as a server.
    ///
    /// - Parameter text: An `http` or `https` URL, perhaps with a port and a path; surrounding white space and slashes
    ///   at the end are dropped, scheme and host are lowercased.
    /// - Throws: ``ServerAddressError`` that names what is wrong.
    public init(_ text: String) throws(ServerAddressError) {
        let trimmed = text.drop(while: \.isWhitespace)
        let end = trimmed.lastIndex { !$0.isWhitespace }
        let given = end.map { trimmed[...$0] } ?? ""
        func refuse(_ problem: ServerAddressError.Problem) -> ServerAddressError {
            ServerAddressError(given: text, problem: problem)
        }
        guard !given.isEmpty else { throw refuse(.empty) }
        guard let separator = given.firstRange(of: "://") else { throw refuse(.noScheme) }
        let scheme = given[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { throw refuse(.otherScheme) }
        var rest = given[separator.upperBound...]
        guard !rest.contains("@") else { throw refuse(.credentials) }
        guard !rest.contains("?"), !rest.contains("#") else { throw refuse(.queryOrFragment) }
        guard rest.utf8.allSatisfy(Self.isURLByte) else { throw refuse(.character) }
        while rest.last == "/" { rest.removeLast() }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        let (host, port) = try Self.split(authority: authority, refuse)
        guard Self.isHost(host) else { throw refuse(.host) }
        if let port {
            guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = UInt16(port), number > 0
            else { throw refuse(.port) }
        }
        let suffix = port.map { ":\($0)" } ?? ""
        self.text = "\(scheme)://\(host.lowercased())\(suffix)\(rest[slash...])"
    }

    /// Returns the URL of a path on this server.
    ///
    /// - Parameter path: An already percent-encoded path such as `/v1/completions`; a missing slash is added.
    public func url(path: String) -> String {
        path.hasPrefix("/") ? text + path : "\(text)/\(path)"
    }

    private static func split(
        authority: Substring, _ refuse: (ServerAddressError.Problem) -> ServerAddressError
    ) throws(ServerAddressError) -> (host: Substring, port: Substring?) {
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw refuse(.host) }
            let after = authority[close...].dropFirst()
            guard after.isEmpty || after.first == ":" else { throw refuse(.host) }
            return (authority[...close], after.isEmpty ? nil : after.dropFirst())
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[colon...].dropFirst())
    }

    private static func isHost(_ host: Substring) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            return inner.contains(":")
                && inner.utf8.allSatisfy { byte in
                    byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || Character(Unicode.Scalar(byte)).isHexDigit
                }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                let character = Character(Unicode.Scalar(byte))
                return character.isLetter || character.isNumber || "-._~".contains(character)
            }
    }

    /// Whether a byte may stand in a URL without percent-encoding (RFC 3986), apart from `?`, `#` and `@`.
    private static func isURLByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "-._~:/[]!$&'()*+,;=%".utf8.contains(byte)
        }
    }
}

extension ServerAddress: CustomStringConvertible, Codable {
    /// The base URL.
    public var description: String { text }

    /// Reads an address from a single string, checked like any other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = try ServerAddress(container.decode(String.self))
        } catch let error as ServerAddressError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the address as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Why a text is not the address of a server.
public struct ServerAddressError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with the text.
    public enum Problem: Sendable, Hashable {
        /// There is nothing.
        case empty
        /// It does not begin with `http://` or `https://`.
        case noScheme
        /// It begins with another scheme.
        case otherScheme
        /// It holds a user name or password.
        case credentials
        /// It holds a query or a fragment.
        case queryOrFragment
        /// It holds a character that cannot stand in a URL.
        case character
        /// The host is missing or not a host name or address.
        case host
        /// The port is not a number from 1 to 65535.
        case port
    }

    /// What is wrong with the text.
    public let problem: Problem
    /// The text on one line; without its part before `@`, which may be a password.
    public let shown: String

    init(given: String, problem: Problem) {
        self.problem = problem
        let secretless = given.lastIndex(of: "@").map { "…" + given[$0...] } ?? given
        shown = PlainText.oneLine(secretless, limit: 100)
    }

    /// What is wrong and what a right one looks like, in one line.
    public var description: String {
        let what =
            switch problem {
            case .empty: "it is empty"
            case .noScheme: "it does not begin with http:// or https://"
            case .otherScheme: "only http:// and https:// are spoken"
            case .credentials: "a user name or password does not belong in it; give the key as an API key"
            case .queryOrFragment: "it ends in a query or fragment (? or #)"
            case .character: "it holds a character that cannot stand in a URL"
            case .host: "the host is missing or not a host name"
            case .port: "the port is not a number from 1 to 65535"
            }
        return "server address \"\(shown)\": \(what); write it like http://127.0.0.1:8080"
    }
}
