import Foundation
import Randomness
import Testing

@testable import Statistics

@Suite struct DatasetInferenceTests {
    /// Two arms of normal features; the suspect's are shifted.
    private func table(
        suspects: Int, controls: Int, features: Int, shift: Double = 0, seed: UInt64, stream: String = "table",
        missing: Double = 0, strata: Int = 1
    ) throws -> FeatureTable {
        var generator = SeededGenerator(seed: seed, stream: stream)
        func normal() -> Double {
            (-2 * Foundation.log(1 - generator.nextUnit())).squareRoot() * cos(2 * .pi * generator.nextUnit())
        }
        func rows(_ count: Int, _ shift: Double) -> [[Double?]] {
            (0..<count).map { document in
                (0..<features).map { _ in
                    let value = normal() + shift + Double(document % strata) * 3
                    return generator.nextUnit() < missing ? nil : value
                }
            }
        }
        return try FeatureTable(
            names: (0..<features).map { "f\($0)" }, suspect: rows(suspects, shift), control: rows(controls, 0),
            strata: DocumentStrata(
                suspect: (0..<suspects).map { $0 % strata }, control: (0..<controls).map { $0 % strata }))
    }

    @Test func foldsAreDisjointCompleteAndBlindToScores() throws {
        let count = 23
        let rows = (0..<count).map { [Double?.some(Double($0))] }
        let strata = DocumentStrata(suspect: (0..<count).map { $0 % 3 }, control: (0..<count).map { $0 / 11 })
        let table = try FeatureTable(names: ["id"], suspect: rows, control: rows, strata: strata)
        let split = try FoldSplit(table, seed: 9)
        #expect(split == (try FoldSplit(table, seed: 9)))
        #expect(split != (try FoldSplit(table, seed: 10)))
        #expect(split != (try FoldSplit(table, seed: 9, number: 1)))
        for (learning, test) in [
            (split.learning.suspect, split.test.suspect), (split.learning.control, split.test.control),
        ] {
            #expect((learning + test).compactMap { $0[0] }.sorted() == (0..<count).map { Double($0) })
        }
        // Stratum 2 has one control document (22) and cannot be tested in.
        #expect(!split.test.strata.suspect.contains(2) && !split.test.strata.control.contains(2))
        let moved = try FeatureTable(
            names: ["id"], suspect: rows.map { [-($0[0] ?? 0)] }, control: rows, strata: strata)
        let other = try FoldSplit(moved, seed: 9)
        #expect(other.test.suspect.map { -($0[0] ?? 0) } == split.test.suspect.map { $0[0] ?? 0 })
    }

    @Test func findsADifferenceAndReplays() throws {
        let data = try table(suspects: 60, controls: 40, features: 4, shift: 1.5, seed: 3, missing: 0.1)
        let first = try DatasetInference(data, resamples: 999, seed: 5)
        #expect(first == (try DatasetInference(data, resamples: 999, seed: 5)))
        #expect(isClose(first.permutation.pValue.value, 0.001))
        #expect(first.welch.pValue.ln < -10, "\(first.welch)")
        #expect(first.area > 0.85, "\(first.area)")
        #expect(first.permutation.method == "studentized document permutation test")
        #expect(isClose(first.permutation.statistic ?? 0, first.welch.statistic ?? 1, 1e-9))
        #expect(first.learning.suspect == 30 && first.test.suspect == 30 && first.test.control == 20)
        let many = try datasetInferenceOverSplits(data, splits: 5, resamples: 999, seed: 5)
        #expect(isClose(many.pValue.value, 0.002, 1e-9))
        let data2 = try JSONEncoder().encode(first)
        #expect(try JSONDecoder().decode(DatasetInference.self, from: data2) == first)
    }

    @Test func learnsTheDirectionOfEveryFeature() throws {
        let data = try table(suspects: 60, controls: 60, features: 3, shift: -1.5, seed: 4)
        let result = try DatasetInference(data, resamples: 999, seed: 5)
        #expect(result.aggregate.terms.allSatisfy { $0.weight < 0 } && result.area > 0.85)
        #expect(result.permutation.pValue.value < 0.01)
    }

    @Test func theTestFoldHasNoSayInTheWeights() throws {
        let data = try table(suspects: 24, controls: 24, features: 3, seed: 6)
        let split = try FoldSplit(data, seed: 8)
        let tested = Set(split.test.suspect.map { $0[0] ?? 0 })
        let spoiled = try FeatureTable(
            names: data.names, suspect: data.suspect.map { tested.contains($0[0] ?? 0) ? [9e9, -9e9, nil] : $0 },
            control: data.control, strata: data.strata)
        let first = try DatasetInference(data, resamples: 99, seed: 8)
        let second = try DatasetInference(spoiled, resamples: 99, seed: 8)
        #expect(first.aggregate == second.aggregate)
        #expect(first.area != second.area)
    }

    /// Learning and testing on the same documents finds a difference in noise nearly always; the split does not.
    @Test func keepsItsLevelWhereTestingTheLearningFoldWouldNot() throws {
        let (trials, seed) = (200, UInt64(2024))
        var naive = 0
        var split = 0
        var several = 0
        for trial in 0..<trials {
            let data = try table(suspects: 40, controls: 40, features: 30, seed: seed, stream: "null-\(trial)")
            let everything = try ScoreAggregate(LearningFold(suspect: data.suspect, control: data.control))
            let same = try welchTest(
                suspect: data.suspect.map(everything.score), control: data.control.map(everything.score))
            if same.pValue.value <= 0.05 { naive += 1 }
            let honest = try DatasetInference(data, resamples: 99, seed: UInt64(trial))
            if honest.permutation.pValue.value <= 0.05 { split += 1 }
            if trial < 40,
                try datasetInferenceOverSplits(data, splits: 3, resamples: 99, seed: UInt64(trial))
                    .pValue.value <= 0.05
            {
                several += 1
            }
        }
        #expect(naive >= 195, "\(naive) of \(trials), seed \(seed)")
        // Binomial(200, 0.05) is above 22 with probability 3e-4.
        #expect(split <= 22, "\(split) of \(trials), seed \(seed)")
        #expect(several <= 7, "\(several) of 40, seed \(seed)")
    }

    /// Arms of different sizes, missing values and strata with different levels: the level holds.
    @Test func keepsItsLevelOnUnevenData() throws {
        let (trials, seed) = (300, UInt64(7))
        var rejections = [0.05: 0, 0.2: 0]
        for trial in 0..<trials {
            let data = try table(
                suspects: 30, controls: 18, features: 3, seed: seed, stream: "uneven-\(trial)", missing: 0.2, strata: 3)
            let p = try DatasetInference(data, resamples: 99, seed: UInt64(trial)).permutation.pValue.value
            for level in rejections.keys where p <= level + 1e-12 { rejections[level, default: 0] += 1 }
        }
        #expect(rejections[0.05, default: .max] <= 30, "\(rejections), seed \(seed)")
        #expect(rejections[0.2, default: .max] <= 86, "\(rejections), seed \(seed)")
        // It is a test and not a constant: a level of 0.2 is used.
        #expect(rejections[0.2, default: 0] >= 36, "\(rejections), seed \(seed)")
    }

    @Test func dataWithoutInformationProveNothing() throws {
        let constant = try FeatureTable(
            names: ["a", "b"], suspect: Array(repeating: [0.1, nil], count: 9),
            control: Array(repeating: [0.1, nil], count: 7))
        let result = try DatasetInference(constant, resamples: 99, seed: 1)
        #expect(result.permutation.pValue == .certain && result.welch.pValue == .certain && result.area == 0.5)
        #expect(result.permutation.warnings.contains(.noVariation))
        #expect(result.aggregate.terms.allSatisfy { $0.weight == 0 })
        let several = try datasetInferenceOverSplits(constant, resamples: 99, seed: 1)
        #expect(several.pValue == .certain && several.warnings == [.noVariation])
    }

    /// Every document of an arm has the same score: there is no standard error, and still an exact test.
    @Test func armsOfOnePieceAreTestedExactly() throws {
        let data = try FeatureTable(
            names: ["a"], suspect: Array(repeating: [1], count: 8), control: Array(repeating: [0], count: 8))
        let result = try DatasetInference(data, resamples: 99, seed: 1)
        // 4 against 4 documents in the test fold: one arrangement of 70.
        #expect(isClose(result.permutation.pValue.value, 1.0 / 70) && result.area == 1)
        #expect(result.welch.pValue == .certain)
    }

    @Test func fewDocumentsAreRefusedOrTested() throws {
        let three = try table(suspects: 3, controls: 3, features: 5, seed: 1)
        let result = try DatasetInference(three, resamples: 99, seed: 1)
        // The smallest p-value of 2 against 2 is 1/6.
        #expect(result.permutation.pValue.value >= 1.0 / 6 - 1e-12 && result.permutation.exactness == .exact)
        for (suspects, controls) in [(2, 9), (9, 2), (1, 1)] {
            let few = try table(suspects: suspects, controls: controls, features: 2, seed: 1)
            #expect(throws: StatisticsError.self) { try DatasetInference(few, resamples: 99, seed: 1) }
            #expect(throws: StatisticsError.self) { try datasetInferenceOverSplits(few, resamples: 99, seed: 1) }
        }
        #expect(throws: StatisticsError.self) { try datasetInferenceOverSplits(three, splits: 1, seed: 1) }
        #expect(throws: StatisticsError.self) { try DatasetInference(three, resamples: 0, seed: 1) }
    }

    @Test func impossibleTablesAreRefused() {
        for bad in [Double.nan, .infinity, -.infinity, 1e101] {
            #expect(throws: StatisticsError.self) { try FeatureTable(names: ["a"], suspect: [[bad]], control: [[1]]) }
        }
        #expect(throws: StatisticsError.self) { try FeatureTable(names: [], suspect: [[]], control: [[]]) }
        #expect(throws: StatisticsError.self) { try FeatureTable(names: ["a"], suspect: [], control: [[1]]) }
        #expect(throws: StatisticsError.self) { try FeatureTable(names: ["a"], suspect: [[1, 2]], control: [[1]]) }
        #expect(throws: StatisticsError.self) {
            try FeatureTable(
                names: ["a"], suspect: [[1]], control: [[1]], strata: DocumentStrata(suspect: [], control: [0]))
        }
    }
}
