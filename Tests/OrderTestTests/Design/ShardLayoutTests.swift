import Corpus
import Randomness
import Testing

@testable import OrderTest

@Suite("Cutting a published order into shards")
struct ShardLayoutTests {
    @Test("all orders of a few things, each once, the identity first")
    func arrangements() {
        #expect(Arrangements.all(1) == [[0]])
        #expect(Arrangements.all(3) == [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        #expect(Set(Arrangements.all(5)).count == 120)
    }

    @Test("every two neighbours stand in exactly one shard, and published puts the movers back", arguments: 2...5)
    func cover(places: Int) {
        var generator = SeededGenerator(seed: 1, stream: "keys")
        for count in [0, 1, 2 * places, 2 * places + 1, 4 * places, 4 * places + 1, 101] {
            let keys = (0..<count).map { _ in "\(generator.next())" }
            let shards = ShardLayout.cut(keys: keys, places: places)
            #expect(shards.count == max(0, count - 1) / (2 * places))
            var pairs: [[Int]] = []
            for shard in shards {
                #expect(shard.movers.map { keys[$0] } == shard.movers.map { keys[$0] }.sorted())
                for place in 0..<places {
                    let standing = shard.movers[shard.published[place]]
                    pairs += [[shard.anchors[place], standing], [standing, shard.anchors[place + 1]]]
                }
            }
            #expect(pairs == (0..<shards.count * 2 * places).map { [$0, $0 + 1] })
        }
    }

    @Test("questions and their order depend on the unordered movers only")
    func questions() {
        let keys = (0..<13).map { "k\(($0 * 5) % 13)" }
        var exchanged = keys
        exchanged.swapAt(1, 3)
        let (one, other) = (ShardLayout.cut(keys: keys, places: 3), ShardLayout.cut(keys: exchanged, places: 3))
        let probes = OrderProbe.all(shards: 2, places: 3, seed: 4)
        #expect(Set(probes).count == 36 && probes != OrderProbe.all(shards: 2, places: 3, seed: 5))
        for probe in probes {
            let (a, b) = (probe.documents(one), probe.documents(other))
            #expect(keys[a.end] == exchanged[b.end] && keys[a.beginning] == exchanged[b.beginning])
        }
        #expect(one[0].published != other[0].published && one[1].published == other[1].published)
    }

    @Test("impossible options are refused with their name")
    func options() throws {
        for (name, make) in [
            ("alpha", { try OrderTestOptions(alpha: .nan) }), ("alpha", { try OrderTestOptions(alpha: 0) }),
            ("alpha", { try OrderTestOptions(alpha: 1) }), ("places", { try OrderTestOptions(places: 1) }),
            ("places", { try OrderTestOptions(places: 6) }), ("places", { try OrderTestOptions(places: .max) }),
            ("opening-tokens", { try OrderTestOptions(openingTokens: 0) }),
            ("tail-tokens", { try OrderTestOptions(tailTokens: .min) }),
            ("separator", { try OrderTestOptions(separator: String(repeating: "x", count: 65)) }),
            ("shards", { try OrderTestOptions(shards: 0) }), ("shards", { try OrderTestOptions(shards: .max) }),
        ] as [(String, () throws -> OrderTestOptions)] {
            let error = #expect(throws: OrderTestError.self) { try make() }
            #expect(error?.description.hasPrefix("--\(name) ") == true, "\(name)")
        }
        #expect(try OrderTestOptions().leastShards == 3)  // 6² < 100 ≤ 6³
        #expect(try OrderTestOptions(alpha: 1.0 / 36).leastShards == 2)
        #expect(try OrderTestOptions(alpha: 1e-12, places: 2).leastShards == 40)
        #expect(try OrderTestOptions(alpha: 0.9, places: 5).leastShards == 1)
    }

    @Test("too few documents, too few shards, and documents without an order are refused")
    func refusals() throws {
        let folder = try ScratchFolder()
        let one = try folder.corpus([#"{"text": "alone"}"#])
        #expect(throws: OrderTestError.tooFewDocuments(found: 1, needed: 19)) {
            try PublishedOrder(one, options: OrderTestOptions())
        }
        let eighteen = try randomCorpus(folder, count: 18, seed: 1)
        #expect(throws: OrderTestError.tooFewDocuments(found: 18, needed: 19)) {
            try PublishedOrder(eighteen, options: OrderTestOptions())
        }
        let nineteen = try randomCorpus(folder, count: 19, seed: 1)
        #expect(try PublishedOrder(nineteen, options: OrderTestOptions()).shards.count == 3)
        #expect(throws: OrderTestError.tooFewShards(asked: 2, needed: 3)) {
            try PublishedOrder(nineteen, options: OrderTestOptions(shards: 2))
        }
        let same = try folder.corpus((0..<30).map { #"{"id": \#($0), "text": "the same"}"# })
        #expect(throws: OrderTestError.tooFewDocuments(found: 1, needed: 19)) {
            try PublishedOrder(same, options: OrderTestOptions())
        }
        _ = try folder.corpus(["plain text"], name: "a.txt")
        let error = #expect(throws: OrderTestError.self) {
            try PublishedOrder(CorpusReader.read(.path(folder.path)), options: OrderTestOptions())
        }
        #expect(error?.description.contains("no published order") == true)
    }

    @Test("a limit draws shards by the seed, whatever the documents are")
    func limit() throws {
        let folder = try ScratchFolder()
        func starts(_ corpusSeed: UInt64, _ seed: UInt64) throws -> [Int] {
            try PublishedOrder(
                randomCorpus(folder, count: 200, seed: corpusSeed), options: OrderTestOptions(shards: 5, seed: seed)
            ).shards.compactMap(\.anchors.first)
        }
        let chosen = try starts(1, 1)
        #expect(chosen.count == 5 && chosen == chosen.sorted() && Set(chosen).count == 5)
        #expect(try chosen == starts(2, 1))
        #expect(try chosen != starts(1, 2))
    }
}
