/// Returns the runs that two sequences share in the same order, longest first.
///
/// The longest common run is taken first (the first in the source, then in the reply, of equally long ones), then the
/// longest between what stands before it in both sequences, then between what stands after it, and so on (Ratcliff and
/// Metzener, 1988). These are the blocks of Python's `difflib.SequenceMatcher` without its "junk" rules, from which the
/// published near-verbatim measures start.
///
/// - Parameters:
///   - source: The text that may have been memorized.
///   - reply: The text that the model produced.
///   - minimum: Shorter runs are not taken, in elements; less than one counts as one.
/// - Returns: The runs, ascending in both sequences; two runs never touch in both.
/// - Complexity: O((*n* + *m*)·√min(*n*, *m*)) at most, since every level of the search takes shorter runs than the one
///   before; a few passes for natural text.
@inlinable
public func matchingBlocks<Element: Hashable>(
    source: some Sequence<Element>, reply: some Sequence<Element>, ofAtLeast minimum: Int = 1
) -> [CommonRun] {
    matchingBlocks(ofSymbols: SymbolPair(source: source, reply: reply), ofAtLeast: minimum)
}

@usableFromInline
func matchingBlocks(ofSymbols symbols: SymbolPair, ofAtLeast minimum: Int) -> [CommonRun] {
    let places = SymbolPlaces(symbols.reply, symbolCount: symbols.symbolCount)
    return matchingBlocks(ofSymbols: symbols, places: places, ofAtLeast: minimum)
}

func matchingBlocks(ofSymbols symbols: SymbolPair, places: SymbolPlaces, ofAtLeast minimum: Int) -> [CommonRun] {
    var search = LevelSearch(symbols: symbols, places: places)
    var blocks: [CommonRun] = []
    var open = [CommonRun(source: 0..<symbols.source.count, reply: 0..<symbols.reply.count)]
    while let field = open.popLast() {
        let level = search.longestRuns(in: field)
        guard let first = level.first, first.count >= max(1, minimum) else { continue }
        // What lies before, between and after runs of one length holds only shorter ones.
        var corner = (source: field.source.lowerBound, reply: field.reply.lowerBound)
        for run in level {
            let gap = CommonRun(
                source: corner.source..<run.source.lowerBound, reply: corner.reply..<run.reply.lowerBound)
            if !gap.source.isEmpty, !gap.reply.isEmpty { open.append(gap) }
            corner = (run.source.upperBound, run.reply.upperBound)
        }
        let rest = CommonRun(
            source: corner.source..<field.source.upperBound, reply: corner.reply..<field.reply.upperBound)
        if !rest.source.isEmpty, !rest.reply.isEmpty { open.append(rest) }
        blocks += level
    }
    blocks.sort { $0.source.lowerBound < $1.source.lowerBound }
    return joined(blocks)
}

/// Joins blocks that touch in both sequences.
private func joined(_ blocks: [CommonRun]) -> [CommonRun] {
    var joined: [CommonRun] = []
    for block in blocks {
        if let last = joined.last, last.source.upperBound == block.source.lowerBound,
            last.reply.upperBound == block.reply.lowerBound
        {
            joined[joined.count - 1] = CommonRun(
                source: last.source.lowerBound..<block.source.upperBound,
                reply: last.reply.lowerBound..<block.reply.upperBound)
        } else {
            joined.append(block)
        }
    }
    return joined
}
