/// How many tokens of a window are given to the model and how many are expected back.
public struct WindowShape: Hashable, Sendable, CustomStringConvertible {
    /// The tokens given to the model; at least 1.
    public let prefixTokens: Int
    /// The tokens expected back; at least 1.
    public let suffixTokens: Int

    /// Creates a shape, or nil when either part is empty or their sum overflows.
    public init?(prefixTokens: Int, suffixTokens: Int) {
        guard prefixTokens >= 1, suffixTokens >= 1, !prefixTokens.addingReportingOverflow(suffixTokens).overflow else {
            return nil
        }
        self.prefixTokens = prefixTokens
        self.suffixTokens = suffixTokens
    }

    private init(half: Int) {
        self.prefixTokens = half
        self.suffixTokens = half
    }

    /// The length of a window in tokens.
    public var tokenCount: Int { prefixTokens + suffixTokens }

    /// The shape as `50+50`.
    public var description: String { "\(prefixTokens)+\(suffixTokens)" }

    /// The shapes that are in common use, largest first: 50+50 (Carlini et al., 2023), 32+32 (Biderman et al., 2023)
    /// and 16+16, below which a suffix is likely to come by chance.
    public static let standard = [WindowShape(half: 50), WindowShape(half: 32), WindowShape(half: 16)]

    /// Chooses the largest standard shape of which at least half of all documents can hold a window.
    ///
    /// Longer windows are stronger evidence, but documents too short for one drop out; half is where the shape still
    /// speaks for the corpus.
    ///
    /// - Parameter lengths: The lengths in tokens of the documents of both arms together, so that the arms are treated
    ///   alike.
    /// - Returns: The choice, or nil when less than half of the documents hold even the smallest shape, or there are
    ///   none.
    public static func chosen(forDocumentLengths lengths: [Int]) -> ChosenWindowShape? {
        for shape in standard {
            let fitting = lengths.count { $0 >= shape.tokenCount }
            if fitting > 0, fitting >= lengths.count - fitting {
                return ChosenWindowShape(shape: shape, fittingDocuments: fitting, documents: lengths.count)
            }
        }
        return nil
    }
}

extension WindowShape: Codable {
    private enum CodingKeys: String, CodingKey {
        case prefixTokens, suffixTokens
    }

    /// Decodes a shape and refuses one with an empty part.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let prefix = try container.decode(Int.self, forKey: .prefixTokens)
        let suffix = try container.decode(Int.self, forKey: .suffixTokens)
        guard let shape = WindowShape(prefixTokens: prefix, suffixTokens: suffix) else {
            throw DecodingError.dataCorruptedError(
                forKey: .suffixTokens, in: container,
                debugDescription:
                    "a window needs at least one prefix token and one suffix token, not \(prefix)+\(suffix)"
            )
        }
        self = shape
    }
}

/// A window shape chosen for a corpus, with the count behind the choice.
public struct ChosenWindowShape: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The chosen shape.
    public let shape: WindowShape
    /// How many documents are long enough for one window.
    public let fittingDocuments: Int
    /// How many documents there are.
    public let documents: Int

    /// One sentence for people: the shape, why it was chosen, and what is left out.
    public var description: String {
        let others = documents - fittingDocuments
        let left =
            switch others {
            case 0: "every document is long enough"
            case 1: "1 of \(documents) documents is shorter and is left out"
            default: "\(others) of \(documents) documents are shorter and are left out"
            }
        return """
            Windows are \(shape.prefixTokens) tokens given and \(shape.suffixTokens) expected back, the largest standard \
            shape that at least half of the documents can hold; \(left).
            """
    }
}
