/// A random number generator whose output is fixed by its seed and stream name on every platform and release.
///
/// The standard library's `shuffled(using:)` and `Int.random(in:using:)` may change between Swift releases, so a run
/// that must replay in five years uses only what is written in this file. The generator is xoshiro256** 1.0
/// (Blackman and Vigna, 2021); its 256-bit state is filled by SplitMix64 (Steele, Lea and Flood, 2014) started from
/// the seed combined with the FNV-1a hash of the stream name's UTF-8 bytes.
///
/// Streams let unrelated decisions of one run (the fold split, the document order, a permutation test) draw from one
/// recorded seed without disturbing each other.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Creates the generator of one named stream.
    ///
    /// - Parameters:
    ///   - seed: The run's seed, as recorded in its journal.
    ///   - stream: A name for the decision that will be drawn, for example `"fold-split"`.
    public init(seed: UInt64, stream: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        var filler = SplitMix64(state: seed ^ hash)
        state = (filler.next(), filler.next(), filler.next(), filler.next())
    }

    /// Returns the next 64 uniformly distributed bits.
    public mutating func next() -> UInt64 {
        let result = rotateLeft(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotateLeft(state.3, by: 45)
        return result
    }

    /// Returns a uniformly distributed integer in `0..<bound`, without modulo bias (Lemire, 2019).
    ///
    /// - Parameter bound: The number of possible results.
    /// - Precondition: `bound > 0`.
    public mutating func next(below bound: Int) -> Int {
        precondition(bound > 0, "a random choice needs at least one possibility")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold {
                product = next().multipliedFullWidth(by: range)
            }
        }
        return Int(product.high)
    }

    /// Returns a number uniformly distributed over the 2⁵³ multiples of 2⁻⁵³ in `0..<1`.
    public mutating func nextUnit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    private func rotateLeft(_ value: UInt64, by count: UInt64) -> UInt64 {
        (value << count) | (value >> (64 - count))
    }

    /// Compares the two states; equal generators produce equal futures.
    public static func == (left: SeededGenerator, right: SeededGenerator) -> Bool {
        left.state == right.state
    }
}

/// The generator that fills the state of ``SeededGenerator``.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension MutableCollection where Self: RandomAccessCollection, Index == Int {
    /// Puts the elements in a uniformly random order (Durstenfeld's form of the Fisher–Yates shuffle).
    ///
    /// - Parameter generator: The seeded stream to draw from; `count − 1` bounded draws are taken.
    /// - Complexity: O(*n*).
    public mutating func shuffle(with generator: inout SeededGenerator) {
        var remaining = count
        while remaining > 1 {
            let chosen = generator.next(below: remaining)
            remaining -= 1
            swapAt(startIndex + remaining, startIndex + chosen)
        }
    }
}
