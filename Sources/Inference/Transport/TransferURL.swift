/// The two things that a transfer needs to know about its URL.
enum TransferURL {
    /// Whether a URL is `http` or `https` and free of bytes that must be percent-encoded, such as a line break.
    static func isSendable(_ url: String) -> Bool {
        (url.hasPrefix("http://") || url.hasPrefix("https://")) && url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether the host of an absolute URL is `localhost`, in `127.0.0.0/8`, or `::1`, where a proxy from the
    /// environment must not be asked.
    ///
    /// - Complexity: O(*n*) in the URL's length, without allocation.
    static func isLoopback(_ url: String) -> Bool {
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
