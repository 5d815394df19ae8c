import Crypto

/// The 256 secret bits from which all siblings and all choices of a set of canaries follow.
///
/// Secrets are not drawn from `SeededGenerator`: the state of a generator that is made for simulations can be computed
/// from its output, and the published secrets are such output. HMAC-SHA-256 in counter mode replays as exactly, and
/// what is published tells nothing about what is not.
public struct CanaryKey: Sendable, Hashable {
    /// Where a key comes from.
    public enum Origin: Sendable, Hashable {
        /// The secure random source of the operating system: nobody can guess it.
        case secureRandom
        /// A number given by hand: for tests and replay, because whoever guesses it knows all siblings.
        case seed(UInt64)
    }

    /// Where the key comes from.
    public let origin: Origin
    private let bytes: [UInt8]

    /// Draws a key from the secure random source of the operating system.
    public static func random() -> CanaryKey {
        var source = SystemRandomNumberGenerator()
        return CanaryKey(origin: .secureRandom, bytes: (0..<4).flatMap { _ in littleEndianBytes(source.next()) })
    }

    /// Makes the same key from the same seed, for tests and replay.
    public init(seed: UInt64) {
        self.init(origin: .seed(seed), bytes: Array(SHA256.hash(data: Array("rote canary seed \(seed)".utf8))))
    }

    private init(origin: Origin, bytes: [UInt8]) {
        self.origin = origin
        self.bytes = bytes
    }

    /// Reads the 64 hexadecimal digits of a secret file; `nil` when they are not that.
    init?(hexadecimal: String) {
        let digits = Array(hexadecimal.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            let pair = String(decoding: digits[index..<index + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16), !pair.hasPrefix("+"), pair == pair.lowercased() else { return nil }
            bytes.append(byte)
        }
        self.init(origin: .secureRandom, bytes: bytes)
    }

    /// The key as 64 lower-case hexadecimal digits.
    var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// A key for one purpose, from which neither this key nor that of another purpose can be computed.
    func derived(for purpose: String) -> CanaryKey { CanaryKey(origin: origin, bytes: output(purpose)) }

    /// 32 pseudo-random bytes that belong to a label.
    func output(_ label: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(label.utf8), using: SymmetricKey(data: bytes)))
    }

    private static func littleEndianBytes(_ word: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
    }
}

extension CanaryKey: CustomStringConvertible, CustomDebugStringConvertible {
    /// Where the key comes from, and nothing of its bits: descriptions end in logs.
    public var description: String {
        switch origin {
        case .secureRandom: "a random key"
        case .seed: "a key from a seed"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}
