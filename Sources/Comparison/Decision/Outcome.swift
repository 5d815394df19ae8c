import Statistics

/// What a test knows of one document: its stratum, and a number from either model.
struct Outcome: Sendable {
    let stratum: Int
    let target: Double
    let reference: Double

    /// Target minus reference.
    var difference: Double { target - reference }

    init(stratum: Int, target: Double, reference: Double) {
        self.stratum = stratum
        self.target = target
        self.reference = reference
    }

    /// Takes whether either model reproduced the document.
    init(_ stratum: Int, _ target: Bool, _ reference: Bool) {
        self.init(stratum: stratum, target: target ? 1 : 0, reference: reference ? 1 : 0)
    }
}

/// Compares the arms by permuting documents within strata.
///
/// - Returns: The result; p = 1 when no stratum holds documents of both arms.
/// - Throws: `StatisticsError` when an arm is empty or a number is not finite.
func compareArms(
    _ suspects: [Outcome], _ controls: [Outcome], by value: (Outcome) -> Double, alternative: Alternative,
    resamples: Int, seed: UInt64
) throws(StatisticsError) -> TestResult {
    guard !Set(suspects.map(\.stratum)).isDisjoint(with: controls.map(\.stratum)) else {
        return TestResult(
            method: "no test, because no suspect document has as many windows as a control document",
            alternative: alternative, pValue: .certain, exactness: .exact,
            sampleSizes: [Int64(suspects.count), Int64(controls.count)], warnings: [.noVariation])
    }
    return try documentPermutationTest(
        suspect: suspects.map(value), control: controls.map(value),
        strata: DocumentStrata(suspect: suspects.map(\.stratum), control: controls.map(\.stratum)),
        alternative: alternative, resamples: resamples, seed: seed)
}
