/// The two parts of a reply: what a reader is shown, and what a reasoning model wrote for itself.
///
/// Reasoning comes either in a field of its own or between `<think>` marks inside the text. A text recited while
/// reasoning is in the model as well, but nobody is shown it, so the two are never added up.
public struct ReplyChannels: Codable, Hashable, Sendable {
    /// What a reader is shown, without the reasoning and its marks.
    public let visible: String
    /// What the model wrote for itself, or `nil` when nothing is marked as such.
    public let reasoning: String?

    /// Separates a reply.
    ///
    /// A reply that was cut off inside its reasoning has no visible text. A closing mark without an opening one ends
    /// reasoning that began with the reply, because some chat templates put the opening mark into the prompt.
    ///
    /// - Parameters:
    ///   - content: The text of the reply.
    ///   - reasoningContent: What the server sent apart as `reasoning_content`, if anything.
    /// - Complexity: O(*n*).
    public init(content: String, reasoningContent: String? = nil) {
        var visible = ""
        var reasoning: [String] = reasoningContent.map { [$0] } ?? []
        var rest = content[...]
        if let end = rest.firstRange(of: Self.closing),
            rest.firstRange(of: Self.opening).map({ $0.lowerBound > end.lowerBound }) ?? true
        {
            reasoning.append(String(rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        while let start = rest.firstRange(of: Self.opening) {
            visible += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            let end = rest.firstRange(of: Self.closing)
            reasoning.append(String(rest[..<(end?.lowerBound ?? rest.endIndex)]))
            rest = rest[(end?.upperBound ?? rest.endIndex)...]
        }
        self.visible = visible + rest
        self.reasoning = reasoning.isEmpty ? nil : reasoning.joined(separator: "\n")
    }

    private static let opening = "<think>"
    private static let closing = "</think>"
}
