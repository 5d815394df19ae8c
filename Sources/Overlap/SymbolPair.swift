/// Two sequences with their elements replaced by small numbers, equal numbers for equal elements.
@usableFromInline
struct SymbolPair {
    /// The source's symbols, in `0..<symbolCount`.
    @usableFromInline let source: [Int32]
    /// The reply's symbols; −1 for elements that the source does not have.
    @usableFromInline let reply: [Int32]
    /// The number of different elements in the source.
    @usableFromInline let symbolCount: Int

    @inlinable
    init<Element: Hashable>(source: some Sequence<Element>, reply: some Sequence<Element>) {
        var numbers: [Element: Int32] = [:]
        numbers.reserveCapacity(source.underestimatedCount)
        self.source = source.map { element in
            if let known = numbers[element] { return known }
            let number = Int32(truncatingIfNeeded: numbers.count)
            numbers[element] = number
            return number
        }
        self.reply = reply.map { numbers[$0] ?? -1 }
        self.symbolCount = numbers.count
    }
}
