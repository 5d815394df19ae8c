import Randomness
import Testing

@testable import TextLearning

@Suite struct SymmetricEigenTests {
    @Test(arguments: 1...12) func vectorsAreOrthonormalAndBelongToTheirValues(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "eigen")
        let size = Int(seed)
        var matrix = (0..<size).map { _ in (0..<size).map { _ in 2 * generator.nextUnit() - 1 } }
        for row in 0..<size {
            for column in 0..<row { matrix[row][column] = matrix[column][row] }
        }
        let eigen = SymmetricEigen(matrix)
        #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
        for (index, vector) in eigen.vectors.enumerated() {
            for row in 0..<size {
                let image = zip(matrix[row], vector).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(image - eigen.values[index] * vector[row]) < 1e-10)
            }
            for (other, right) in eigen.vectors.enumerated() {
                let product = zip(vector, right).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (index == other ? 1 : 0)) < 1e-10)
            }
        }
    }

    @Test func degenerateMatricesAreDecomposed() {
        #expect(SymmetricEigen([]).values.isEmpty)
        #expect(SymmetricEigen([[0, 0], [0, 0]]).values == [0, 0])
        #expect(SymmetricEigen([[1, 1], [1, 1]]).values.map { ($0 * 1e12).rounded() } == [2e12, 0])
        #expect(SymmetricEigen([[1e200, 1e190], [1e190, 1e-200]]).values.allSatisfy { $0.isFinite })
    }
}
