/// All maximal runs that a source shares with a reply, each place of the source counted once.
///
/// A run is maximal when no longer run of the source that stands in the reply contains it. The order of the runs in the
/// reply does not matter, and a reply that repeats one run counts it once: what is covered are places of the source.
public struct MatchingRuns: Hashable, Sendable {
    /// For every place of the source the length of the longest run that ends with it; 0 where it is not in the reply.
    private let lengths: [Int32]
    /// For every place of the source the last place of that run in the reply, at its earliest occurrence.
    private let replyPlaces: [Int32]
    /// The length of the reply, in elements.
    public let replyCount: Int

    /// Compares two sequences.
    ///
    /// - Parameters:
    ///   - source: The text that may have been memorized.
    ///   - reply: The text that the model produced.
    /// - Complexity: Expected O(*n* + *m*) time and memory, whatever the elements are.
    public init<Element: Hashable>(source: some Sequence<Element>, reply: some Sequence<Element>) {
        self.init(symbols: SymbolPair(source: source, reply: reply))
    }

    /// Compares the words of two texts.
    public init(source: [Word], reply: [Word]) {
        self.init(symbols: SymbolPair(sourceWords: source, replyWords: reply))
    }

    /// Compares the words of two texts; masked words match nothing.
    public init(source: ComparedText, reply: ComparedText) {
        self.init(symbols: SymbolPair(source: source, reply: reply))
    }

    init(symbols: SymbolPair) {
        self.init(symbols: symbols, places: SymbolPlaces(symbols.reply, symbolCount: symbols.symbolCount))
    }

    init(symbols: SymbolPair, places: SymbolPlaces) {
        // Natural text has a few equal pairs per word; text with many, such as a loop, is left to the automaton.
        let isSparse =
            places.pairCount(with: symbols.source) <= PairBudget.allowed(symbols.source.count, symbols.reply.count)
        let found =
            isSparse
            ? EndingRuns(pairsOf: symbols, places: places) : EndingRuns(automatonOf: symbols)
        lengths = found.lengths
        replyPlaces = found.replyPlaces
        replyCount = symbols.reply.count
    }

    /// The length of the source, in elements.
    public var sourceCount: Int { lengths.count }

    /// The longest run: of equally long ones the first in the source, at its first place in the reply; nil when nothing
    /// is shared.
    public var longest: CommonRun? {
        var best = 0
        for place in lengths.indices.dropFirst() where lengths[place] > lengths[best] { best = place }
        return run(endingWith: best)
    }

    /// Returns the maximal runs of at least a length, in the order of the source.
    ///
    /// Two runs may overlap in the source when their ends stand apart in the reply.
    ///
    /// - Parameter minimum: The least length, in elements; less than one counts as one.
    /// - Complexity: O(*n*).
    public func runs(ofAtLeast minimum: Int) -> [CommonRun] {
        var runs: [CommonRun] = []
        for place in lengths.indices where Int(lengths[place]) >= max(1, minimum) {
            let isMaximal = place + 1 == lengths.count || lengths[place + 1] <= lengths[place]
            if isMaximal, let run = run(endingWith: place) { runs.append(run) }
        }
        return runs
    }

    /// Counts what the runs of at least a length cover of the source.
    ///
    /// - Parameter minimum: The least length, in elements; less than one counts as one.
    /// - Complexity: O(*n*).
    public func coverage(runsOfAtLeast minimum: Int) -> Coverage {
        var coverage = Coverage(covered: 0, total: lengths.count, runs: 0, longest: 0)
        var end = 0
        for run in runs(ofAtLeast: minimum) {
            coverage.covered += run.source.upperBound - max(end, run.source.lowerBound)
            coverage.runs += 1
            coverage.longest = max(coverage.longest, run.count)
            end = run.source.upperBound
        }
        return coverage
    }

    /// Returns the stretches of the source that the runs of at least a length cover, without overlap, ascending.
    ///
    /// - Parameter minimum: The least length, in elements; less than one counts as one.
    /// - Complexity: O(*n*).
    public func coveredRanges(runsOfAtLeast minimum: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for run in runs(ofAtLeast: minimum) {
            if let last = ranges.last, run.source.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<run.source.upperBound
            } else {
                ranges.append(run.source)
            }
        }
        return ranges
    }

    /// The longest run that ends with a place of the source; nil where there is none.
    func run(endingWith place: Int) -> CommonRun? {
        guard lengths.indices.contains(place), lengths[place] > 0 else { return nil }
        let length = Int(lengths[place])
        let replyEnd = Int(replyPlaces[place]) + 1
        return CommonRun(source: place + 1 - length..<place + 1, reply: replyEnd - length..<replyEnd)
    }
}
