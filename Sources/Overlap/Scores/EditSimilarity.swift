/// How few elements must be put in, left out or replaced to make one sequence of another (Levenshtein, 1966).
public struct EditSimilarity: Hashable, Codable, Sendable {
    /// The number of changes.
    public let distance: Int
    /// The length of the longer sequence, in elements.
    public let longerCount: Int

    /// 1 − distance ∕ length of the longer sequence, from 0 to 1; 1 when both are empty.
    public var similarity: Double { longerCount == 0 ? 1 : 1 - Double(distance) / Double(longerCount) }

    /// Compares two sequences.
    ///
    /// - Parameters:
    ///   - source: One sequence.
    ///   - reply: The other one; exchanging the two gives the same numbers.
    /// - Complexity: As for ``editDistance(_:_:)``.
    public init<Element: Hashable>(source: some Sequence<Element>, reply: some Sequence<Element>) {
        self.init(symbols: SymbolPair(source: source, reply: reply))
    }

    /// Compares the characters (Unicode scalars) of two texts; masked places equal nothing.
    public init(charactersOf source: ComparedText, reply: ComparedText) {
        self.init(
            symbols: SymbolPair(
                sourceScalars: source.maskedScalars(as: .source), replyScalars: reply.maskedScalars(as: .reply)))
    }

    /// Compares the words of two texts; masked words equal nothing.
    public init(wordsOf source: ComparedText, reply: ComparedText) {
        self.init(symbols: SymbolPair(source: source, reply: reply))
    }

    private init(symbols: SymbolPair) {
        distance = editDistance(ofSymbols: symbols)
        longerCount = max(symbols.source.count, symbols.reply.count)
    }
}

/// Returns the number of elements that must be put in, left out or replaced to make one sequence of another.
///
/// - Parameters:
///   - source: One sequence.
///   - reply: The other one; exchanging the two gives the same number.
/// - Complexity: O(*nm*/64) time at most, O(*dn*/64) for a distance *d*; O(*n* + *m*) memory.
@inlinable
public func editDistance<Element: Hashable>(
    _ source: some Sequence<Element>, _ reply: some Sequence<Element>
) -> Int {
    editDistance(ofSymbols: SymbolPair(source: source, reply: reply))
}

@usableFromInline
func editDistance(ofSymbols symbols: SymbolPair) -> Int {
    var source = symbols.source[...]
    var reply = symbols.reply[...]
    // Equal ends change nothing. A negative symbol equals nothing, not even another one.
    while let one = source.first, one == reply.first, one >= 0 {
        source.removeFirst()
        reply.removeFirst()
    }
    while let one = source.last, one == reply.last, one >= 0 {
        source.removeLast()
        reply.removeLast()
    }
    guard !source.isEmpty, !reply.isEmpty else { return max(source.count, reply.count) }
    let places = SymbolBlocks(Array(source), symbolCount: symbols.symbolCount)
    func distance(within reach: Int) -> Int {
        var columns = EditColumns(rows: source.count, places: places, reach: reach)
        for symbol in reply { columns.advance(by: symbol) }
        return columns.distance
    }
    // Texts that differ little need a narrow band only. Bands that turn out too narrow cost a third more at most.
    let longer = max(source.count, reply.count)
    var reach = 64
    while reach <= longer / 8 {
        if abs(source.count - reply.count) <= reach {
            let found = distance(within: reach)
            if found <= reach { return found }
        }
        reach *= 4
    }
    return distance(within: longer)
}
