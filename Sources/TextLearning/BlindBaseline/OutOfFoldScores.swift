/// Scores every document by a classifier that has not seen its fold, for eight arrangements of the arms at once.
///
/// The classifier is Fisher's linear discriminant, the inverse covariance within the arms times the difference of their
/// means, with a covariance that is free along the principal directions and even in all others. Ignoring the remaining
/// correlations is right when there are more features than documents (Bickel and Levina, 2004); not ignoring the main
/// ones, which are the topics, is what lets small differences be seen among them. With δ the difference of the arms'
/// mean features, zₖ a document's principal coordinates, dₖ the difference of their means between the arms, vₖ their
/// variance over both arms and sₖ = v_last/vₖ, the score of a document x is
///
///     (x − x̄)·δ + Σₖ (zₖ − z̄ₖ) dₖ (sₖ(1 + (κ − 1)(1 − sₖ)) − 1),   κ = 1/(1 − (n₁n₀/n²) Σₖ dₖ²/vₖ)
///
/// The factor κ turns variance over both arms into variance within them (Sherman and Morrison, 1950): a direction that
/// is principal because the arms differ in it must not be shrunk for that. It fades out towards the last direction,
/// which is treated like those left out. Subtracting the means of all documents seen keeps folds comparable when their
/// shares of suspects differ. The directions and v do not depend on the arms: learning anew for another arrangement
/// takes one pass over the entries, so permutation tests are cheap.
struct OutOfFoldScores {
    typealias Lanes = SIMD8<Int32>
    typealias RealLanes = SIMD8<Float>

    private let documents: WeightedDocuments
    private let folds: GroupedFolds
    /// For each fold the sum of its documents' weights, by feature.
    private let foldTotals: [[Int32]]
    private let totals: [Int32]
    private let foldSizes: [Int32]
    private let coordinates: PrincipalCoordinates
    private let spikes: [FoldSpikes]
    /// Sums over suspects and learned weights, kept between calls because fresh memory costs as much as the sums.
    private var foldSums: [[Lanes]]
    private var suspectSums: [Lanes]
    private var learned: [RealLanes]

    init(documents: WeightedDocuments, coordinates: PrincipalCoordinates, folds: GroupedFolds) {
        self.documents = documents
        self.folds = folds
        var foldTotals = [[Int32]](
            repeating: [Int32](repeating: 0, count: documents.features), count: folds.count)
        var totals = [Int32](repeating: 0, count: documents.features)
        var foldSizes = [Int32](repeating: 0, count: folds.count)
        for document in 0..<documents.count {
            let fold = folds.fold[document]
            foldSizes[fold] += 1
            for entry in documents.starts[document]..<documents.starts[document + 1] {
                let feature = Int(documents.entryFeatures[entry])
                foldTotals[fold][feature] += documents.entryWeights[entry]
                totals[feature] += documents.entryWeights[entry]
            }
        }
        self.foldTotals = foldTotals
        self.totals = totals
        self.foldSizes = foldSizes
        self.coordinates = coordinates
        spikes = (0..<folds.count).map { fold in
            FoldSpikes(coordinates, withoutDocuments: folds.fold.map { $0 == fold })
        }
        suspectSums = [Lanes](repeating: .zero, count: documents.features)
        foldSums = [[Lanes]](repeating: suspectSums, count: folds.count)
        learned = [RealLanes](repeating: .zero, count: documents.features)
    }

    /// Scores all documents.
    ///
    /// - Parameter arms: For every document a lane per arrangement: all bits set for a suspect, 0 for a control.
    /// - Returns: For every document a score per arrangement, all finite; 0 where the classifier lacked an arm.
    /// - Complexity: O(entries + folds × features).
    mutating func scores(arms: [Lanes]) -> [RealLanes] {
        var foldSuspects = [Lanes](repeating: .zero, count: folds.count)
        var suspects = Lanes.zero
        for document in 0..<documents.count {
            // A set lane is −1.
            foldSuspects[folds.fold[document]] &-= arms[document]
            suspects &-= arms[document]
        }
        for feature in suspectSums.indices { suspectSums[feature] = .zero }
        for fold in 0..<folds.count { sumSuspects(of: fold, arms: arms) }
        var scores = [RealLanes](repeating: .zero, count: documents.count)
        for fold in 0..<folds.count {
            let shares = ArmShares(
                suspects: suspects &- foldSuspects[fold], size: Int32(documents.count) - foldSizes[fold])
            let centre = learn(withoutFold: fold, shares)
            let spiked = spikes[fold].direction(coordinates, arms: arms, shares)
            score(fold: fold, centre: centre + spiked.centre, spikes: spiked.weights, into: &scores)
        }
        return scores
    }

    /// Adds up the weights of the fold's suspects.
    private mutating func sumSuspects(of fold: Int, arms: [Lanes]) {
        foldSums[fold].withUnsafeMutableBufferPointer { sums in
            for feature in sums.indices { sums[feature] = .zero }
            documents.entryFeatures.withUnsafeBufferPointer { features in
                documents.entryWeights.withUnsafeBufferPointer { weights in
                    for document in 0..<documents.count where folds.fold[document] == fold {
                        let arm = arms[document]
                        for entry in documents.starts[document]..<documents.starts[document + 1] {
                            sums[Int(features[entry])] &+= arm & Lanes(repeating: weights[entry])
                        }
                    }
                }
            }
            for feature in sums.indices { suspectSums[feature] &+= sums[feature] }
        }
    }

    /// Sets the learned weights to the difference of the arms' means over all folds but one.
    ///
    /// - Returns: The product of the weights with the mean of both arms.
    private mutating func learn(withoutFold fold: Int, _ shares: ArmShares) -> RealLanes {
        let perDocument = 1 / Float(max(1, shares.size))
        let both = shares.perSuspect + shares.perControl
        var centre = RealLanes.zero
        for feature in learned.indices {
            let total = Float(totals[feature] - foldTotals[fold][feature])
            let suspect = RealLanes(suspectSums[feature] &- foldSums[fold][feature])
            let weight = suspect * both - shares.perControl * total
            learned[feature] = weight
            centre += weight * (total * perDocument)
        }
        return centre
    }

    /// Scores the documents of one fold by the learned weights.
    private func score(
        fold: Int, centre: RealLanes, spikes: [RealLanes], into scores: inout [RealLanes]
    ) {
        learned.withUnsafeBufferPointer { learned in
            documents.entryFeatures.withUnsafeBufferPointer { features in
                documents.entryWeights.withUnsafeBufferPointer { weights in
                    for document in 0..<documents.count where folds.fold[document] == fold {
                        var sum = -centre
                        for (index, weight) in spikes.enumerated() {
                            sum += weight * Float(coordinates.values[document * spikes.count + index])
                        }
                        for entry in documents.starts[document]..<documents.starts[document + 1] {
                            sum += learned[Int(features[entry])] * Float(weights[entry])
                        }
                        scores[document] = sum
                    }
                }
            }
        }
    }
}
