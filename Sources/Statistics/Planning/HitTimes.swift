import Randomness
import RealModule

/// The places of the hits in a row of documents that hit independently at one rate, in rising order.
///
/// The misses between two hits are drawn at once, ⌊ln(1 − u)/ln(1 − rate)⌋. From the same seed a higher rate hits
/// earlier every time, so that differences between rates are not drowned in the noise of simulation.
struct HitTimes {
    private var generator: SeededGenerator
    /// 1 / ln(1 − rate), or 0 at rate 1.
    private let inverseLogMiss: Double
    private let end: Int
    /// The place of the next hit, or `end` when there is none.
    private(set) var next: Int

    /// - Precondition: `rate` is in 0 … 1 and `end` is not negative.
    init(rate: Double, end: Int, generator: SeededGenerator) {
        self.generator = generator
        self.end = end
        inverseLogMiss = rate > 0 ? 1 / .log(onePlus: -rate) : -.infinity
        next = 0
        next = rate > 0 ? place(from: 0) : end
    }

    /// Goes on to the hit after ``next``.
    mutating func advance() { next = place(from: next + 1) }

    private mutating func place(from first: Int) -> Int {
        let misses = (.log(onePlus: -generator.nextUnit()) * inverseLogMiss).rounded(.down)
        return misses < Double(end - first) ? first + Int(misses) : end
    }
}
