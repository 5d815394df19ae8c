import Corpus
import Inference
import PrefixLearning

/// A document cut into windows of one shape.
public struct CutDocument: Sendable {
    /// The arm that the document belongs to.
    public let arm: Arm
    /// The document.
    public let document: Document
    /// Its text as the model's tokenizer sees it.
    public let tokens: TokenizedText
    /// Token offsets of its windows.
    public let starts: [Int]

    /// The document's name within the audit.
    public var name: ArmedDocument { ArmedDocument(arm: arm, document: document.id) }

    /// What it may be compared with: documents that get the same number of windows have the same chances to be
    /// reproduced somewhere.
    var stratum: Int { starts.count }

    /// One window: the prefix alone, and the suffix that is expected after it.
    ///
    /// - Parameters:
    ///   - index: Index of the window.
    ///   - shape: The shape that the document was cut by.
    public func window(_ index: Int, shape: WindowShape) -> ForcingTarget {
        let border = starts[index] + shape.prefixTokens
        let end = border + shape.suffixTokens
        return ForcingTarget(
            prefix: Array(tokens.tokens[starts[index]..<border]), suffix: tokens.part(border..<end))
    }

    /// The text of the first window's prefix, which is all that a choice of an elicitation may look at: the suffixes are
    /// what is tested.
    public func opening(shape: WindowShape) -> String {
        guard let first = starts.first else { return "" }
        return String(decoding: tokens.bytes(ofTokens: first..<first + shape.prefixTokens), as: UTF8.self)
    }
}

/// A document that takes part in an audit.
public struct PreparedDocument: Sendable {
    /// The document and its windows.
    public let cut: CutDocument
    /// What is put around its prefixes.
    public let elicitation: Elicitation
    /// The number of the pair that it belongs to, or `nil` without a partner.
    public let pair: Int?

    /// The arm that the document belongs to.
    public var arm: Arm { cut.arm }
    /// The document.
    public var document: Document { cut.document }
    /// Its text as the model's tokenizer sees it.
    public var tokens: TokenizedText { cut.tokens }
    /// Token offsets of its windows.
    public var starts: [Int] { cut.starts }

    /// What a server is asked about one window: the context that is sent and the suffix that is expected.
    ///
    /// - Parameters:
    ///   - index: Index of the window.
    ///   - shape: The plan's window shape.
    public func target(ofWindow index: Int, shape: WindowShape) -> ForcingTarget {
        let window = cut.window(index, shape: shape)
        return ForcingTarget(prefix: elicitation.context(of: window.prefix), suffix: window.suffix)
    }

    /// The same document with something else around its prefixes.
    func under(_ elicitation: Elicitation) -> PreparedDocument {
        PreparedDocument(cut: cut, elicitation: elicitation, pair: pair)
    }

    /// Adds the document's windows to a digest of all windows.
    func add(to digest: inout ProbesDigest, shape: WindowShape) {
        digest.begin(arm, document.id)
        for index in starts.indices {
            let target = target(ofWindow: index, shape: shape)
            digest.add(start: starts[index], tokens: target.prefix + target.suffix.tokens)
        }
    }
}
