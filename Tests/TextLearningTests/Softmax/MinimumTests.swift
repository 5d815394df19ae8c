import Testing

@testable import TextLearning

@Suite struct MinimumTests {
    @Test func aBadlyScaledQuadraticIsSolved() {
        let scales = [1.0, 1e2, 1e4, 1e-2]
        let centre = [3.0, -2, 0.5, 40]
        let found = minimum(from: [0, 0, 0, 0], steps: 200, tolerance: 1e-9) { point, gradient in
            var value = 0.0
            for index in point.indices {
                let distance = point[index] - centre[index]
                gradient[index] = scales[index] * distance
                value += scales[index] * distance * distance / 2
            }
            return value
        }
        #expect(zip(found, centre).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func rosenbrocksValleyIsFollowed() {
        let found = minimum(from: [-1.2, 1], steps: 500, tolerance: 1e-9) { point, gradient in
            let (x, y) = (point[0], point[1])
            gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x)
            gradient[1] = 200 * (y - x * x)
            return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
        }
        #expect(abs(found[0] - 1) < 1e-6 && abs(found[1] - 1) < 1e-6)
    }

    @Test func functionsThatGiveNoNumberEndTheSearch() {
        #expect(
            minimum(from: [1], steps: 5, tolerance: 1e-9) { _, gradient in
                gradient[0] = .nan; return .nan
            } == [1])
        #expect(minimum(from: [], steps: 5, tolerance: 1e-9) { _, _ in 0 } == [])
    }
}
