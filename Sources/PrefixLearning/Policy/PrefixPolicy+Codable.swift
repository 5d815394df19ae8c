import Foundation
import TextLearning

extension PrefixPolicy: Codable {
    private enum CodingKeys: String, CodingKey { case version, universal, pool, model, estimate }

    /// The number of the stored form.
    public static let version = 1
    /// The largest number of bytes that are read as a policy.
    public static let largestFile = 256 << 20

    /// Reads a stored policy and checks that its parts fit together.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let version = try container.decode(Int.self, forKey: .version)
        guard version == Self.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version, in: container,
                debugDescription: "this is form \(version) of a prefix policy; form \(Self.version) can be read")
        }
        let universal = try container.decode(PromptID.self, forKey: .universal)
        let estimate = try container.decode(PolicyEstimate.self, forKey: .estimate)
        let pool = try container.decodeIfPresent([PromptID].self, forKey: .pool)
        let model = try container.decodeIfPresent(SoftmaxRegression.self, forKey: .model)
        switch (pool, model) {
        case (nil, nil):
            self.init(universal: universal, choice: nil, estimate: estimate)
        case (let pool?, let model?):
            guard let choice = Choice(pool: pool, model: model), pool.contains(universal) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .pool, in: container,
                    debugDescription: """
                        \(pool.count) prompts and \(model.classes) classes do not fit together, a prompt is named \
                        twice, or the one to fall back on is not among them
                        """)
            }
            self.init(universal: universal, choice: choice, estimate: estimate)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .pool, in: container, debugDescription: "a pool and a model come together or not at all")
        }
    }

    /// Writes the policy with the number of its form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(universal, forKey: .universal)
        try container.encode(estimate, forKey: .estimate)
        try container.encodeIfPresent(choice?.pool, forKey: .pool)
        try container.encodeIfPresent(choice?.model, forKey: .model)
    }

    /// The policy as JSON, members in alphabetical order.
    ///
    /// - Throws: `EncodingError`, which does not happen: every number of a policy is finite.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Reads a policy from JSON.
    ///
    /// - Throws: ``PolicyError/unreadable(reason:)`` for anything that is not a whole policy.
    public init(json: Data) throws(PolicyError) {
        guard json.count <= Self.largestFile else {
            throw .unreadable(reason: "it has \(json.count) bytes, more than \(Self.largestFile)")
        }
        do {
            self = try JSONDecoder().decode(PrefixPolicy.self, from: json)
        } catch let error as DecodingError {
            throw .unreadable(reason: Self.reason(of: error))
        } catch {
            throw .unreadable(reason: "\(error)")
        }
    }

    private static func reason(of error: DecodingError) -> String {
        switch error {
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        case .keyNotFound(let key, _):
            return "\"\(key.stringValue)\" is missing"
        @unknown default:
            return "\(error)"
        }
    }
}
