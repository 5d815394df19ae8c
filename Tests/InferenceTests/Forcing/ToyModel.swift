import Corpus
import Foundation
import Randomness

@testable import Inference

/// A language model so small that every probability is known.
///
/// Its vocabulary holds all single bytes, parts of characters, whole characters, words and tokens without any bytes;
/// the next token depends on the last two, and on the last three where a remembered text says how it goes on.
final class ToyModel: Sendable {
    /// The bytes of every token, by its id.
    let pieces: [[UInt8]]
    /// The token that ends a text; it stands for no bytes.
    let end: TokenID
    /// A second token without bytes.
    let control: TokenID
    /// Text that the model recites.
    private let memory: [[TokenID]: TokenID]
    private let seed: UInt64
    /// The tokens that begin with a byte, in ascending order of length.
    private let startingWith: [UInt8: [Int]]
    private let known = Guarded<[[TokenID]: [Double]]>([:])

    /// Logits by which a remembered next token stands above all others.
    static let memoryStrength = 15.0

    static let words =
        [
            " the", " har", "bour", " fog", "ing", "er", " ", "e", " nine", " grey", " boats", ".", ",", "a", " é",
            "é", "東", "京", "🦊", "“", "”", "ть",
        ].map { Array($0.utf8) }
    /// Parts of characters, alone and together with whole ones.
    static let parts: [[UInt8]] = [
        [0xE2, 0x80], [0x9F, 0xA6], [0xA9, 0x20], [0x80, 0x9C, 0x61], [0x61, 0xC3], [0xF0, 0x9F], [0xF0, 0x9F, 0xA6],
        [0xD1, 0x82, 0xD1],
    ]

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - seed: Different seeds give models that share nothing but the vocabulary.
    ///   - remembering: Texts, in tokens, that greedy decoding recites once it has seen three of their tokens.
    init(seed: UInt64, remembering texts: [[TokenID]] = []) {
        self.seed = seed
        let bytes = (0...255).map { [UInt8($0)] }
        let pieces = bytes + [[], []] + Self.words.filter { $0.count > 1 } + Self.parts
        self.pieces = pieces
        startingWith = Dictionary(grouping: pieces.indices.filter { !pieces[$0].isEmpty }) { pieces[$0][0] }
            .mapValues { $0.sorted { (pieces[$0].count, $0) < (pieces[$1].count, $1) } }
        end = 256
        control = 257
        var memory: [[TokenID]: TokenID] = [:]
        for text in texts {
            for index in text.indices.dropFirst(3) { memory[Array(text[index - 3..<index])] = text[index] }
        }
        self.memory = memory
    }

    /// The logarithms of all probabilities of the next token, in nats.
    func lnProbabilities(after context: some BidirectionalCollection<TokenID>) -> [Double] {
        let recent = Array(context.suffix(3))
        if let found = known.withLock({ $0[recent] }) { return found }
        let key = recent.suffix(2).map { "\($0)" }.joined(separator: " ")
        var generator = SeededGenerator(seed: seed, stream: key)
        var logits = pieces.indices.map { _ in generator.nextUnit() * 8 }
        // Some tokens are so unlikely that a 32-bit float cannot hold their probability.
        for id in stride(from: 3, to: logits.count, by: 41) { logits[id] -= 200 }
        logits[Int(end.rawValue)] -= 4
        logits[Int(control.rawValue)] -= 50
        if let next = memory[recent] { logits[Int(next.rawValue)] = 8 + Self.memoryStrength }
        let greatest = logits.max() ?? 0
        let total = greatest + log(logits.reduce(0) { $0 + exp($1 - greatest) })
        let result = logits.map { $0 - total }
        known.withLock { $0[recent] = result }
        return result
    }

    /// What greedy decoding takes next.
    func greedy(after context: some BidirectionalCollection<TokenID>) -> TokenID {
        Self.best(lnProbabilities(after: context))
    }

    /// The greedy text of a given length after a context.
    func greedyText(after context: [TokenID], count: Int) -> [TokenID] {
        var text: [TokenID] = []
        while text.count < count { text.append(greedy(after: context + text)) }
        return text
    }

    /// The index of the largest value, the first of equal ones.
    static func best(_ values: [Double]) -> TokenID {
        var best = 0
        for index in values.indices where values[index] > values[best] { best = index }
        return TokenID(rawValue: Int32(best))
    }

    /// The forced score that an exact scorer must find.
    func trueScore(of target: ForcingTarget) -> [TokenScore] {
        target.suffix.tokens.indices.map { index in
            let probabilities = lnProbabilities(after: target.context(before: index))
            let token = target.suffix.tokens[index]
            let ln = probabilities[Int(token.rawValue)]
            return TokenScore(
                token: token, ln: Float(exp(ln)) == 0 ? ToyServer.lowest : ln,
                isGreedy: Self.best(probabilities) == token)
        }
    }

    /// The tokens of a text: at every byte the longest piece that fits.
    func tokenize(_ text: String) -> TokenizedText { tokenize(Array(text.utf8)) { $0.count - 1 } }

    /// The tokens of bytes, chosen at every place among the pieces that fit, which are in ascending order of length.
    func tokenize(_ bytes: [UInt8], choose: ([Int]) -> Int) -> TokenizedText {
        var tokens: [TokenID] = []
        var index = 0
        while index < bytes.count {
            let rest = bytes[index...]
            let fitting = (startingWith[bytes[index]] ?? []).filter { rest.starts(with: pieces[$0]) }
            let chosen = fitting[choose(fitting)]
            tokens.append(TokenID(rawValue: Int32(chosen)))
            index += pieces[chosen].count
        }
        return TokenizedText(tokens: tokens, pieces: tokens.map { pieces[Int($0.rawValue)] })
    }
}
