/// The SHA-256 of a secret file as it was made known when the canaries were minted.
public struct Commitment: Sendable, Hashable {
    /// 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Takes 64 hexadecimal digits.
    ///
    /// - Throws: ``CanaryError/invalidOption(name:value:requirement:)``.
    public init(_ text: String) throws(CanaryError) {
        let digits = text.lowercased()
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
            throw .invalidOption(
                name: "commitment", value: String(text.prefix(80)),
                requirement: "64 hexadecimal digits, as `rote canary mint` printed them")
        }
        sha256 = digits
    }
}
