import RealModule

/// All documents of both arms as whole-number feature weights, in an order that does not depend on how they were given.
///
/// A feature that occurs c times in a document and in d of the n documents weighs (1 + ln c)·ln(n/d), as in text search
/// (Spärck Jones, 1972); each document is scaled to the same length. Features of one document and of all documents are
/// left out: nothing learned from them says anything about another document. The weights are whole numbers, so that
/// sums over documents are exact and the same in every order.
struct WeightedDocuments {
    /// Where each document stood in the arrays given: `original[i]` is the place of document i.
    let original: [Int]
    /// The group of each document; documents with the same words in the same order always share one.
    let groups: [Int]
    /// The number of different features; features are numbered from the most to the least frequent.
    let features: Int
    /// Where the entries of each document begin, with the end of the last one as its last element.
    let starts: [Int]
    /// The feature of each entry.
    let entryFeatures: [UInt32]
    /// The weight of each entry.
    let entryWeights: [Int32]

    /// The number of documents.
    var count: Int { original.count }

    /// Hashes texts and weighs their features without looking at the arms.
    ///
    /// - Complexity: O(bytes + words log words) time; memory for the distinct features of all documents.
    init(texts: [String], groups given: [Int], hasher: FeatureHasher) {
        let counts = texts.map(hasher.counts(of:))
        original = texts.indices.sorted { counts[$0].fingerprint < counts[$1].fingerprint }
        let fingerprints = original.map { counts[$0].fingerprint }
        groups = Self.joined(original.map { given[$0] }, fingerprints: fingerprints)
        var frequencies = [UInt32](repeating: 0, count: hasher.dimension)
        for document in counts {
            for place in document.places { frequencies[Int(place)] += 1 }
        }
        let total = texts.count
        let useful = frequencies.indices.filter { frequencies[$0] > 1 && frequencies[$0] < total }
            .sorted { (frequencies[$0], $1) > (frequencies[$1], $0) }
        features = useful.count
        var number = [UInt32](repeating: .max, count: hasher.dimension)
        for (index, place) in useful.enumerated() { number[place] = UInt32(index) }
        let rarity = useful.map { Double.log(Double(total) / Double(frequencies[$0])) }
        let scale = Self.scale(documents: total)
        var starts = [0]
        var entryFeatures: [UInt32] = []
        var entryWeights: [Int32] = []
        for document in original {
            var weights: [(feature: UInt32, weight: Double)] = []
            for (place, occurrences) in zip(counts[document].places, counts[document].counts) {
                let feature = number[Int(place)]
                if feature != .max {
                    weights.append((feature, (1 + .log(Double(occurrences))) * rarity[Int(feature)]))
                }
            }
            weights.sort { $0.feature < $1.feature }
            let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
            for (feature, weight) in weights {
                entryFeatures.append(feature)
                entryWeights.append(Int32((weight / length * scale).rounded()))
            }
            starts.append(entryFeatures.count)
        }
        self.starts = starts
        self.entryFeatures = entryFeatures
        self.entryWeights = entryWeights
    }

    /// Calls `visit` with the feature and the weight of every entry of a document.
    @inline(__always)
    func forEachEntry(of document: Int, _ visit: (_ feature: Int, _ weight: Float) -> Void) {
        for entry in starts[document]..<starts[document + 1] {
            visit(Int(entryFeatures[entry]), Float(entryWeights[entry]))
        }
    }

    /// The length all documents are scaled to: as fine as sums over all documents in 32 bits allow.
    private static func scale(documents: Int) -> Double {
        var scale = 32_768.0
        while scale * Double(documents) > 0x1p30 { scale /= 2 }
        return scale
    }

    /// Merges the groups of documents that have the same fingerprint; `fingerprints` must be sorted.
    private static func joined(_ groups: [Int], fingerprints: [UInt64]) -> [Int] {
        let members = GroupedFolds.members(of: groups)
        var parent = Array(0..<groups.count)
        func root(_ document: Int) -> Int {
            var document = document
            while parent[document] != document {
                parent[document] = parent[parent[document]]
                document = parent[document]
            }
            return document
        }
        func join(_ left: Int, _ right: Int) {
            let (a, b) = (root(left), root(right))
            parent[max(a, b)] = min(a, b)
        }
        for group in members {
            for document in group { join(group[0], document) }
        }
        for document in fingerprints.indices.dropFirst()
        where fingerprints[document] == fingerprints[document - 1] {
            join(document - 1, document)
        }
        return groups.indices.map(root)
    }
}
