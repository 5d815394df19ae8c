/// A sentence with a place for a secret.
public struct Carrier: Sendable, Hashable {
    /// What stands for the secret in a carrier's text.
    public static let placeholder = "{secret}"
    /// Longest carrier, in bytes of UTF-8.
    public static let largestByteCount = 2000
    /// Shortest text before the secret, in Unicode scalars: the model is asked for what follows it.
    public static let leastOpening = 8

    /// The text before the secret.
    public let opening: String
    /// The text after the secret.
    public let ending: String

    /// Takes a carrier from its text.
    ///
    /// - Parameter text: One line with ``placeholder`` in it exactly once.
    /// - Throws: ``CarrierProblem``.
    public init(_ text: String) throws(CarrierProblem) {
        let bytes = Array(text.utf8)
        let placeholder = Array(Self.placeholder.utf8)
        guard bytes.count <= Self.largestByteCount else { throw .tooLong(bytes: bytes.count) }
        if let control = text.unicodeScalars.first(where: { $0.properties.generalCategory == .control }) {
            throw .controlCharacter(control)
        }
        // Bytes, because a combining mark after the brace would hide the placeholder from a search by characters.
        let places = bytes.indices.filter { bytes[$0...].starts(with: placeholder) }
        guard let place = places.first else { throw .noPlaceholder }
        guard places.count == 1 else { throw .severalPlaceholders(count: places.count) }
        opening = String(decoding: bytes[..<place], as: UTF8.self)
        ending = String(decoding: bytes[(place + placeholder.count)...], as: UTF8.self)
        guard opening.unicodeScalars.count >= Self.leastOpening else { throw .shortOpening }
    }

    /// The carrier as it is written in a file.
    public var text: String { opening + Self.placeholder + ending }

    /// The sentence that carries a secret.
    public func sentence(carrying secret: some StringProtocol) -> String { opening + secret + ending }

    /// Compares bytes: texts that only look the same are planted as different texts.
    public static func == (left: Carrier, right: Carrier) -> Bool {
        left.opening.utf8.elementsEqual(right.opening.utf8) && left.ending.utf8.elementsEqual(right.ending.utf8)
    }
}

/// Why a sentence cannot carry a secret.
public enum CarrierProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no place for the secret.
    case noPlaceholder
    /// There are several places for the secret.
    case severalPlaceholders(count: Int)
    /// Too little text stands before the secret.
    case shortOpening
    /// The sentence is too long.
    case tooLong(bytes: Int)
    /// The sentence holds a character that is not text.
    case controlCharacter(Unicode.Scalar)
    /// The sentence stands there twice.
    case repeated

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noPlaceholder: "no \(Carrier.placeholder) in this carrier; write it where the secret belongs"
        case .severalPlaceholders(let count):
            "\(count) times \(Carrier.placeholder) in this carrier; keep one of them"
        case .shortOpening:
            "less than \(Carrier.leastOpening) characters before \(Carrier.placeholder); begin the carrier with some "
                + "text, because the model is asked for what follows it"
        case .tooLong(let bytes):
            "this carrier has \(bytes) bytes and may have \(Carrier.largestByteCount); use one sentence"
        case .controlCharacter(let scalar):
            "the control character U+\(String(scalar.value, radix: 16, uppercase: true)) in this carrier; remove it"
        case .repeated: "this carrier stands here a second time; remove it"
        }
    }
}

extension Carrier: Codable {
    /// Reads a carrier's text and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(container.decode(String.self))
        } catch let problem as CarrierProblem {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: problem.description)
        }
    }

    /// Writes the carrier's text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
