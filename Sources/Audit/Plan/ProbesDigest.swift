import Corpus
import Crypto

/// SHA-256 over every window's place, context and suffix, in the order in which they are sent.
///
/// The plan holds it, and the frozen-plan gate computes it again from the observations, so that a journal whose windows
/// are not those of its plan cannot pass.
struct ProbesDigest {
    private var hash = SHA256()

    /// Begins the windows of a document.
    mutating func begin(_ arm: Arm, _ document: DocumentID) {
        add("\n\(arm.rawValue) \(document.rawValue.utf8.count):\(document.rawValue)")
    }

    /// Adds a window of the document begun last.
    ///
    /// - Parameters:
    ///   - start: Token offset of the window.
    ///   - tokens: The context that is sent, with what is put around the prefix, and the suffix.
    mutating func add(start: Int, tokens: some Sequence<TokenID>) {
        var text = " \(start)"
        for token in tokens { text += ",\(token.rawValue)" }
        add(text)
    }

    /// The digest of what was added so far, as 64 lower-case hexadecimal digits.
    var hex: String { String(decoding: hexDigits(hash.finalize()), as: UTF8.self) }

    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
}
