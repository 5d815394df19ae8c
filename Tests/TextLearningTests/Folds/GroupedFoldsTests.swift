import Randomness
import Testing

@testable import TextLearning

@Suite struct GroupedFoldsTests {
    /// Random groups with a few large ones, and labels that often agree within a group.
    private func sample(seed: UInt64) -> (groups: [Int], labels: [Int], folds: Int) {
        var generator = SeededGenerator(seed: seed, stream: "folds-test")
        let documents = 1 + generator.next(below: 60)
        let groups = (0..<documents).map { _ in generator.next(below: 1 + generator.next(below: 40)) - 20 }
        let labels = groups.map { group in generator.nextUnit() < 0.8 ? group & 1 : generator.next(below: 3) }
        return (groups, labels, 1 + generator.next(below: 8))
    }

    @Test(arguments: 1...60) func groupsStayWholeAndNoFoldIsEmpty(seed: UInt64) throws {
        let (groups, labels, wished) = sample(seed: seed)
        let folds = try GroupedFolds(groups: groups, labels: labels, count: wished, seed: seed)
        #expect(folds.count == min(wished, Set(groups).count))
        #expect(Set(folds.fold) == Set(0..<folds.count))
        for group in Set(groups) {
            #expect(Set(zip(groups, folds.fold).filter { $0.0 == group }.map(\.1)).count == 1)
        }
    }

    @Test(arguments: 1...20) func singleDocumentsAreSpreadEvenlyByLabel(seed: UInt64) throws {
        let labels = (0..<53).map { $0 % 7 == 0 ? 1 : 0 }
        let folds = try GroupedFolds(groups: Array(0..<53), labels: labels, count: 5, seed: seed)
        for label in 0...1 {
            let sizes = (0..<5).map { fold in
                zip(folds.fold, labels).filter { $0.0 == fold && $0.1 == label }.count
            }
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "label \(label), sizes \(sizes)")
        }
    }

    @Test func sizesAreEvenWithoutLabels() throws {
        let groups = (0..<90).map { $0 / 3 }
        let folds = try GroupedFolds(groups: groups, count: 5, seed: 4)
        #expect((0..<5).map { fold in folds.fold.filter { $0 == fold }.count } == [18, 18, 18, 18, 18])
    }

    @Test(arguments: 1...10) func aLargeGroupIsBalancedByManySmallOnes(seed: UInt64) throws {
        let groups = (0..<12).map { $0 } + [Int](repeating: 99, count: 12)
        let folds = try GroupedFolds(groups: groups, count: 2, seed: seed)
        #expect(folds.fold.filter { $0 == 0 }.count == 12)
    }

    @Test func theSeedDecidesAndNumbersOfGroupsMeanNothing() throws {
        let groups = (0..<40).map { $0 / 2 }
        let first = try GroupedFolds(groups: groups, count: 4, seed: 1)
        #expect(try GroupedFolds(groups: groups, count: 4, seed: 1) == first)
        #expect(try GroupedFolds(groups: groups.map { -7 * $0 }, count: 4, seed: 1) == first)
        #expect(try GroupedFolds(groups: groups, count: 4, seed: 2) != first)
    }

    @Test func oddInputsAreDefined() throws {
        #expect(try GroupedFolds(groups: [], count: 5, seed: 0).count == 0)
        #expect(
            try GroupedFolds(groups: [Int.min, Int.max], labels: [Int.max, Int.min], count: 9, seed: 0).count == 2)
        #expect(try GroupedFolds(groups: [3, 3, 3], count: .max, seed: 0).fold == [0, 0, 0])
        #expect(throws: TextLearningError.self) { try GroupedFolds(groups: [1], count: 0, seed: 0) }
        #expect(throws: TextLearningError.self) { try GroupedFolds(groups: [1], labels: [], count: 2, seed: 0) }
    }
}
