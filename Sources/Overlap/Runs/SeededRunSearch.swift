/// Finds the longest common run of two long sequences over a small alphabet, such as characters, without visiting most
/// of the places of the second.
///
/// All seeds (stretches of `seedCount` elements) of the source are put in a hash table. Of the reply only every so many
/// seeds are looked up: a run as long as the best one so far holds at least one of them, so none is missed, and the
/// better the best run, the fewer are looked up.
struct SeededRunSearch {
    private let source: [UInt32]
    private let reply: [UInt32]
    /// The latest place of the source for each hash, and for each place the one before it with the same hash; −1 ends.
    private var heads: [Int32]
    private var earlier: [Int32]
    private let mask: Int

    private static let seedCount = 6

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - source: The elements of one sequence.
    ///   - reply: The elements of the other one.
    init(source: [UInt32], reply: [UInt32]) {
        self.source = source
        self.reply = reply
        var size = 64
        while size < source.count { size *= 2 }
        mask = size - 1
        heads = Array(repeating: -1, count: size)
        earlier = Array(repeating: -1, count: source.count)
        var roller = SeedHash(seedCount: Self.seedCount)
        for place in source.indices {
            roller.append(source[place], dropping: place < Self.seedCount ? 0 : source[place - Self.seedCount])
            let start = place + 1 - Self.seedCount
            guard start >= 0 else { continue }
            let slot = roller.slot(mask: mask)
            earlier[start] = heads[slot]
            heads[slot] = Int32(truncatingIfNeeded: start)
        }
    }

    /// What a search came to.
    enum Outcome: Equatable {
        /// The longest run: of equally long ones the first in the source, at its first place in the reply.
        case found(CommonRun)
        /// No run is as long as a seed.
        case shorterThanSeed
        /// The texts repeat themselves too much for this method.
        case tooManyPairs
    }

    /// Searches the whole reply.
    func search() -> Outcome {
        source.withUnsafeBufferPointer { source in
            reply.withUnsafeBufferPointer { reply in search(source, reply) }
        }
    }

    private func search(_ source: UnsafeBufferPointer<UInt32>, _ reply: UnsafeBufferPointer<UInt32>) -> Outcome {
        var best: CommonRun?
        var steps = 0
        let limit = PairBudget.allowed(source.count, reply.count)
        var place = 0
        while place + Self.seedCount <= reply.count {
            var candidate = heads[SeedHash.slot(of: reply, from: place, count: Self.seedCount, mask: mask)]
            while candidate >= 0 {
                var start = Int(candidate)
                var replyStart = place
                var end = start
                var replyEnd = place
                while end < source.count, replyEnd < reply.count, source[end] == reply[replyEnd] {
                    end += 1
                    replyEnd += 1
                }
                steps += 1 + end - start
                if end - start >= Self.seedCount {
                    while start > 0, replyStart > 0, source[start - 1] == reply[replyStart - 1] {
                        start -= 1
                        replyStart -= 1
                    }
                    steps += Int(candidate) - start
                    let run = CommonRun(source: start..<end, reply: replyStart..<replyEnd)
                    if Self.isBetter(run, than: best) { best = run }
                }
                guard steps <= limit else { return .tooManyPairs }
                candidate = earlier[Int(candidate)]
            }
            place += max(1, (best?.count ?? 0) + 1 - Self.seedCount)
        }
        return best.map(Outcome.found) ?? .shorterThanSeed
    }

    private static func isBetter(_ run: CommonRun, than best: CommonRun?) -> Bool {
        guard let best else { return true }
        return (-run.count, run.source.lowerBound, run.reply.lowerBound)
            < (-best.count, best.source.lowerBound, best.reply.lowerBound)
    }
}

/// A polynomial hash of a stretch that moves along a sequence (Karp and Rabin, 1987), modulo 2⁶⁴.
private struct SeedHash {
    private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15
    private var value: UInt64 = 0
    private let highest: UInt64

    init(seedCount: Int) {
        highest = (0..<seedCount).reduce(1) { power, _ in power &* Self.base }
    }

    /// Takes an element in and the one that was taken in `seedCount` elements ago out.
    mutating func append(_ element: UInt32, dropping dropped: UInt32) {
        value = value &* Self.base &+ UInt64(element) &- highest &* UInt64(dropped)
    }

    func slot(mask: Int) -> Int { Self.slot(value, mask: mask) }

    static func slot(of elements: UnsafeBufferPointer<UInt32>, from start: Int, count: Int, mask: Int) -> Int {
        var value: UInt64 = 0
        for place in start..<start + count { value = value &* base &+ UInt64(elements[place]) }
        return slot(value, mask: mask)
    }

    private static func slot(_ value: UInt64, mask: Int) -> Int {
        Int(truncatingIfNeeded: (value ^ (value >> 29)) >> 17) & mask
    }
}
