/// Scores every document by a classifier that has not seen its fold, for eight arrangements of the arms at once.
///
/// The classifier is the difference of the two arms' mean feature vectors (Rocchio, 1971; Bickel and Levina, 2004, on
/// why ignoring correlations is right when there are more features than documents). Its score is w·(x − m) with m the
/// mean of all documents it has seen; subtracting m keeps the folds comparable when their shares of suspects differ.
/// Learning it anew for another arrangement takes one pass over the entries, so permutation tests are cheap.
struct OutOfFoldScores {
    typealias Lanes = SIMD8<Int32>
    typealias RealLanes = SIMD8<Float>

    private let documents: WeightedDocuments
    private let folds: GroupedFolds
    /// For each fold the sum of its documents' weights, by feature.
    private let foldTotals: [[Int32]]
    private let totals: [Int32]
    private let foldSizes: [Int32]
    /// Sums over suspects and learned weights, kept between calls because fresh memory costs as much as the sums.
    private var foldSums: [[Lanes]]
    private var suspectSums: [Lanes]
    private var learned: [RealLanes]

    init(documents: WeightedDocuments, folds: GroupedFolds) {
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
            let centre = learn(withoutFold: fold, suspects: suspects &- foldSuspects[fold])
            score(fold: fold, centre: centre, into: &scores)
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
    private mutating func learn(withoutFold fold: Int, suspects: Lanes) -> RealLanes {
        let size = Int32(documents.count) - foldSizes[fold]
        let controls = Lanes(repeating: size) &- suspects
        var perSuspect = RealLanes.zero
        var perControl = RealLanes.zero
        for lane in 0..<Lanes.scalarCount where suspects[lane] > 0 && controls[lane] > 0 {
            perSuspect[lane] = 1 / Float(suspects[lane])
            perControl[lane] = 1 / Float(controls[lane])
        }
        let perDocument = size > 0 ? 1 / Float(size) : 0
        let both = perSuspect + perControl
        var centre = RealLanes.zero
        for feature in learned.indices {
            let total = Float(totals[feature] - foldTotals[fold][feature])
            let suspect = RealLanes(suspectSums[feature] &- foldSums[fold][feature])
            let weight = suspect * both - perControl * total
            learned[feature] = weight
            centre += weight * (total * perDocument)
        }
        return centre
    }

    /// Scores the documents of one fold by the learned weights.
    private func score(fold: Int, centre: RealLanes, into scores: inout [RealLanes]) {
        learned.withUnsafeBufferPointer { learned in
            documents.entryFeatures.withUnsafeBufferPointer { features in
                documents.entryWeights.withUnsafeBufferPointer { weights in
                    for document in 0..<documents.count where folds.fold[document] == fold {
                        var sum = -centre
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
