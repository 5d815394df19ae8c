import Crypto

/// Returns the SHA-256 digest of bytes as 64 lower-case hexadecimal digits.
///
/// - Parameter bytes: The exact bytes that the digest names, for example those of ``CanonicalJSON/encode(_:)``.
/// - Complexity: O(*n*).
public func sha256Hex(_ bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    let done: Void? = bytes.withContiguousStorageIfAvailable { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    if done == nil {
        hash.update(data: Array(bytes))
    }
    return String(decoding: hexDigits(hash.finalize()), as: UTF8.self)
}

/// Returns the SHA-256 digest of texts in order, each with its length before it, so that no two lists share a digest.
///
/// - Complexity: O(*n*) in bytes.
public func sha256Hex(ofTexts texts: some Sequence<String>) -> String {
    var bytes: [UInt8] = []
    for text in texts {
        bytes += "\(text.utf8.count):".utf8
        bytes += text.utf8
    }
    return sha256Hex(bytes)
}

/// Returns the lower-case hexadecimal digits of bytes, as ASCII.
func hexDigits(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return text
}
