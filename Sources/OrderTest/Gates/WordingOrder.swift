import Corpus
import RealModule
import Statistics

/// Looks for neighbours that share more words than random neighbours do: topics, threads, repeated or extended documents.
///
/// It is the test of the order itself, with the wording of the documents in the place of a model: whoever can tell the
/// published order from the texts alone has not seen it before, and a model may be as clever.
struct WordingOrder {
    /// Probability that this gate fails for an order that was drawn at random, at most.
    static let level = 0.05
    /// Most shards that are compared.
    static let mostShards = 1_000

    private let test: TestResult
    private let lift: Double

    /// Compares the words of neighbours: cosine of sets of words, each weighted by how rare it is among the documents.
    ///
    /// - Complexity: O(words of the documents + shards × places² × words of a document).
    init(_ documents: [Document], _ shards: [ShardLayout]) throws(OrderTestError) {
        let taking = Set(shards.flatMap { $0.anchors + $0.movers })
        var numbers: [Substring: Int32] = [:]
        var documentsWith: [Int] = []
        var words: [Int: [Int32]] = [:]
        for index in taking.sorted() {
            let distinct = Set(
                documents[index].text.lowercased().split { !$0.isLetter && !$0.isNumber }
                    .map { word in
                        if let number = numbers[word] { return number }
                        let number = Int32(clamping: numbers.count)
                        numbers[word] = number
                        documentsWith.append(0)
                        return number
                    })
            for number in distinct { documentsWith[Int(number)] += 1 }
            words[index] = distinct.sorted()
        }
        let weights = documentsWith.map { Double.log(Double(taking.count + 1) / Double($0)) }
        let norms = words.mapValues { $0.reduce(0) { $0 + weights[Int($1)] * weights[Int($1)] }.squareRoot() }
        func likeness(_ one: Int, _ other: Int) -> Double {
            guard let first = words[one], let second = words[other], let norm = norms[one],
                let otherNorm = norms[other],
                norm > 0, otherNorm > 0
            else { return 0 }
            var (i, j, shared) = (0, 0, 0.0)
            while i < first.count, j < second.count {
                if first[i] == second[j] { shared += weights[Int(first[i])] * weights[Int(first[i])] }
                let step = first[i] <= second[j] ? 1 : 0
                if second[j] <= first[i] { j += 1 }
                i += step
            }
            return shared / (norm * otherNorm)
        }
        let scores = shards.map { shard in
            ShardScores(
                fit: (0..<shard.places).map { place in
                    shard.movers.map { mover in
                        likeness(shard.anchors[place], mover) + likeness(mover, shard.anchors[place + 1])
                    }
                }, published: shard.published)
        }
        do throws(StatisticsError) {
            test = try arrangementSumTest(scores.map(\.totals))
        } catch {
            throw .statistics(error.description)
        }
        lift = scores.reduce(0) { $0 + $1.lift } / Double(max(1, scores.count))
    }

    /// The finding.
    var gate: OrderGate {
        OrderGate(
            .unrelatedNeighbours, passed: test.pValue.value > Self.level,
            "likeness of wording between neighbours against other orders: "
                + (lift >= 0 ? "+" : "−") + "\((abs(lift) * 1000).rounded() / 1000), p = \(test.pValue)",
            remedy:
                "neighbours are related, so their order can be guessed from the texts: leave out repeated documents, or "
                + "use a corpus whose order was drawn at random")
    }
}
