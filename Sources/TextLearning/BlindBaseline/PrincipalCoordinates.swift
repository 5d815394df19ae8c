import Randomness

/// Where documents lie along the few directions in which they vary most, found without looking at the arms.
///
/// Documents vary mostly by topic. The directions are found by subspace iteration from a random start (Halko, Martinsson
/// and Tropp, 2011) on the centred document–feature matrix; they are orthonormal, and the coordinates are the exact
/// projections on them, in whole units of the feature weights.
struct PrincipalCoordinates {
    /// The number of directions.
    let count: Int
    /// The coordinates of document i in `values[i × count ..< (i + 1) × count]`.
    let values: [Int32]
    /// The variance of all documents along each direction, largest first, in squared weight units.
    let variances: [Double]

    /// For each direction the smallest of ``variances`` divided by its own: 1 for the last.
    let shrinkage: [Float]

    /// The largest number of directions.
    private static let largestCount = 64
    /// The number of documents for each direction, so that directions are learned from enough of them.
    private static let documentsPerDirection = 10
    private static let iterations = 6

    /// Finds the directions.
    ///
    /// - Parameter seed: The seed of the start; the stream is `"principal-coordinates"`.
    /// - Complexity: O((entries + documents × directions) × directions).
    init(documents: WeightedDocuments, seed: UInt64) {
        let wished = min(
            Self.largestCount, documents.count / Self.documentsPerDirection, documents.features)
        var generator = SeededGenerator(seed: seed, stream: "principal-coordinates")
        var columns = (0..<wished).map { _ in
            Self.centred((0..<documents.count).map { _ in generator.nextUnit() })
        }
        for _ in 0..<Self.iterations {
            columns = Self.orthonormal(Self.images(documents, columns))
        }
        let images = Self.images(documents, columns)
        // The images are X Xᵀ Q; with QᵀX XᵀQ = E Λ Eᵀ, the directions V = XᵀQ E Λ^(−1/2) are orthonormal and the images
        // times E Λ^(−1/2) are the projections X V. Directions along which documents differ by less than the unit of
        // the weights say nothing.
        let size = Double(documents.count)
        let start = SymmetricEigen(Self.products(columns, images))
        let projections = zip(start.vectors, start.values).prefix { $0.1 > size }.map { vector, value in
            Self.combination(images, vector.map { $0 / value.squareRoot() })
        }
        // Turning V within its span makes the projections uncorrelated.
        let turned = SymmetricEigen(Self.products(projections, projections))
        let found = turned.values.prefix { $0 > size }.count
        var values = [Int32](repeating: 0, count: documents.count * found)
        for direction in 0..<found {
            let projection = Self.combination(projections, turned.vectors[direction])
            for (document, value) in projection.enumerated() {
                values[document * found + direction] = Int32(value.rounded())
            }
        }
        count = found
        self.values = values
        let variances = turned.values.prefix(found).map { $0 / size }
        self.variances = variances
        shrinkage = variances.map { Float((variances.last ?? 0) / $0) }
    }

    /// (X − mean)(X − mean)ᵀ times centred columns.
    private static func images(_ documents: WeightedDocuments, _ columns: [[Double]]) -> [[Double]] {
        typealias Lanes = SIMD8<Float>
        let width = Lanes.scalarCount
        var all: [[Double]] = []
        for block in stride(from: 0, to: columns.count, by: width) {
            let members = block..<min(block + width, columns.count)
            var loadings = [Lanes](repeating: .zero, count: documents.features)
            for document in 0..<documents.count {
                var scores = Lanes.zero
                for column in members { scores[column - block] = Float(columns[column][document]) }
                documents.forEachEntry(of: document) { loadings[$0] += scores * $1 }
            }
            var images = members.map { _ in [Double](repeating: 0, count: documents.count) }
            for document in 0..<documents.count {
                var scores = Lanes.zero
                documents.forEachEntry(of: document) { scores += loadings[$0] * $1 }
                for column in images.indices { images[column][document] = Double(scores[column]) }
            }
            all += images.map(centred)
        }
        return all
    }

    private static func centred(_ column: [Double]) -> [Double] {
        let mean = column.reduce(0, +) / Double(max(1, column.count))
        return column.map { $0 - mean }
    }

    /// Gram and Schmidt's procedure, twice for accuracy; columns that depend on earlier ones are left out.
    private static func orthonormal(_ columns: [[Double]]) -> [[Double]] {
        var basis: [[Double]] = []
        for column in columns {
            let size = dot(column, column).squareRoot()
            var rest = column
            for _ in 0..<2 {
                for direction in basis {
                    let part = dot(direction, rest)
                    for index in rest.indices { rest[index] -= part * direction[index] }
                }
            }
            let length = dot(rest, rest).squareRoot()
            if length > 1e-6 * size { basis.append(rest.map { $0 / length }) }
        }
        return basis
    }

    /// The sums of columns times factors.
    private static func combination(_ columns: [[Double]], _ factors: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: columns.first?.count ?? 0)
        for (column, factor) in zip(columns, factors) {
            for index in sum.indices { sum[index] += factor * column[index] }
        }
        return sum
    }

    /// The product of each left with each right column.
    private static func products(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
        left.map { column in right.map { dot(column, $0) } }
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += left[index] * right[index] }
        return sum
    }
}
