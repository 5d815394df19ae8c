/// The number of suspects and controls that a fold's classifier sees, for eight arrangements.
struct ArmShares {
    /// The number of documents of both arms.
    let size: Int32
    /// 1 over the number of suspects; 0 in arrangements that lack an arm.
    private(set) var perSuspect = SIMD8<Float>.zero
    /// 1 over the number of controls; 0 in arrangements that lack an arm.
    private(set) var perControl = SIMD8<Float>.zero
    /// The product of the two arms' shares.
    let balance: SIMD8<Float>

    init(suspects: SIMD8<Int32>, size: Int32) {
        self.size = size
        let controls = SIMD8<Int32>(repeating: size) &- suspects
        for lane in 0..<8 where suspects[lane] > 0 && controls[lane] > 0 {
            perSuspect[lane] = 1 / Float(suspects[lane])
            perControl[lane] = 1 / Float(controls[lane])
        }
        let all = Float(max(1, size))
        balance = SIMD8<Float>(suspects) / all * (SIMD8<Float>(controls) / all)
    }
}

/// What a fold's classifier does with the principal coordinates.
struct FoldSpikes {
    typealias RealLanes = SIMD8<Float>

    private let isLeftOut: [Bool]
    private let totals: [Float]
    private let means: [Float]

    /// The smallest 1 − R²: arms that the principal coordinates tell apart perfectly would give 0.
    private static let smallestRest: Float = 0.01

    init(_ coordinates: PrincipalCoordinates, withoutDocuments isLeftOut: [Bool]) {
        self.isLeftOut = isLeftOut
        let width = coordinates.count
        var totals = [Double](repeating: 0, count: width)
        var size = 0.0
        for document in isLeftOut.indices where !isLeftOut[document] {
            size += 1
            for index in 0..<width { totals[index] += Double(coordinates.values[document * width + index]) }
        }
        self.totals = totals.map { Float($0) }
        means = totals.map { Float($0 / max(1, size)) }
    }

    /// What to multiply the principal coordinates by, and the product of that with their mean.
    func direction(
        _ coordinates: PrincipalCoordinates, arms: [SIMD8<Int32>], _ shares: ArmShares
    ) -> (weights: [RealLanes], centre: RealLanes) {
        let width = coordinates.count
        var sums = [SIMD8<Int32>](repeating: .zero, count: width)
        for document in arms.indices where !isLeftOut[document] {
            for index in 0..<width {
                sums[index] &+= arms[document] & SIMD8(repeating: coordinates.values[document * width + index])
            }
        }
        let both = shares.perSuspect + shares.perControl
        var weights = (0..<width).map { RealLanes(sums[$0]) * both - shares.perControl * totals[$0] }
        var explained = RealLanes.zero
        for index in 0..<width {
            explained += weights[index] * weights[index] / Float(coordinates.variances[index])
        }
        let rest = (1 - shares.balance * explained).clamped(
            lowerBound: RealLanes(repeating: Self.smallestRest), upperBound: RealLanes(repeating: 1))
        let boost: RealLanes = 1 / rest - 1
        var centre = RealLanes.zero
        for index in 0..<width {
            let shrinkage = coordinates.shrinkage[index]
            // The last direction is treated as the ones left out are: shrinkage 1, no boost.
            weights[index] *= boost * (shrinkage * (1 - shrinkage)) + (shrinkage - 1)
            centre += weights[index] * means[index]
        }
        return (weights, centre)
    }
}
