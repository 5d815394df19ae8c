import Audit
import Corpus
import Randomness

/// How the windows of one document come out.
///
/// Hits are drawn from Pólya's urn, so that their number is beta-binomial: after h hits among j windows the next one
/// hits with probability (r(1 − ρ) + ρh) / (1 − ρ + ρj), and two windows of one document have correlation ρ. The ln p of
/// a window that does not come back is the sum of an effect of its document and one of its own, in the same proportion;
/// a window that comes back is near certain. Nothing but additions, products and square roots is used, so that the
/// numbers are the same on every platform.
struct WindowModel: Sendable {
    /// Probability that a window comes back.
    var rate: Double
    /// Correlation ρ of two windows of one document.
    let correlation: Double
    /// Replies that do not come.
    let missing: Scenario.Missing
    /// Whether windows have log-probabilities.
    let hasScores: Bool
    /// Mean ln p of a window that does not come back, in nats.
    var meanLn = -20.0

    /// Standard deviation of a window's ln p, in nats.
    static let spreadLn = 4.0
    /// ln p of a window that comes back, in nats.
    private static let certainLn = -0.5

    /// The model as it is after a part of the run, 0 at the first document and 1 at the last.
    ///
    /// - Parameter strength: As in ``Scenario/drift``.
    func drifted(_ part: Double, strength: Double) -> WindowModel {
        let way = strength * (2 * part - 1)
        var model = self
        model.rate = min(1, rate * (1 + 0.8 * way))
        model.meanLn += way * Self.spreadLn
        return model
    }

    /// Draws the outcome of a document.
    ///
    /// - Parameter effect: What the document's windows share, in standard deviations.
    func outcome(
        _ document: ArmedDocument, windows: Int, effect: Double, _ generator: inout SeededGenerator
    ) -> DocumentOutcome {
        var (hits, seenHits, failures) = (0, 0, 0)
        for window in 0..<windows {
            let chance =
                (rate * (1 - correlation) + correlation * Double(hits))
                / (1 - correlation + correlation * Double(window))
            let isHit = generator.nextUnit() < chance
            if isHit { hits += 1 }
            if isMissing(isHit, &generator) {
                failures += 1
            } else if isHit {
                seenHits += 1
            }
        }
        let answered = windows - failures
        var mean: Double?
        if hasScores, answered > 0 {
            let others = Double(answered - seenHits)
            let shared = meanLn + Self.spreadLn * correlation.squareRoot() * effect
            let own = Self.spreadLn * ((1 - correlation) * others).squareRoot() * generator.nextNormal()
            mean = (others * shared + own + Double(seenHits) * Self.certainLn) / Double(answered)
        }
        return DocumentOutcome(
            arm: document.arm, document: document.document, windows: windows, failures: failures,
            reproduced: seenHits, meanLn: mean)
    }

    private func isMissing(_ isHit: Bool, _ generator: inout SeededGenerator) -> Bool {
        switch missing {
        case .none: false
        case .independent(let rate): generator.nextUnit() < rate
        case .outcome(let hit, let miss): generator.nextUnit() < (isHit ? hit : miss)
        }
    }
}

extension SeededGenerator {
    /// A number of mean 0 and variance 1, nearly normal: the sum of twelve uniform ones, less six.
    mutating func nextNormal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += nextUnit() }
        return sum
    }
}
