import RealModule

/// Logistic regression with a penalty on the weights, by Newton's method.
///
/// Minimises Σᵢ ln(1 + exp(−sᵢ(b + w·xᵢ))) + (λ/2)·|w|², s = +1 for the first class and −1 for the second; the intercept
/// b is not penalised. The penalty makes the minimum unique and finite even where a plane separates the classes.
struct RidgeLogistic {
    /// One weight per feature.
    let weights: [Double]
    /// The log-odds at the origin.
    let intercept: Double

    /// Fits the model.
    ///
    /// - Parameters:
    ///   - first: Rows of the class with label +1, at least one, all equally long and finite.
    ///   - second: Rows of the class with label −1, at least one.
    ///   - penalty: λ, above 0.
    /// - Throws: ``StatisticsError/noConvergence(function:arguments:)`` if 100 steps do not reach the minimum.
    /// - Complexity: O(steps × (rows × features² + features³)).
    init(first: [[Double]], second: [[Double]], penalty: Double) throws(StatisticsError) {
        let rows = (first + second).map { [1] + $0 }
        let labels = Array(repeating: 1.0, count: first.count) + Array(repeating: -1.0, count: second.count)
        let size = rows[0].count
        var point = Array(repeating: 0.0, count: size)
        // The best model without features is a known starting point.
        point[0] = .log(Double(first.count)) - .log(Double(second.count))
        func loss(_ point: [Double]) -> Double {
            var sum = CompensatedSum()
            for (row, label) in zip(rows, labels) { sum.add(Self.logOnePlusExp(-label * Self.dot(row, point))) }
            for weight in point.dropFirst() { sum.add(penalty / 2 * weight * weight) }
            return sum.value
        }
        var current = loss(point)
        for _ in 0..<100 {
            var gradient = point.map { penalty * $0 }
            gradient[0] = 0
            var hessian = Array(repeating: Array(repeating: 0.0, count: size), count: size)
            for index in 1..<max(1, size) { hessian[index][index] = penalty }
            for (row, label) in zip(rows, labels) {
                let margin = label * Self.dot(row, point)
                let miss = 1 / (1 + .exp(margin))
                let curvature = miss * (1 - miss)
                for i in 0..<size {
                    gradient[i] -= label * miss * row[i]
                    for j in 0...i { hessian[i][j] += curvature * row[i] * row[j] }
                }
            }
            guard let step = Self.solve(hessian, gradient) else {
                throw .noConvergence(function: "ridge logistic regression", arguments: [penalty])
            }
            // Newton's decrement: twice what the step can gain.
            let decrement = Self.dot(step, gradient)
            if decrement <= 1e-24 * max(1, current) { break }
            var length = 1.0
            var next = zip(point, step).map { $0 - $1 }
            var value = loss(next)
            while value > current - 1e-4 * length * decrement, length > 1e-10 {
                length /= 2
                next = zip(point, step).map { $0 - length * $1 }
                value = loss(next)
            }
            // Near the minimum rounding hides any further gain: take the last full step and stop.
            if decrement < 1e-10 {
                point = zip(point, step).map { $0 - $1 }
                if decrement < 1e-16 { break }
                current = loss(point)
                continue
            }
            guard value < current else {
                throw .noConvergence(function: "ridge logistic regression", arguments: [penalty])
            }
            (point, current) = (next, value)
        }
        intercept = point[0]
        weights = Array(point.dropFirst())
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        var sum = 0.0
        for index in left.indices { sum += left[index] * right[index] }
        return sum
    }

    private static func logOnePlusExp(_ x: Double) -> Double {
        x > 0 ? x + .log(onePlus: .exp(-x)) : .log(onePlus: .exp(x))
    }

    /// Solves a symmetric positive definite system of which the lower triangle is given (Cholesky), or returns `nil` when
    /// it is not definite.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var lower = matrix
        let size = right.count
        for i in 0..<size {
            for j in 0...i {
                var sum = lower[i][j]
                for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
                if i == j {
                    guard sum > 0 else { return nil }
                    lower[i][i] = sum.squareRoot()
                } else {
                    lower[i][j] = sum / lower[j][j]
                }
            }
        }
        var solution = right
        for i in 0..<size {
            for k in 0..<i { solution[i] -= lower[i][k] * solution[k] }
            solution[i] /= lower[i][i]
        }
        for i in (0..<size).reversed() {
            for k in (i + 1)..<max(i + 1, size) { solution[i] -= lower[k][i] * solution[k] }
            solution[i] /= lower[i][i]
        }
        return solution
    }
}
