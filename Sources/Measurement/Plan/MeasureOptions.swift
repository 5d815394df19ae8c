import Corpus
import Inference
import Overlap

/// What a user can set about a measurement, with the defaults that suit most.
public struct MeasureOptions: Sendable, Hashable {
    /// Where probes are put.
    public var grid = ProbeGrid.standard
    /// How they are asked.
    public var instruments = Instruments()
    /// What is made equal before texts are compared.
    public var profile = NormalizationProfile.reading
    /// Which words do not count.
    public var masks = MaskRules()
    /// From which length on a repetition counts as regurgitation.
    public var threshold = RegurgitationThreshold.standard
    /// The shortest run of words that counts as covering its place in the document.
    public var coveringWords = 8
    /// How runs of words become near-verbatim blocks.
    public var nearVerbatimRule = NearVerbatimRule.articles
    /// The shortest run of words that is looked for in the whole corpus.
    public var corpusWords = 12
    /// Whether the server is used for speed or for identical numbers.
    public var strictness = Strictness.fast
    /// Seed of the samples.
    public var seed: UInt64 = 1
    /// The published definition that the settings follow, if they do.
    public private(set) var preset: Preset.ID?

    /// Creates the defaults.
    public init() {}

    /// Takes the grid, the instruments and the block rule of a published definition.
    public init(preset: Preset) {
        grid = preset.grid
        instruments = preset.instruments
        nearVerbatimRule = preset.nearVerbatimRule
        self.preset = preset.id
    }

    /// Checks the values.
    ///
    /// - Throws: ``MeasurementError/invalidOption(name:value:requirement:)`` for the first that is out of range.
    public func validate() throws(MeasurementError) {
        func require(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(MeasurementError) {
            guard range.contains(value) else {
                throw .invalidOption(
                    name: name, value: "\(value)", requirement: "\(range.lowerBound) to \(range.upperBound)")
            }
        }
        guard !instruments.isEmpty else {
            throw .invalidOption(
                name: "instruments", value: "none", requirement: "at least one of greedy, samples and likelihood")
        }
        try require(coveringWords, in: 1...1000, "covering-words")
        try require(corpusWords, in: 5...1000, "corpus-words")
        try require(masks.boilerplateWords, in: 1...1000, "boilerplate-words")
        try require(masks.boilerplateDocuments, in: 2...1_000_000, "boilerplate-documents")
        try require(masks.promptWords, in: 1...1000, "prompt-words")
    }
}
