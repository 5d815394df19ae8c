import Corpus
import Inference

/// One canary as the tokenizer of the tested model sees it: a beginning that all siblings share, and how each goes on.
///
/// Tokenizers split random secrets in different ways and may join their first characters with the space before them, so
/// neither numbers of tokens nor places of borders agree between siblings. What agrees by construction is the text: the
/// context is the longest run of tokens that all siblings share and that ends before the secret, and what is scored is
/// everything after it. Every sibling is asked about in the same context, and every score is ln p of the same stretch of
/// its sentence: the last characters of the opening where a token joins them with the secret, the secret, and the ending.
struct TokenizedCanary: Sendable {
    /// The tokens that all siblings share.
    let opening: [TokenID]
    /// How many bytes of the carrier's opening those tokens spell.
    let openingBytes: Int
    /// The rest of each sibling's sentence.
    let rests: [TokenizedText]
    /// Number of tokens within which a free continuation surely reaches the end of a secret, however it spells it.
    let roomForSecret: Int

    /// Splits the tokenized siblings of a canary.
    ///
    /// - Parameters:
    ///   - canary: The canary.
    ///   - sentences: One tokenization per sibling, in their order.
    /// - Throws: ``CanaryError/unsharedOpening(canary:)`` when no token of the opening is shared.
    /// - Complexity: O(*n*) in the number of tokens.
    init(_ canary: Canary, sentences: [TokenizedText]) throws(CanaryError) {
        guard let first = sentences.first, sentences.count == canary.secrets.count else {
            throw .unsharedOpening(canary: canary.id)
        }
        // A space that the tokenizer puts in front is no part of the sentence.
        let added = first.bytes.count - canary.sentence(0).utf8.count
        var shared = first.ends.prefix { $0 <= canary.carrier.opening.utf8.count + added }.count
        for sentence in sentences.dropFirst() {
            shared = zip(sentence.tokens, first.tokens.prefix(shared)).prefix { $0 == $1 }.count
        }
        // The border must stand between characters, because a server sends and takes only whole ones.
        while shared > 0, first.ends[shared - 1] < first.bytes.count, first.bytes[first.ends[shared - 1]] & 0xC0 == 0x80
        {
            shared -= 1
        }
        guard shared > 0, first.ends[shared - 1] > added else { throw .unsharedOpening(canary: canary.id) }
        opening = Array(first.tokens[..<shared])
        openingBytes = first.ends[shared - 1] - added
        roomForSecret = canary.carrier.opening.utf8.count - openingBytes + canary.publishedSecret.utf8.count + 1
        rests = sentences.map { $0.part(shared..<$0.tokens.count) }
    }

}
