import Inference

/// Something that writes a short header for a text: a language model on a server of its own.
public protocol HeaderWriter: Sendable {
    /// What it is, for records: another model writes other headers.
    var name: String { get }

    /// Writes one header per draw.
    ///
    /// - Parameters:
    ///   - request: The text, and what good and bad headers of other texts were.
    ///   - draws: Temperature and seed of each.
    /// - Returns: As many replies as draws, as they came, nothing checked.
    func replies(to request: InducerRequest, _ draws: [InducerSampling.Draw]) async throws -> [String]
}
