import Corpus

/// The two kinds of GBNF element that forced scoring writes, matched as a llama.cpp server matches them.
struct ToyGrammar {
    private enum Element {
        case token(TokenID)
        case bytes([UInt8])
    }

    private let elements: [Element]
    private var index = 0
    private var offset = 0

    /// Token literals, for tests that look at what is sent.
    let literalTokens: [TokenID]

    /// Reads `root ::= <[7]> "\U0000006A" …`, or returns `nil` for anything else.
    init?(_ text: String) {
        guard text.hasPrefix("root ::= ") else { return nil }
        var elements: [Element] = []
        var tokens: [TokenID] = []
        for word in text.dropFirst(9).split(separator: " ") {
            if word.hasPrefix("<["), word.hasSuffix("]>"), let id = Int32(word.dropFirst(2).dropLast(2)) {
                elements.append(.token(TokenID(rawValue: id)))
                tokens.append(TokenID(rawValue: id))
            } else if word.count > 2, word.hasPrefix("\""), word.hasSuffix("\"") {
                var literal = ""
                for escape in word.dropFirst().dropLast().split(separator: "\\") {
                    guard escape.count == 9, escape.first == "U", let value = UInt32(escape.dropFirst(), radix: 16),
                        let scalar = Unicode.Scalar(value)
                    else { return nil }
                    literal.unicodeScalars.append(scalar)
                }
                elements.append(.bytes(Array(literal.utf8)))
            } else {
                return nil
            }
        }
        self.elements = elements
        literalTokens = tokens
    }

    /// Whether nothing but the end of the text may follow.
    var isComplete: Bool { index == elements.count }

    /// Whether a token may come next.
    func allows(_ token: TokenID, piece: [UInt8]) -> Bool {
        guard !isComplete, !piece.isEmpty else { return false }
        switch elements[index] {
        case .token(let wanted): return token == wanted
        case .bytes(let bytes): return bytes[offset...].starts(with: piece)
        }
    }

    /// Moves past a token that is allowed.
    mutating func take(piece: [UInt8]) {
        if case .bytes(let bytes) = elements[index], offset + piece.count < bytes.count {
            offset += piece.count
        } else {
            index += 1
            offset = 0
        }
    }
}
