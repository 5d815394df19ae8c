/// Tells whether a URL points at this machine, where a proxy from the environment must not be asked.
enum LoopbackHost {
    /// Whether the host of an absolute URL is `localhost`, in `127.0.0.0/8`, or `::1`.
    ///
    /// - Complexity: O(*n*) in the URL's length, without allocation.
    static func isNamed(in url: String) -> Bool {
        var rest = Substring(url)
        guard let scheme = rest.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        rest = rest[scheme...].dropFirst()
        guard rest.hasPrefix("//") else { return false }
        rest = rest.dropFirst(2)
        if rest.hasPrefix("[::1]") { return true }
        let end = rest.utf8.firstIndex { [UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "?")].contains($0) }
        let host = rest[..<(end ?? rest.endIndex)]
        return host == "localhost" || host == "LOCALHOST"
            || host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    }
}

extension Duration {
    /// The duration in milliseconds, rounded up, at least 1 and at most about 24 days.
    var wholeMilliseconds: Int {
        guard self > .zero else { return 1 }
        guard self < .milliseconds(Int32.max) else { return Int(Int32.max) }
        let (seconds, attoseconds) = components
        let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return max(1, Int(seconds) * 1_000 + Int(milliseconds))
    }
}
