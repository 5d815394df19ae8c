/// Consecutive tokens of a document: a prefix to give to the model and the suffix expected back.
public struct Window: Hashable, Codable, Sendable {
    /// The document that the tokens are from.
    public let document: DocumentID
    /// The side of the comparison on which the document stands.
    public let arm: Arm
    /// The window's number within its document, counted from 0 at the document's start.
    public let index: Int
    /// The offset of the first prefix token in the document, in tokens.
    public let start: Int
    /// The tokens given to the model.
    public let prefix: [TokenID]
    /// The tokens expected back.
    public let suffix: [TokenID]

    /// Creates a window.
    public init(document: DocumentID, arm: Arm, index: Int, start: Int, prefix: [TokenID], suffix: [TokenID]) {
        self.document = document
        self.arm = arm
        self.index = index
        self.start = start
        self.prefix = prefix
        self.suffix = suffix
    }

    /// Cuts windows of one shape out of a document's tokens.
    ///
    /// The first window is always the document's start, where memory is strongest; the others are spread evenly, the
    /// last one ending with the document. They overlap only where the document is too short for `count` windows side by
    /// side, and no two begin at the same token.
    ///
    /// - Parameters:
    ///   - tokens: The document's tokens, from one tokenization of the whole text.
    ///   - document: The document's name.
    ///   - arm: The document's arm.
    ///   - shape: The shape of every window.
    ///   - count: How many windows are wanted; the same for both arms. Zero and less give none.
    /// - Returns: At most `count` windows in the order of their starts; none when the document is shorter than a window.
    /// - Complexity: O(`count` × the shape's tokens).
    public static func windows(
        of tokens: [TokenID], document: DocumentID, arm: Arm, shape: WindowShape, count: Int
    ) -> [Window] {
        starts(tokenCount: tokens.count, shape: shape, count: count).enumerated().map { index, start in
            let border = start + shape.prefixTokens
            return Window(
                document: document, arm: arm, index: index, start: start, prefix: Array(tokens[start..<border]),
                suffix: Array(tokens[border..<border + shape.suffixTokens]))
        }
    }

    /// The token offsets at which the windows of a document begin; see
    /// ``windows(of:document:arm:shape:count:)``.
    ///
    /// - Parameters:
    ///   - tokenCount: The document's length in tokens.
    ///   - shape: The shape of every window.
    ///   - count: How many windows are wanted.
    /// - Returns: Strictly increasing offsets, the first one 0.
    public static func starts(tokenCount: Int, shape: WindowShape, count: Int) -> [Int] {
        guard count > 0, tokenCount >= shape.tokenCount else { return [] }
        let last = tokenCount - shape.tokenCount
        let windows = min(count - 1, last) + 1
        guard windows > 1 else { return [0] }
        return (0..<windows).map { index in
            let (high, low) = last.multipliedFullWidth(by: index)
            return (windows - 1).dividingFullWidth((high, low)).quotient
        }
    }
}
