/// The eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, 1996).
struct SymmetricEigen {
    /// The eigenvalues, largest first.
    let values: [Double]
    /// The eigenvectors of length 1 in the order of ``values``: `vectors[k]` belongs to `values[k]`.
    let vectors: [[Double]]

    private static let largestSweeps = 60

    /// Decomposes a matrix, given as rows; only the upper triangle is read.
    ///
    /// - Complexity: O(rows³) for each of about ten sweeps.
    init(_ matrix: [[Double]]) {
        var rotating = matrix
        for row in matrix.indices {
            for column in 0..<row { rotating[row][column] = matrix[column][row] }
        }
        var vectors = matrix.indices.map { row in matrix.indices.map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<Self.largestSweeps {
            var isDiagonal = true
            for first in rotating.indices {
                for second in rotating.indices.dropFirst(first + 1) {
                    let size = (abs(rotating[first][first] * rotating[second][second])).squareRoot()
                    guard abs(rotating[first][second]) > 1e-14 * size + .leastNormalMagnitude else { continue }
                    isDiagonal = false
                    Self.rotate(&rotating, &vectors, first, second)
                }
            }
            if isDiagonal { break }
        }
        let order = matrix.indices.sorted { left, right in
            let (a, b) = (rotating[left][left], rotating[right][right])
            return a == b ? left < right : a > b
        }
        values = order.map { rotating[$0][$0] }
        self.vectors = order.map { vectors[$0] }
    }

    /// Makes one element outside the diagonal zero.
    private static func rotate(
        _ matrix: inout [[Double]], _ vectors: inout [[Double]], _ first: Int, _ second: Int
    ) {
        let theta = (matrix[second][second] - matrix[first][first]) / (2 * matrix[first][second])
        let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for index in matrix.indices {
            let (left, right) = (matrix[index][first], matrix[index][second])
            matrix[index][first] = cosine * left - sine * right
            matrix[index][second] = sine * left + cosine * right
        }
        for index in matrix.indices {
            let (left, right) = (matrix[first][index], matrix[second][index])
            matrix[first][index] = cosine * left - sine * right
            matrix[second][index] = sine * left + cosine * right
            let (up, down) = (vectors[first][index], vectors[second][index])
            vectors[first][index] = cosine * up - sine * down
            vectors[second][index] = sine * up + cosine * down
        }
    }
}
