import Corpus
import Inference
import Testing

@testable import Canary

@Suite("Canaries in tokens")
struct TokenizedCanaryTests {
    /// Cuts a text where told to; equal pieces are equal tokens.
    private struct Pieces {
        var ids: [[UInt8]: Int32] = [:]

        mutating func tokenize(_ pieces: [String]) -> TokenizedText { tokenize(pieces.map { Array($0.utf8) }) }

        mutating func tokenize(_ pieces: [[UInt8]]) -> TokenizedText {
            let tokens = pieces.map { piece in
                let id = ids[piece] ?? Int32(ids.count)
                ids[piece] = id
                return TokenID(id)
            }
            return TokenizedText(tokens: tokens, pieces: pieces)
        }
    }

    private func canary(_ carrier: String, _ secrets: [String]) throws -> Canary {
        Canary(id: "c", carrier: try Carrier(carrier), secrets: secrets, published: 0)
    }

    private func texts(_ canary: TokenizedCanary) -> [String] {
        canary.rests.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("siblings share the context even where one joins its secret with the space before it")
    func joinedSpace() throws {
        let canary = try canary("The mark is {secret}.", ["abc", "xyz", "ab9"])
        var pieces = Pieces()
        let split = try TokenizedCanary(
            canary,
            sentences: [
                pieces.tokenize(["The", " mark", " is", " abc", "."]),
                pieces.tokenize(["The", " mark", " is", " ", "x", "yz."]),
                pieces.tokenize(["The", " mark", " is", " a", "b9", "."]),
            ])
        #expect(split.opening.count == 3 && split.openingBytes == 11)
        #expect(texts(split) == [" abc.", " xyz.", " ab9."])
        #expect(split.roomForSecret == 1 + 3 + 1)
    }

    @Test("the context ends before the secret even where all secrets begin alike")
    func sharedSecretStart() throws {
        let canary = try canary("The mark is {secret}", ["abc", "abd"])
        var pieces = Pieces()
        let split = try TokenizedCanary(
            canary,
            sentences: [
                pieces.tokenize(["The mark", " is ", "ab", "c"]), pieces.tokenize(["The mark", " is ", "ab", "d"]),
            ])
        #expect(split.opening.count == 2 && texts(split) == ["abc", "abd"])
        let joined = try TokenizedCanary(
            canary,
            sentences: [pieces.tokenize(["The mark is", " ab", "c"]), pieces.tokenize(["The mark is", " ab", "d"])])
        #expect(joined.opening.count == 1 && texts(joined) == [" abc", " abd"])
    }

    @Test("a space that the tokenizer adds is no part of the sentence")
    func addedSpace() throws {
        let canary = try canary("The mark is {secret}", ["abc", "xyz"])
        var pieces = Pieces()
        let split = try TokenizedCanary(
            canary,
            sentences: [pieces.tokenize([" The", " mark is ", "abc"]), pieces.tokenize([" The", " mark is ", "xyz"])])
        #expect(split.opening.count == 2 && split.openingBytes == 12 && texts(split) == ["abc", "xyz"])
    }

    @Test("the context ends between characters")
    func insideCharacter() throws {
        let canary = try canary("The mark is é{secret}", ["abc", "xyz"])
        var pieces = Pieces()
        let start = Array("The mark is ".utf8)
        let split = try TokenizedCanary(
            canary,
            sentences: [
                pieces.tokenize([start, [0xC3], [0xA9] + Array("abc".utf8)]),
                pieces.tokenize([start, [0xC3], [0xA9] + Array("xyz".utf8)]),
            ])
        #expect(split.opening.count == 1 && texts(split) == ["éabc", "éxyz"])
    }

    @Test("siblings that share no token, or are not all there, are refused")
    func unshared() throws {
        let canary = try canary("The mark is {secret}", ["abc", "xyz"])
        var pieces = Pieces()
        let whole = [pieces.tokenize(["The mark is abc"]), pieces.tokenize(["The mark is xyz"])]
        let different = [pieces.tokenize(["The", " mark is abc"]), pieces.tokenize(["Th", "e mark is xyz"])]
        let onlySpace = [pieces.tokenize([" ", "The mark is abc"]), pieces.tokenize([" ", "The mark is xyz"])]
        for sentences in [whole, different, onlySpace, Array(whole.prefix(1)), []] {
            #expect(throws: CanaryError.unsharedOpening(canary: "c")) {
                try TokenizedCanary(canary, sentences: sentences)
            }
        }
    }
}
