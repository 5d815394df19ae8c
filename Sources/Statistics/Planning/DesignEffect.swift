/// By how much documents that resemble each other tell less than independent ones.
///
/// The document is the unit of every test, but documents by one author, or copies of one agency report, tend to be
/// memorized together. A design effect of 1.5 says that 240 documents tell as much about the rate as 160 independent ones
/// (Kish, 1965). It is a planning assumption: dividing the documents by it foretells power, it does not make a test
/// valid that takes dependent documents for independent ones.
public struct DesignEffect: Codable, Sendable, Hashable {
    /// The variance of the observed rate over that of as many independent documents, finite and at least 1.
    public let value: Double

    /// Documents that have nothing to do with each other.
    public static let none = DesignEffect(checked: 1)

    /// Takes a design effect, as ``RatioEstimate/designEffect`` estimates one.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` unless `value` is finite and at least 1.
    public init(_ value: Double) throws(StatisticsError) {
        guard value >= 1, value.isFinite else {
            throw .outOfRange(name: "design effect", value: value, requirement: "finite and at least 1")
        }
        self.value = value
    }

    /// Takes clusters of equal size: 1 + (m − 1)ρ.
    ///
    /// - Parameters:
    ///   - documentsPerCluster: The mean number m of documents of one author or source, at least 1.
    ///   - correlation: The correlation ρ of two documents of one cluster, 0 … 1.
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for values out of range.
    public init(documentsPerCluster: Double, correlation: Double) throws(StatisticsError) {
        guard documentsPerCluster >= 1, documentsPerCluster.isFinite else {
            throw .outOfRange(
                name: "documents per cluster", value: documentsPerCluster, requirement: "finite and at least 1")
        }
        try Require.closedUnit(correlation, "correlation")
        try self.init(1 + (documentsPerCluster - 1) * correlation)
    }

    private init(checked value: Double) { self.value = value }

    /// The number of independent documents that tell as much as `documents` do: rounded down, at least 1.
    ///
    /// - Parameter documents: A number of documents, at least 1.
    public func effective(_ documents: Int64) -> Int64 {
        if value == 1 { return max(1, documents) }
        return max(1, Int64((Double(documents) / value).rounded(.down)))
    }

    /// Reads the number and checks it as ``init(_:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(container.decode(Double.self))
        } catch let error as StatisticsError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
