/// Gives equal scalar values equal numbers, counted from zero in the order in which they are first seen.
struct ScalarNumbering {
    private(set) var count = 0
    /// The numbers of the values that most texts are made of; −1 where there is none.
    private var low = [Int32](repeating: -1, count: 0x3000)
    private var high: [UInt32: Int32] = [:]

    /// The number of a value, a new one if it has none yet.
    mutating func number(of value: UInt32) -> Int32 {
        let known = knownNumber(of: value)
        guard known < 0 else { return known }
        let number = Int32(truncatingIfNeeded: count)
        count += 1
        if Int(value) < low.count { low[Int(value)] = number } else { high[value] = number }
        return number
    }

    /// The number of a value that has one, or −1.
    func knownNumber(of value: UInt32) -> Int32 {
        Int(value) < low.count ? low[Int(value)] : high[value, default: -1]
    }
}
