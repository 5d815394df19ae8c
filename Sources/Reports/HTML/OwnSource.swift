import Audit
import Foundation

/// A style sheet or a script of this program, which the page's policy allows by its hash.
///
/// The text is static: nothing that is known only when a report is made can get into it.
struct OwnSource: Sendable {
    /// What a source is.
    enum Kind: Sendable { case style, script }

    let kind: Kind
    let text: String

    init(_ kind: Kind, _ text: StaticString) {
        self.kind = kind
        self.text = "\(text)"
    }

    var tag: String { kind == .style ? "style" : "script" }

    /// The source expression of a content security policy that allows exactly this text.
    var policyHash: String {
        let digits = Array(sha256Hex(text.utf8).utf8)
        let digest = stride(from: 0, to: digits.count, by: 2).compactMap { place in
            UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
        }
        return "'sha256-\(Data(digest).base64EncodedString())'"
    }
}
