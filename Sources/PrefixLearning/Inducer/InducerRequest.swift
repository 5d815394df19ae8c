/// What a memory-inducing language model is asked: to write the header that stood before a text in its source.
///
/// The inducer sees the text of a document's prefix and never the suffix that is scored, so that what it writes cannot
/// carry the answer. Demonstrations are other documents with prompts that helped or failed, in ascending order of
/// reward, so that the best one stands next to the task (OPRO, Yang and others, 2023).
public struct InducerRequest: Hashable, Codable, Sendable {
    /// The text of the document's prefix.
    public let text: String
    /// What is known of the corpus, in a few words, for example "articles of a newspaper"; empty when nothing is.
    public let corpus: String
    /// Other documents, with prompts that were tried.
    public let demonstrations: Demonstrations

    /// The longest header that is asked for, in tokens.
    public static let longestHeader = 40

    /// Creates a request.
    public init(text: String, corpus: String = "", demonstrations: Demonstrations = Demonstrations()) {
        self.text = text
        self.corpus = corpus
        self.demonstrations = demonstrations
    }

    /// The request for a model that follows instructions.
    public var messages: [InducerMessage] {
        [InducerMessage(role: .system, text: instructions), InducerMessage(role: .user, text: task)]
    }

    /// The request for a small model that only continues text.
    ///
    /// Each demonstration is a text, the ``separator``, its header and a line end; the new text and the separator stand
    /// last, and the model writes the header. Warnings are left out: a model that continues cannot be warned.
    /// Generation is best stopped at a line end.
    public var completionPrompt: String {
        ascending(demonstrations.best).map { Self.pair($0.text, $0.prompt) }.joined() + Self.pair(text, nil)
    }

    /// What separates a text from its header in ``completionPrompt`` and in training pairs.
    public static let separator = "\n### Header:"

    /// A pair as one line of training text for a model that continues; without a header, what it has to continue.
    ///
    /// What has to be continued ends without the space before the header: most vocabularies join it to the first word,
    /// and models that meet it alone do not know how to go on.
    public static func pair(_ text: String, _ header: String?) -> String {
        text + separator + (header.map { " " + oneLine($0) + "\n\n" } ?? "")
    }

    /// The header that an inducer means when it writes line ends as it was shown them, as ` / `.
    static func lines(_ header: String) -> String { header.replacing(" / ", with: "\n") }

    /// The same request without its least similar demonstrations, or `nil` when it has none.
    var withFewerDemonstrations: InducerRequest? {
        guard !demonstrations.best.isEmpty || !demonstrations.worst.isEmpty else { return nil }
        return InducerRequest(
            text: text, corpus: corpus,
            demonstrations: Demonstrations(
                best: Array(demonstrations.best.dropLast()), worst: Array(demonstrations.worst.dropLast())))
    }

    private var instructions: String {
        let source = corpus.isEmpty ? "" : " The texts are \(oneLine(corpus))."
        return """
            You help to find out which documents a language model learned by heart. The model under test is given a \
            short header followed by the opening of a document, and it is measured how much likelier the header makes \
            the true continuation.\(source) A good header looks like what really stood before such a text where it was \
            published: a masthead, a title line, a date line, a record's first fields, a licence notice. Scores are \
            gains in probability per token: above 0 the header helped, below 0 it did harm.
            """
    }

    private var task: String {
        var parts: [String] = []
        for example in ascending(demonstrations.worst) { parts.append(shown(example, as: "HEADER THAT FAILED")) }
        for example in ascending(demonstrations.best) { parts.append(shown(example, as: "GOOD HEADER")) }
        parts.append(
            """
            TEXT START
            \(text)
            TEXT END
            Write one short header or lead-in of at most \(Self.longestHeader) tokens that would stand before this \
            text in its original source. Do not quote or continue the text. Answer with the header alone.
            """)
        return parts.joined(separator: "\n\n")
    }

    private func ascending(_ examples: [InducerExample]) -> [InducerExample] {
        examples.enumerated().sorted { left, right in
            let (a, b) = (left.element.reward, right.element.reward)
            return a == b ? left.offset > right.offset : a < b
        }.map(\.element)
    }

    private func shown(_ example: InducerExample, as label: String) -> String {
        """
        TEXT START
        \(example.text)
        TEXT END
        \(label) (\(hundredths(example.reward.value))): \(oneLine(example.prompt))
        """
    }
}

/// One message of a conversation.
public struct InducerMessage: Hashable, Codable, Sendable {
    /// Who speaks.
    public enum Role: String, Hashable, Codable, Sendable {
        /// What the model is.
        case system
        /// What it is asked.
        case user
    }

    /// Who speaks.
    public let role: Role
    /// What is said.
    public let text: String
}

/// A text with its line ends written as ` / `.
private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " / ")
}

/// A number with a sign and two decimals; those beyond ±999 are written as ±999.
func hundredths(_ value: Double) -> String {
    let hundredths = Int((min(max(value.isNaN ? 0 : value, -999), 999) * 100).rounded())
    let rest = hundredths.magnitude % 100
    return "\(hundredths < 0 ? "-" : "+")\(hundredths.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
}
