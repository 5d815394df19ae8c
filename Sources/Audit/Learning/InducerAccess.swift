import PrefixLearning

/// The way to a language model that writes headers, and to what a trainer makes of it.
public protocol InducerAccess: Sendable {
    /// What it is, as it was given: a file or an address.
    var name: String { get }
    /// What trains it on the pairs that did well, if anything does.
    var trainer: TrainerCommand? { get }

    /// Lends the language model.
    func withWriter<Value: Sendable>(
        _ body: @escaping @Sendable (any HeaderWriter) async throws -> Value
    ) async throws -> Value

    /// Lends what a trainer made.
    ///
    /// - Parameter model: Path of a GGUF model.
    func withTrained<Value: Sendable>(
        model: String, _ body: @escaping @Sendable (any HeaderWriter) async throws -> Value
    ) async throws -> Value
}

extension InducerAccess {
    /// What decides what it writes: the language model, and what trains it.
    var description: String { trainer.map { "\(name), trained by \($0.command)" } ?? name }
}
