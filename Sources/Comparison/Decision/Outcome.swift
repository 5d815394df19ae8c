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
/// Where the numbers are only 0 and 1, the permutation distribution is a sum of hypergeometric ones, and the exact
/// Cochran–Mantel–Haenszel test is the same test without the coarseness of random arrangements.
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
    if alternative == .greater, (suspects + controls).allSatisfy({ [0, 1].contains(value($0)) }) {
        let exact = try cochranMantelHaenszelExact(try tables(suspects, controls, by: value))
        if exact.exactness == .exactConditional { return exact }
    }
    return try documentPermutationTest(
        suspect: suspects.map(value), control: controls.map(value),
        strata: DocumentStrata(suspect: suspects.map(\.stratum), control: controls.map(\.stratum)),
        alternative: alternative, resamples: resamples, seed: seed)
}

/// The ones and zeros of each stratum with documents of both arms.
private func tables(
    _ suspects: [Outcome], _ controls: [Outcome], by value: (Outcome) -> Double
) throws(StatisticsError) -> [Table2x2] {
    var tables: [Table2x2] = []
    for stratum in Set(suspects.map(\.stratum)).intersection(controls.map(\.stratum)).sorted() {
        func proportion(_ outcomes: [Outcome]) throws(StatisticsError) -> Proportion {
            let members = outcomes.filter { $0.stratum == stratum }
            return try Proportion(hits: Int64(members.count { value($0) == 1 }), trials: Int64(members.count))
        }
        tables.append(Table2x2(suspect: try proportion(suspects), control: try proportion(controls)))
    }
    return tables
}
