/// Returns the longest common run of two sequences of symbol numbers.
@usableFromInline
func longestCommonRun(ofSymbols symbols: SymbolPair) -> CommonRun? {
    let automaton = SuffixAutomaton(symbols.source, symbolCount: symbols.symbolCount)
    var state: Int32 = 0
    var length = 0
    var best: CommonRun?
    for (index, symbol) in symbols.reply.enumerated() {
        while true {
            if let next = automaton.successor(of: state, by: symbol) {
                state = next
                length += 1
                break
            }
            let link = automaton.suffixLink[Int(state)]
            guard link >= 0 else { break }
            state = link
            length = Int(automaton.longest[Int(state)])
        }
        guard length > 0, length >= best?.count ?? 1 else { continue }
        let sourceStart = Int(automaton.firstEnd[Int(state)]) - length
        if let best, length == best.count, sourceStart >= best.source.lowerBound { continue }
        best = CommonRun(
            source: sourceStart..<sourceStart + length, reply: index + 1 - length..<index + 1)
    }
    return best
}
