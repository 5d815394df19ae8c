/// The contrasts of prompts that race, with the controls' part steadied.
///
/// Half of a contrast's noise comes from the controls, whose lifts mostly differ little from prompt to prompt. Each
/// prompt's control lift is therefore pulled towards the mean of all of them, the more the less they differ beyond
/// their errors: c′ = c̄ + (c − c̄)·τ²/(τ² + v), where v is the squared error of c and τ² = max(0, variance of all c −
/// mean v) (empirical Bayes: Efron and Morris, 1975). Where control lifts do differ, nothing is pulled.
struct SteadiedContrasts {
    /// The steadied contrast of each prompt, in probability per token; −∞ without suspects.
    let values: [Double]

    init(_ lifts: [ArmLifts]) {
        let suspects = lifts.map { TrimmedMean($0.suspect) }
        let controls = lifts.map { TrimmedMean($0.control) }
        let known = controls.compactMap { $0 }
        let centre = known.reduce(0) { $0 + $1.mean / Double(known.count) }
        let errors = known.compactMap(\.variance)
        let spread = known.reduce(0) { $0 + ($1.mean - centre) * ($1.mean - centre) / Double(max(1, known.count - 1)) }
        let between = max(0, spread - errors.reduce(0) { $0 + $1 / Double(errors.count) })
        values = zip(suspects, controls).map { suspect, control in
            guard let suspect else { return -.infinity }
            guard let control else { return suspect.mean - centre }
            let total = between + (control.variance ?? .infinity)
            let trust = total > 0 ? between / total : 1
            return suspect.mean - centre - trust * (control.mean - centre)
        }
    }
}
