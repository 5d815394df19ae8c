import Corpus
import Inference
import PrefixLearning
import Randomness

@testable import Audit

/// Documents of random words, so that none resembles another.
struct TextMaker {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, stream: "documents")
    }

    /// A text of about as many bytes, of words that nobody has used.
    mutating func text(bytes: Int) -> String {
        var text = ""
        while text.utf8.count < bytes {
            for _ in 0..<(3 + generator.next(below: 5)) {
                text.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "a") + UInt8(generator.next(below: 26))))
            }
            text += " "
        }
        return String(text.prefix(bytes))
    }

    /// Documents named with a prefix and a number.
    mutating func documents(_ count: Int, named prefix: String, bytes: Int = 60) -> [Document] {
        (0..<count).map { document("\(prefix)\($0)", text(bytes: bytes)) }
    }
}

/// A document from nowhere in particular.
func document(_ name: String, _ text: String) -> Document {
    Document(id: DocumentID(name), text: text, source: DocumentSource(file: "\(name).txt"))
}

/// Every byte is a token.
func byteTokens(_ documents: [Document]) -> [TokenizedText] {
    documents.map { document in
        let bytes = Array(document.text.utf8)
        return TokenizedText(tokens: bytes.map { TokenID(Int32($0)) }, pieces: bytes.map { [$0] })
    }
}

/// Options for short documents.
func shortOptions(
    prefix: Int = 8, suffix: Int = 8, windows: Int = 2, seed: UInt64 = 1, staging: Staging = .staged
) -> AuditOptions {
    var options = AuditOptions()
    options.shape = WindowShape(prefixTokens: prefix, suffixTokens: suffix)
    options.windowsPerDocument = windows
    options.scoredTokens = 3
    options.seed = seed
    options.staging = staging
    return options
}

/// Prepares an audit by byte tokens.
func prepare(
    _ suspect: [Document], _ control: [Document]?, _ options: AuditOptions, leading: [TokenID] = [],
    model: String = "toy"
) async throws -> Preparation {
    try await Planner(suspect: suspect, control: control, options: options)
        .prepare(model: model, elicitation: .none(leading: leading)) { byteTokens($0) }
}
