import Randomness
import RealModule

/// The difference of two arms' rates with a bias-corrected and accelerated bootstrap interval over documents.
///
/// Documents are drawn with replacement within each arm; z₀ = Φ⁻¹((#{< t} + ½#{= t})/B) corrects for bias and the
/// jackknife over documents of both arms gives the acceleration (Efron, 1987; Davison and Hinkley, 1997, section 5.3).
///
/// - Parameters:
///   - suspect: The hits and trials of every suspect document, at least 15 documents.
///   - control: The hits and trials of every control document, at least 15 documents.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
///   - resamples: The number of bootstrap samples, at least 100.
///   - seed: The seed of the samples; the stream is `"cluster-bootstrap"`.
/// - Throws: ``StatisticsError/sampleTooSmall(name:count:minimum:)`` below 15 documents, where the bootstrap
///   undercovers; ``StatisticsError/undefined(quantity:reason:)`` when the resamples never differ, as at 0/n in both arms.
/// - Complexity: O(resamples × documents).
public func clusterBootstrap(
    suspect: [Proportion], control: [Proportion], alpha: Double = 0.05, resamples: Int = 9_999, seed: UInt64
) throws(StatisticsError) -> EffectEstimate {
    try Require.openUnit(alpha, "alpha")
    for (name, documents) in [("suspect documents", suspect), ("control documents", control)]
    where documents.count < 15 {
        throw .sampleTooSmall(name: name, count: documents.count, minimum: 15)
    }
    guard resamples >= 100 else {
        throw .outOfRange(name: "resamples", value: Double(resamples), requirement: "at least 100")
    }
    var generator = SeededGenerator(seed: seed, stream: "cluster-bootstrap")
    let arms = [suspect, control].map { $0.map { (hits: Double($0.hits), trials: Double($0.trials)) } }
    var replicates: [Double] = []
    replicates.reserveCapacity(resamples)
    for _ in 0..<resamples {
        let rates = arms.map { arm in
            var (hits, trials) = (0.0, 0.0)
            for _ in arm.indices {
                let document = arm[generator.next(below: arm.count)]
                hits += document.hits
                trials += document.trials
            }
            return hits / trials
        }
        replicates.append(rates[0] - rates[1])
    }
    let estimate = pooledRate(suspect) - pooledRate(control)
    let jackknife = leaveOneOutDifferences(suspect: suspect, control: control)
    return EffectEstimate(
        estimate: estimate,
        interval: try BiasCorrectedBootstrap(replicates: replicates, estimate: estimate, jackknife: jackknife)
            .interval(alpha: alpha))
}

/// The difference of rates with each document left out in turn: one list for the suspect documents, one for the controls.
func leaveOneOutDifferences(suspect: [Proportion], control: [Proportion]) -> [[Double]] {
    func rates(_ arm: [Proportion]) -> [Double] {
        let hits = arm.map { Double($0.hits) }.compensatedSum
        let trials = arm.map { Double($0.trials) }.compensatedSum
        return arm.map { (hits - Double($0.hits)) / (trials - Double($0.trials)) }
    }
    let (suspectRate, controlRate) = (pooledRate(suspect), pooledRate(control))
    return [rates(suspect).map { $0 - controlRate }, rates(control).map { suspectRate - $0 }]
}

/// Σ hits / Σ trials.
private func pooledRate(_ documents: [Proportion]) -> Double {
    documents.map { Double($0.hits) }.compensatedSum / documents.map { Double($0.trials) }.compensatedSum
}

/// The bias correction and acceleration of a bootstrap distribution.
struct BiasCorrectedBootstrap {
    /// Φ⁻¹ of the share of replicates below the estimate.
    let bias: Double
    /// The rate at which the standard error changes with the estimate.
    let acceleration: Double
    private let sorted: [Double]

    /// - Parameters:
    ///   - replicates: The statistic of every bootstrap sample.
    ///   - estimate: The statistic of the data.
    ///   - jackknife: The statistic with each unit left out, one list per independent sample.
    init(replicates: [Double], estimate: Double, jackknife: [[Double]]) throws(StatisticsError) {
        sorted = replicates.sorted()
        // Replicates of the data's own composition differ from the estimate by rounding only.
        let slack = 1e-12 * max(abs(sorted.first ?? 0), abs(sorted.last ?? 0))
        let below = Double(sorted.count { $0 < estimate - slack })
        let equal = Double(sorted.count { abs($0 - estimate) <= slack })
        let share = (below + 0.5 * equal) / Double(sorted.count)
        guard share > 0, share < 1, let first = sorted.first, let last = sorted.last, first < last else {
            throw .undefined(quantity: "bootstrap interval", reason: "the resamples do not surround the estimate")
        }
        bias = -NormalDistribution.upperQuantile(logTail: .log(share))
        var (cubes, squares) = (0.0, 0.0)
        for values in jackknife {
            let count = Double(values.count)
            let mean = values.compensatedSum / count
            for value in values {
                let influence = (count - 1) / count * (mean - value)
                squares += influence * influence
                cubes += influence * influence * influence
            }
        }
        acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }

    /// The shares of the bootstrap distribution that become the ends.
    func levels(alpha: Double) -> (lower: Double, upper: Double) {
        func level(_ z: Double) -> Double {
            let shifted = bias + z
            return .exp(NormalDistribution.logUpperTail(-(bias + shifted / (1 - acceleration * shifted))))
        }
        let z = NormalDistribution.upperQuantile(logTail: .log(alpha / 2))
        return (level(-z), level(z))
    }

    func interval(alpha: Double) -> ConfidenceInterval {
        let levels = levels(alpha: alpha)
        func quantile(_ level: Double) -> Double {
            // The smallest value with at least this share at or below it.
            let place = (level * Double(sorted.count)).rounded(.up) - 1
            return sorted[max(0, min(sorted.count - 1, Int(place)))]
        }
        return ConfidenceInterval(
            lower: quantile(levels.lower), upper: quantile(levels.upper), confidence: 1 - alpha,
            method: .clusterBootstrap)
    }
}
