/// One search for near-duplicates, over documents known by their index.
struct NearDuplicateSearch {
    /// Where the documents that have one shingle stand in ``holders``.
    private struct Posting {
        let start: Int
        let count: Int
    }

    private let threshold: Double
    private let documents: [Document]
    private let shingles: [Shingles]
    /// Document indices, grouped by shingle and ascending within a group.
    private var holders: [Int32] = []
    /// For every document the postings of its shingles.
    private var postings: [[Posting]]

    init(threshold: Double, documents: [Document]) {
        self.threshold = threshold
        self.documents = documents
        self.shingles = documents.map { Shingles(of: $0.text) }
        self.postings = shingles.map { shingles in
            var postings: [Posting] = []
            postings.reserveCapacity(shingles.hashes.count)
            return postings
        }
        var occurrences: [(hash: UInt64, document: Int32)] = []
        occurrences.reserveCapacity(shingles.reduce(0) { $0 + $1.hashes.count })
        for (index, document) in shingles.enumerated() {
            for hash in document.hashes { occurrences.append((hash, Int32(index))) }
        }
        occurrences.sort { ($0.hash, $0.document) < ($1.hash, $1.document) }
        holders = occurrences.map(\.document)
        var start = 0
        while start < occurrences.count {
            var end = start + 1
            while end < occurrences.count, occurrences[end].hash == occurrences[start].hash { end += 1 }
            for holder in holders[start..<end] {
                postings[Int(holder)].append(Posting(start: start, count: end - start))
            }
            start = end
        }
    }

    /// Returns all near-duplicates in the order of the documents.
    ///
    /// - Parameter isWanted: Whether a pair of indices, the smaller one first, is of interest.
    func pairs(where isWanted: (Int, Int) -> Bool) -> [NearDuplicatePair] {
        var found: [(indices: (Int, Int), pair: NearDuplicatePair)] = []
        func compare(_ one: Int, _ other: Int) {
            let (first, second) = (min(one, other), max(one, other))
            guard isWanted(first, second), let pair = pair(first, second) else { return }
            found.append(((first, second), pair))
        }
        compareHoldersOfRareShingles(compare)
        compareEqualTextsWithoutWords(compare)
        found.sort { $0.indices < $1.indices }
        return found.map(\.pair)
    }

    /// Visits, once each, the pairs in which one of the smaller document's rarest shingles is in the larger one.
    private func compareHoldersOfRareShingles(_ compare: (Int, Int) -> Void) {
        var lastComparedWith = [Int](repeating: -1, count: documents.count)
        for (index, own) in postings.enumerated() {
            let rarestFirst = own.sorted { ($0.count, $0.start) < ($1.count, $1.start) }
            // The subtrahend keeps 0.1 × 30 from being rounded up to 4.
            let required = max(1, Int((threshold * Double(own.count) - 1e-9).rounded(.up)))
            for posting in rarestFirst.dropLast(required - 1) where posting.count > 1 {
                for holder in holders[posting.start..<posting.start + posting.count] {
                    let other = Int(holder)
                    let isLarger = (own.count, index) < (postings[other].count, other)
                    guard isLarger, lastComparedWith[other] != index else { continue }
                    lastComparedWith[other] = index
                    compare(index, other)
                }
            }
        }
    }

    /// Visits the pairs of equal texts that have no shingle by which to find them.
    private func compareEqualTextsWithoutWords(_ compare: (Int, Int) -> Void) {
        var holders: [ExactText: [Int]] = [:]
        for (index, document) in documents.enumerated() where shingles[index].hashes.isEmpty {
            let text = ExactText(text: document.text)
            for other in holders[text, default: []] { compare(other, index) }
            holders[text, default: []].append(index)
        }
    }

    /// Compares two documents in full.
    private func pair(_ first: Int, _ second: Int) -> NearDuplicatePair? {
        let sizes = (shingles[first].hashes.count, shingles[second].hashes.count)
        let shared = shingles[first].sharedCount(with: shingles[second])
        let isIdentical =
            sizes.0 == sizes.1 && shared == sizes.0
            && ExactText(text: documents[first].text) == ExactText(text: documents[second].text)
        func share(of size: Int) -> Double {
            if isIdentical { return 1 }
            return size == 0 ? 0 : Double(shared) / Double(size)
        }
        let jaccard = share(of: sizes.0 + sizes.1 - shared)
        guard max(share(of: sizes.0), share(of: sizes.1)) >= threshold else { return nil }
        return NearDuplicatePair(
            first: documents[first].id, second: documents[second].id,
            kind: isIdentical ? .identical : jaccard >= threshold ? .similar : .contained,
            jaccard: jaccard, firstInSecond: share(of: sizes.0), secondInFirst: share(of: sizes.1))
    }
}
