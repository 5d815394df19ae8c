/// A sequence of symbols, cut into documents, in which every run of at least some length that it shares with another
/// sequence can be found: places of sampled stretches by their hash, each hit verified and extended.
struct StretchIndex<Symbol: UnsignedInteger & FixedWidthInteger & Sendable>: Sendable {
    /// The symbols of all documents, one after the other.
    let symbols: [Symbol]
    /// Where each document begins, and after the last one the end.
    let documentStarts: [Int]
    let sampling: StretchSampling

    /// Where each bucket's samples begin in ``samples``, and after the last bucket the end.
    private let bucketStarts: [UInt32]
    /// Sample numbers by bucket; a sample's place is its number times the stride.
    private let samples: [UInt32]
    private let mask: Int

    /// Builds the index.
    ///
    /// - Complexity: O(*n*) time; beside the symbols about 8 bytes per `stride` symbols.
    init(symbols: [Symbol], documentStarts: [Int], sampling: StretchSampling) {
        self.symbols = symbols
        self.documentStarts = documentStarts
        self.sampling = sampling
        let count = symbols.count < sampling.stretch ? 0 : (symbols.count - sampling.stretch) / sampling.stride + 1
        var size = 64
        while size < count { size *= 2 }
        let mask = size - 1
        self.mask = mask

        (bucketStarts, samples) = symbols.withUnsafeBufferPointer { symbols in
            // One pass counts the samples of each bucket and one puts them there, so nothing is ever moved.
            var starts = [UInt32](repeating: 0, count: size + 1)
            for sample in 0..<count {
                starts[Self.bucket(symbols, sample * sampling.stride, sampling.stretch, mask) + 1] += 1
            }
            for bucket in 0..<size { starts[bucket + 1] += starts[bucket] }
            var samples = [UInt32](repeating: 0, count: count)
            for sample in 0..<count {
                let bucket = Self.bucket(symbols, sample * sampling.stride, sampling.stretch, mask)
                samples[Int(starts[bucket])] = UInt32(truncatingIfNeeded: sample)
                starts[bucket] += 1
            }
            // Filling moved each start to its bucket's end, which is the next one's start.
            starts.insert(0, at: 0)
            starts.removeLast()
            return (starts, samples)
        }
    }

    /// A run that a document shares with another sequence; it can be extended to neither side.
    struct Run: Hashable {
        let document: Int
        /// Where the run begins among the symbols of all documents.
        let start: Int
        /// Where the run begins in the other sequence.
        let replyStart: Int
        let count: Int
    }

    /// Finds all maximal runs of at least a length.
    ///
    /// - Parameters:
    ///   - reply: The other sequence; nil stands for a symbol that no document has.
    ///   - minimum: The least length; the index may miss runs that are shorter than it was built for.
    ///   - limit: After following so many runs, short ones too, the search ends.
    /// - Returns: The runs in the order of the reply, then of the documents, and whether these are all.
    func runs(sharedWith reply: [Symbol?], ofAtLeast minimum: Int, limit: Int) -> (runs: [Run], isComplete: Bool) {
        var runs: [Run] = []
        var followed = 0
        // How far each diagonal was compared: a run holds many samples but is followed only once.
        var comparedUntil: [Int: Int] = [:]
        let stretch = sampling.stretch
        let known = reply.map { $0 ?? 0 }
        var knownCount = 0
        for (last, symbol) in reply.enumerated() {
            knownCount = symbol == nil ? 0 : knownCount + 1
            guard knownCount >= stretch else { continue }
            let replyPlace = last + 1 - stretch
            let bucket = known.withUnsafeBufferPointer { Self.bucket($0, replyPlace, stretch, mask) }
            for entry in Int(bucketStarts[bucket])..<Int(bucketStarts[bucket + 1]) {
                let place = Int(samples[entry]) * sampling.stride
                guard isEqual(at: place, to: known, at: replyPlace),
                    comparedUntil[place - replyPlace, default: 0] <= replyPlace
                else { continue }
                guard followed < limit else { return (sorted(runs), false) }
                let document = document(holding: place)
                guard place + stretch <= documentStarts[document + 1] else { continue }
                let run = extended(place, replyPlace, in: document, reply: reply)
                comparedUntil[place - replyPlace] = run.replyStart + run.count
                followed += 1
                if run.count >= minimum { runs.append(run) }
            }
        }
        return (sorted(runs), true)
    }

    private func sorted(_ runs: [Run]) -> [Run] {
        runs.sorted { ($0.replyStart, $0.start, $0.count) < ($1.replyStart, $1.start, $1.count) }
    }

    private func isEqual(at place: Int, to reply: [Symbol], at replyPlace: Int) -> Bool {
        for offset in 0..<sampling.stretch where symbols[place + offset] != reply[replyPlace + offset] { return false }
        return true
    }

    private func extended(_ place: Int, _ replyPlace: Int, in document: Int, reply: [Symbol?]) -> Run {
        let (first, end) = (documentStarts[document], documentStarts[document + 1])
        var (start, replyStart) = (place, replyPlace)
        while start > first, replyStart > 0, symbols[start - 1] == reply[replyStart - 1] {
            start -= 1
            replyStart -= 1
        }
        var count = place + sampling.stretch - start
        while start + count < end, replyStart + count < reply.count,
            symbols[start + count] == reply[replyStart + count]
        { count += 1 }
        return Run(document: document, start: start, replyStart: replyStart, count: count)
    }

    /// The document in which a place of the symbols stands.
    private func document(holding place: Int) -> Int {
        var low = 0
        var high = documentStarts.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if documentStarts[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }

    /// A polynomial hash (Karp and Rabin, 1987) of a stretch.
    private static func bucket(_ symbols: UnsafeBufferPointer<Symbol>, _ place: Int, _ count: Int, _ mask: Int) -> Int {
        var hash: UInt64 = 0
        for offset in 0..<count {
            hash = (hash ^ UInt64(truncatingIfNeeded: symbols[place + offset])) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 32
        }
        return Int(truncatingIfNeeded: hash) & mask
    }
}
