/// Finds the minimum of a smooth function by limited-memory BFGS (Liu and Nocedal, 1989) with halving steps.
///
/// - Parameters:
///   - start: Where to begin.
///   - steps: The largest number of steps.
///   - tolerance: The Euclidean length of the gradient at which to end.
///   - function: The value at a point; it also fills in the gradient, which has the length of the point.
/// - Returns: The best point found; every step lowers the value.
/// - Complexity: O(steps × (variables + one evaluation)) when most steps are accepted at once.
func minimum(
    from start: [Double], steps: Int, tolerance: Double, of function: ([Double], inout [Double]) -> Double
) -> [Double] {
    var point = start
    var gradient = [Double](repeating: 0, count: start.count)
    var value = function(point, &gradient)
    var memory = CurvatureMemory()
    for _ in 0..<steps {
        let length = dot(gradient, gradient).squareRoot()
        guard length > tolerance else { break }
        var direction = memory.direction(for: gradient)
        var slope = dot(direction, gradient)
        if !(slope < 0) {
            memory = CurvatureMemory()
            direction = memory.direction(for: gradient)
            slope = dot(direction, gradient)
        }
        var size = memory.isEmpty ? min(1, 1 / length) : 1
        var next = point
        var nextGradient = gradient
        var accepted = false
        for _ in 0..<40 {
            for index in next.indices { next[index] = point[index] + size * direction[index] }
            let nextValue = function(next, &nextGradient)
            // Armijo's condition; a NaN fails it as well.
            if nextValue <= value + 1e-4 * size * slope {
                value = nextValue
                accepted = true
                break
            }
            size /= 2
        }
        // No step goes down any more: the value is exact to rounding.
        guard accepted else { break }
        memory.add(from: point, gradient, to: next, nextGradient)
        point = next
        gradient = nextGradient
    }
    return point
}

/// The last few steps and the changes of the gradient they made.
private struct CurvatureMemory {
    private static let length = 6
    private var pairs: [(step: [Double], change: [Double], product: Double)] = []

    var isEmpty: Bool { pairs.isEmpty }

    mutating func add(from point: [Double], _ gradient: [Double], to next: [Double], _ nextGradient: [Double]) {
        let step = zip(next, point).map { $0 - $1 }
        let change = zip(nextGradient, gradient).map { $0 - $1 }
        let product = dot(step, change)
        // A pair without clear positive curvature would spoil the approximation.
        guard product > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
        if pairs.count == Self.length { pairs.removeFirst() }
        pairs.append((step, change, product))
    }

    /// Minus the approximate inverse curvature times the gradient, by the two-loop recursion.
    func direction(for gradient: [Double]) -> [Double] {
        var direction = gradient.map { -$0 }
        var factors: [Double] = []
        for pair in pairs.reversed() {
            let factor = dot(pair.step, direction) / pair.product
            factors.append(factor)
            for index in direction.indices { direction[index] -= factor * pair.change[index] }
        }
        if let last = pairs.last {
            let scale = last.product / dot(last.change, last.change)
            for index in direction.indices { direction[index] *= scale }
        }
        for (pair, factor) in zip(pairs, factors.reversed()) {
            let correction = factor - dot(pair.change, direction) / pair.product
            for index in direction.indices { direction[index] += correction * pair.step[index] }
        }
        return direction
    }
}

private func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
}
