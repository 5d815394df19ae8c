/// What is assumed to be true when power is computed: the share of documents of each arm that the model reproduces.
public struct TrueRates: Codable, Sendable, Hashable {
    /// The rate of the suspect documents, 0 … 1.
    public let suspect: Double
    /// The rate of the control documents, 0 … 1; not 0 where boilerplate is recited by models that never saw the text.
    public let control: Double

    /// Takes two rates, in any order.
    ///
    /// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for rates outside 0 … 1.
    public init(suspect: Double, control: Double) throws(StatisticsError) {
        try Require.closedUnit(suspect, "suspect rate")
        try Require.closedUnit(control, "control rate")
        self.init(checkedSuspect: suspect, control: control)
    }

    /// Takes rates the module has written down itself.
    init(checkedSuspect suspect: Double, control: Double) {
        self.suspect = suspect
        self.control = control
    }

    private enum CodingKeys: String, CodingKey { case suspect, control }

    /// Reads the rates and checks them as ``init(suspect:control:)`` does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let suspect = try container.decode(Double.self, forKey: .suspect)
        let control = try container.decode(Double.self, forKey: .control)
        do {
            try self.init(suspect: suspect, control: control)
        } catch {
            throw DecodingError.dataCorruptedError(
                forKey: .suspect, in: container, debugDescription: error.description)
        }
    }
}
