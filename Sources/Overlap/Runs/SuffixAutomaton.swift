/// The smallest automaton that accepts every stretch of a sequence (Blumer et al., 1985).
///
/// States other than the first keep their transitions in one hash table, so a state with many successors, which
/// natural text hardly has but hostile text can, costs no more than others.
struct SuffixAutomaton {
    /// The length of the longest stretch that leads to each state.
    private(set) var longest: [Int32] = [0]
    /// The state of the longest suffix that occurs in more places; −1 for the first state.
    private(set) var suffixLink: [Int32] = [-1]
    /// The earliest end, exclusive, at which the stretches of a state occur.
    private(set) var firstEnd: [Int32] = [0]

    private var transitions: TransitionTable
    private var last: Int32 = 0

    /// Builds the automaton.
    ///
    /// - Parameters:
    ///   - symbols: A sequence of numbers below `symbolCount`, shorter than 2³⁰. Negative ones equal nothing that can
    ///     be asked for.
    ///   - symbolCount: The number of different symbols.
    /// - Complexity: Expected O(*n*).
    init(_ symbols: [Int32], symbolCount: Int) {
        let stateLimit = max(2, 2 * symbols.count)
        // Every negative symbol is written as one more number that no one reads.
        transitions = TransitionTable(symbolCount: symbolCount + 1, edgeLimit: 3 * symbols.count)
        longest.reserveCapacity(stateLimit)
        suffixLink.reserveCapacity(stateLimit)
        firstEnd.reserveCapacity(stateLimit)
        for symbol in symbols { append(symbol >= 0 ? symbol : Int32(truncatingIfNeeded: symbolCount)) }
    }

    /// The state reached from a state by a symbol, or nil.
    func successor(of state: Int32, by symbol: Int32) -> Int32? {
        transitions.target(of: state, by: symbol)
    }

    private mutating func append(_ symbol: Int32) {
        let end = longest[Int(last)] + 1
        let added = addState(longest: end, suffixLink: 0, firstEnd: end)
        var state = last
        last = added
        while state >= 0 {
            guard let target = transitions.target(of: state, by: symbol) else {
                transitions.add(from: state, by: symbol, to: added)
                state = suffixLink[Int(state)]
                continue
            }
            if longest[Int(state)] + 1 == longest[Int(target)] {
                suffixLink[Int(added)] = target
            } else {
                suffixLink[Int(added)] = split(target, reachedFrom: state, by: symbol)
            }
            return
        }
    }

    /// Separates the shorter stretches of a state, which now end in more places than the longer ones.
    private mutating func split(_ target: Int32, reachedFrom origin: Int32, by symbol: Int32) -> Int32 {
        let clone = addState(
            longest: longest[Int(origin)] + 1, suffixLink: suffixLink[Int(target)], firstEnd: firstEnd[Int(target)])
        transitions.copyAll(from: target, to: clone)
        suffixLink[Int(target)] = clone
        var state = origin
        while state >= 0, transitions.target(of: state, by: symbol) == target {
            transitions.redirect(from: state, by: symbol, to: clone)
            state = suffixLink[Int(state)]
        }
        return clone
    }

    private mutating func addState(longest length: Int32, suffixLink link: Int32, firstEnd end: Int32) -> Int32 {
        longest.append(length)
        suffixLink.append(link)
        firstEnd.append(end)
        transitions.addState()
        return Int32(longest.count - 1)
    }
}
