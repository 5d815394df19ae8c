import Overlap

/// A published definition of memorization or regurgitation, as what is asked and how it is counted.
///
/// A preset reproduces the definition, not the numbers of the paper: those depend on its data and models as well. What
/// a paper does not state is in ``notStated`` with what is done here, and what is done otherwise in ``deviations``.
public struct Preset: Codable, Hashable, Sendable {
    /// The name on the command line and in reports.
    public struct ID: RawRepresentable, Codable, Hashable, Sendable, CustomStringConvertible {
        /// The name as it is typed.
        public let rawValue: String

        /// Creates the identifier with the given name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The name.
        public var description: String { rawValue }
    }

    /// What is measured of a probe.
    public enum Metric: String, Codable, Hashable, Sendable, CaseIterable {
        /// 1 when every token of the suffix came at its place, else 0.
        case exactSuffix
        /// The share of the suffix's tokens that came at their places.
        case tokenAccuracy
        /// p_z, the probability of the suffix in one sample; an upper bound counts as 0.
        case suffixProbability
        /// Unicode scalars of the longest run shared with the document.
        case longestCharacters
        /// Words of the longest run shared with the document.
        case longestWords
        /// ROUGE-L F1 of the reply with the suffix, both cut to the same number of words.
        case rougeL
        /// Matched words of the document in near-verbatim blocks.
        case nearVerbatimWords
        /// Unicode scalars of the document in near-verbatim blocks of at least the threshold's length.
        case nearVerbatimCharacters
    }

    /// How the measured values of probes become one number.
    public enum Quantity: Codable, Hashable, Sendable {
        /// The share of probes whose value is at least a threshold, once for each threshold.
        case probeShare(thresholds: [Double])
        /// The share of documents of which any probe's value is at least a threshold, once for each threshold.
        case documentShare(thresholds: [Double])
        /// The mean over probes.
        case probeMean
        /// What all probes of a document cover of it together, each place once, as a share of its words; then the mean
        /// over documents.
        case documentCoverage
        /// What all probes of a document cover of it together in blocks of at least a length, each place once; then the
        /// mean over documents.
        case documentTotal(blocksOfAtLeast: Double)
    }

    /// The name.
    public let id: ID
    /// What it is, in a few words.
    public let title: String
    /// Authors, year and where to find the definition.
    public let citation: String
    /// Where probes are put.
    public let grid: ProbeGrid
    /// How they are asked.
    public let instruments: Instruments
    /// What is measured.
    public let metric: Metric
    /// How it becomes one number.
    public let quantity: Quantity
    /// How runs of words become near-verbatim blocks.
    public let nearVerbatimRule: NearVerbatimRule
    /// What the publication, as far as it was available, does not state, with what is done here.
    public let notStated: [String]
    /// What is done otherwise than the publication does.
    public let deviations: [String]

    /// The preset of a name, or `nil`.
    public static func named(_ name: String) -> Preset? { published.first { $0.id.rawValue == name } }

    /// Whether the observations of a plan answer this preset: its windows are the preset's and its instruments hold the
    /// preset's.
    ///
    /// - Parameter plan: The plan of a run.
    public func isAnswered(by plan: MeasurementPlan) -> Bool {
        let sameWindows =
            plan.grid.unit == grid.unit && plan.grid.prefixLengths == grid.prefixLengths
            && plan.grid.suffixLength == grid.suffixLength && plan.grid.stride == grid.stride
        let usesBlocks = metric == .nearVerbatimWords || metric == .nearVerbatimCharacters
        return sameWindows && plan.instruments.answer(instruments)
            && (!usesBlocks || plan.nearVerbatimRule == nearVerbatimRule)
    }
}
