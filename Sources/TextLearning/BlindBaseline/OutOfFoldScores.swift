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
    }

    /// Scores all documents.
    ///
    /// - Parameter arms: For every document a lane per arrangement: 1 for a suspect, 0 for a control.
    /// - Returns: For every document a score per arrangement, all finite; 0 where the classifier lacked an arm.
    /// - Complexity: O(entries + folds × features).
    func scores(arms: [Lanes]) -> [RealLanes] {
        var foldSums = [[Lanes]](
            repeating: [Lanes](repeating: .zero, count: documents.features), count: folds.count)
        var suspectSums = [Lanes](repeating: .zero, count: documents.features)
        var foldSuspects = [Lanes](repeating: .zero, count: folds.count)
        var suspects = Lanes.zero
        for document in 0..<documents.count {
            foldSuspects[folds.fold[document]] &+= arms[document]
            suspects &+= arms[document]
        }
        for fold in 0..<folds.count {
            addSuspects(of: fold, arms: arms, to: &foldSums[fold])
            for feature in suspectSums.indices { suspectSums[feature] &+= foldSums[fold][feature] }
        }
        var scores = [RealLanes](repeating: .zero, count: documents.count)
        for fold in 0..<folds.count {
            let learned = direction(
                withoutFold: fold, suspects: suspects &- foldSuspects[fold], suspectSums: suspectSums,
                foldSums: foldSums[fold])
            score(fold: fold, by: learned, into: &scores)
        }
        return scores
    }

    private func addSuspects(of fold: Int, arms: [Lanes], to sums: inout [Lanes]) {
        sums.withUnsafeMutableBufferPointer { sums in
            documents.entryFeatures.withUnsafeBufferPointer { features in
                documents.entryWeights.withUnsafeBufferPointer { weights in
                    for document in 0..<documents.count where folds.fold[document] == fold {
                        let arm = arms[document]
                        for entry in documents.starts[document]..<documents.starts[document + 1] {
                            sums[Int(features[entry])] &+= arm &* weights[entry]
                        }
                    }
                }
            }
        }
    }

    /// The difference of the arms' means over all folds but one, and its product with the mean of both.
    private struct Direction {
        var weights: [RealLanes]
        var centre: RealLanes
    }

    private func direction(
        withoutFold fold: Int, suspects: Lanes, suspectSums: [Lanes], foldSums: [Lanes]
    ) -> Direction {
        let size = Int32(documents.count) - foldSizes[fold]
        let controls = Lanes(repeating: size) &- suspects
        var perSuspect = RealLanes.zero
        var perControl = RealLanes.zero
        for lane in 0..<Lanes.scalarCount where suspects[lane] > 0 && controls[lane] > 0 {
            perSuspect[lane] = 1 / Float(suspects[lane])
            perControl[lane] = 1 / Float(controls[lane])
        }
        var weights = [RealLanes](repeating: .zero, count: documents.features)
        var centre = RealLanes.zero
        let both = perSuspect + perControl
        let perDocument = size > 0 ? 1 / Float(size) : 0
        for feature in weights.indices {
            let total = Float(totals[feature] - foldTotals[fold][feature])
            let suspect = RealLanes(suspectSums[feature] &- foldSums[feature])
            let weight = suspect * both - perControl * total
            weights[feature] = weight
            centre += weight * (total * perDocument)
        }
        return Direction(weights: weights, centre: centre)
    }

    private func score(fold: Int, by learned: Direction, into scores: inout [RealLanes]) {
        learned.weights.withUnsafeBufferPointer { learnedWeights in
            documents.entryFeatures.withUnsafeBufferPointer { features in
                documents.entryWeights.withUnsafeBufferPointer { weights in
                    for document in 0..<documents.count where folds.fold[document] == fold {
                        var sum = -learned.centre
                        for entry in documents.starts[document]..<documents.starts[document + 1] {
                            sum += learnedWeights[Int(features[entry])] * Float(weights[entry])
                        }
                        scores[document] = sum
                    }
                }
            }
        }
    }
}
