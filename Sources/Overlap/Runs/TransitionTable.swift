/// The transitions of an automaton: an array for the first state, which has one for every symbol, and one
/// open-addressing hash table for all others.
struct TransitionTable {
    private var firstTargets: [Int32]
    private var keys: [UInt64]
    private var targets: [Int32]
    private let mask: Int

    /// Transitions of one state form a list, so that they can be copied: the slot entered last for a state, and for
    /// each slot the one entered before it; −1 ends the list.
    private var newestSlot: [Int32] = [-1]
    private var olderSlot: [Int32]

    private static let empty = UInt64.max

    /// Creates an empty table.
    ///
    /// - Parameters:
    ///   - symbolCount: Symbols are in `0..<symbolCount`.
    ///   - edgeLimit: The most transitions that will be added.
    init(symbolCount: Int, edgeLimit: Int) {
        var capacity = 16
        while capacity < edgeLimit + edgeLimit / 2 { capacity *= 2 }
        mask = capacity - 1
        firstTargets = Array(repeating: -1, count: symbolCount)
        keys = Array(repeating: Self.empty, count: capacity)
        targets = Array(repeating: -1, count: capacity)
        olderSlot = Array(repeating: -1, count: capacity)
    }

    /// Makes room for the next state.
    mutating func addState() {
        newestSlot.append(-1)
    }

    /// The target of a transition, or nil when there is none; an unknown symbol is negative and leads nowhere.
    func target(of state: Int32, by symbol: Int32) -> Int32? {
        guard symbol >= 0 else { return nil }
        let target = state == 0 ? firstTargets[Int(symbol)] : targets[slot(of: key(state, symbol))]
        return target >= 0 ? target : nil
    }

    /// Adds a transition that is not there yet.
    mutating func add(from state: Int32, by symbol: Int32, to target: Int32) {
        guard state != 0 else {
            firstTargets[Int(symbol)] = target
            return
        }
        let key = key(state, symbol)
        let slot = slot(of: key)
        keys[slot] = key
        targets[slot] = target
        olderSlot[slot] = newestSlot[Int(state)]
        newestSlot[Int(state)] = Int32(slot)
    }

    /// Changes the target of a transition that is there.
    mutating func redirect(from state: Int32, by symbol: Int32, to target: Int32) {
        if state == 0 {
            firstTargets[Int(symbol)] = target
        } else {
            targets[slot(of: key(state, symbol))] = target
        }
    }

    /// Gives a new state all transitions of another one, which is not the first.
    mutating func copyAll(from origin: Int32, to state: Int32) {
        var slot = newestSlot[Int(origin)]
        while slot >= 0 {
            add(from: state, by: Int32(truncatingIfNeeded: keys[Int(slot)] & 0xFFFF_FFFF), to: targets[Int(slot)])
            slot = olderSlot[Int(slot)]
        }
    }

    private func key(_ state: Int32, _ symbol: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: state)) << 32 | UInt64(UInt32(bitPattern: symbol))
    }

    /// The slot that holds a key, or the empty one where it belongs.
    private func slot(of key: UInt64) -> Int {
        // Multiplication by the golden ratio (Knuth, 1973), folded so that both halves of the key reach the low bits.
        let mixed = (key ^ (key >> 29)) &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: mixed >> 32) & mask
        while keys[slot] != key, keys[slot] != Self.empty { slot = (slot + 1) & mask }
        return slot
    }
}
