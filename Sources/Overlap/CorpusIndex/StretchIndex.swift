/// A sequence of symbols, cut into documents, in which every run of at least some length that it shares with another
/// sequence can be found: places of sampled stretches by their hash, each hit verified and extended.
struct StretchIndex<Symbol: UnsignedInteger & FixedWidthInteger & Sendable>: Sendable {
    /// The symbols of all documents, one after the other, each document followed by ``separator``.
    let symbols: [Symbol]
    /// Where each document begins among the symbols.
    let documentStarts: [Int]
    let sampling: StretchSampling

    /// Where each bucket's samples begin in ``samples``, and after the last bucket the end.
    private let bucketStarts: [UInt32]
    /// Sample numbers by bucket; a sample's place is its number times the stride.
    private let samples: [UInt32]
    private let mask: Int

    /// Stands after every document, and in no reply, so that no run crosses from one document into the next.
    static var separator: Symbol { .max }
    /// Stands in a reply for what no document has.
    static var unknown: Symbol { .max - 1 }

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
    ///   - reply: The other sequence, with ``unknown`` for what no document has.
    ///   - minimum: The least length; the index may miss runs that are shorter than it was built for.
    ///   - limit: After following so many runs, short ones too, the search ends.
    /// - Returns: The runs in the order of the reply, then of the documents, and whether these are all.
    func runs(sharedWith reply: [Symbol], ofAtLeast minimum: Int, limit: Int) -> (runs: [Run], isComplete: Bool) {
        var runs: [Run] = []
        var followed = 0
        let isComplete = symbols.withUnsafeBufferPointer { symbols in
            reply.withUnsafeBufferPointer { reply in
                let pair = StretchPair(symbols: symbols, reply: reply, sampling: sampling)
                for replyPlace in reply.indices.dropLast(sampling.stretch - 1) {
                    let bucket = Self.bucket(reply, replyPlace, sampling.stretch, mask)
                    for entry in Int(bucketStarts[bucket])..<Int(bucketStarts[bucket + 1]) {
                        let place = Int(samples[entry]) * sampling.stride
                        guard pair.isFirstOfRun(place, replyPlace) else { continue }
                        guard followed < limit else { return false }
                        followed += 1
                        let run = pair.run(around: place, replyPlace)
                        guard run.count >= minimum else { continue }
                        let document = document(holding: run.source.lowerBound)
                        runs.append(
                            Run(
                                document: document, start: run.source.lowerBound, replyStart: run.reply.lowerBound,
                                count: run.count))
                    }
                }
                return true
            }
        }
        runs.sort { ($0.replyStart, $0.start) < ($1.replyStart, $1.start) }
        return (runs, isComplete)
    }

    /// The document in which a place of the symbols stands.
    private func document(holding place: Int) -> Int {
        var low = 0
        var high = documentStarts.count
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
