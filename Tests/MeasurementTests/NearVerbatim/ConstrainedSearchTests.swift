import Corpus
import Foundation
import Inference
import Randomness
import Statistics
import Testing

@testable import Measurement

/// A model of a few tokens whose next token depends on the last one, so that every sum can be enumerated.
private struct MarkovModel: NextTokenSource {
    let lns: [[Double]]

    init(seed: UInt64, tokens: Int) {
        var generator = SeededGenerator(seed: seed, stream: "markov")
        lns = (0...tokens).map { _ in
            let weights = (0..<tokens).map { _ in exp(6 * generator.nextUnit()) }
            let total = weights.reduce(0, +)
            return weights.map { log($0 / total) }
        }
    }

    var tokens: Int { lns.count - 1 }

    /// The row before any token is the last one.
    func row(after path: [TokenID]) -> [Double] { lns[path.last.map { Int($0.rawValue) } ?? tokens] }

    func ln(_ path: [TokenID]) -> Double {
        path.indices.reduce(0) { $0 + row(after: Array(path[..<$1]))[Int(path[$1].rawValue)] }
    }

    func candidates(
        after path: [TokenID], count: Int, including wanted: TokenID
    ) async throws(InferenceError) -> [TokenCandidate] {
        let row = row(after: path)
        let best = row.indices.sorted { (row[$1], $0) < (row[$0], $1) }.prefix(count)
        let ids = Set(best).union([Int(wanted.rawValue)]).sorted()
        return ids.map { TokenCandidate(token: TokenID(Int32($0)), ln: row[$0]) }
    }

    /// Every sequence of a length.
    func sequences(_ length: Int) -> [[TokenID]] {
        (0..<length).reduce([[]]) { paths, _ in
            paths.flatMap { path in (0..<tokens).map { path + [TokenID(Int32($0))] } }
        }
    }
}

/// The number of changes that make one sequence of another, by the definition.
private func levenshtein(_ first: ArraySlice<TokenID>, _ second: ArraySlice<TokenID>) -> Int {
    guard let one = first.last else { return second.count }
    guard let other = second.last else { return first.count }
    return min(
        levenshtein(first.dropLast(), second) + 1, levenshtein(first, second.dropLast()) + 1,
        levenshtein(first.dropLast(), second.dropLast()) + (one == other ? 0 : 1))
}

@Suite("The probability of a nearly verbatim reply")
struct ConstrainedSearchTests {
    private func exact(
        _ model: MarkovModel, _ suffix: [TokenID], _ distance: ConstrainedSearch.Distance, radius: Int
    ) -> Double {
        model.sequences(suffix.count).reduce(0) { sum, path in
            let differing =
                distance == .hamming
                ? zip(path, suffix).count { $0 != $1 } : levenshtein(path[...], suffix[...])
            return differing <= radius ? sum + exp(model.ln(path)) : sum
        }
    }

    private func suffix(_ model: MarkovModel, _ length: Int, _ generator: inout SeededGenerator) -> [TokenID] {
        (0..<length).map { _ in TokenID(Int32(generator.next(below: model.tokens))) }
    }

    @Test("the bound is never above the exact value nor below p_z", arguments: [1, 2, 3, 4] as [UInt64])
    func bounds(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed, stream: "searches")
        for _ in 0..<12 {
            let model = MarkovModel(seed: generator.next(), tokens: 3 + generator.next(below: 2))
            let suffix = suffix(model, 3 + generator.next(below: 3), &generator)
            for distance in ConstrainedSearch.Distance.allCases {
                let radius = generator.next(below: 3)
                let exact = exact(model, suffix, distance, radius: radius)
                for beam in [1, 4, 20, 5000] {
                    let options = try #require(
                        ConstrainedSearch.Options(
                            distance: distance, radius: radius, beam: beam, candidates: 1 + generator.next(below: 4),
                            leastLn: beam == 4 ? -3 : -1000))
                    let found = try await ConstrainedSearch(options).bound(for: suffix, in: model)
                    #expect(found.atLeast.value <= exact * (1 + 1e-9), "seed \(seed) \(options)")
                    #expect(found.atLeast.ln >= model.ln(suffix) - 1e-9, "seed \(seed) \(options)")
                    #expect(found.sequences <= beam && found.questions <= beam * suffix.count)
                    #expect(found.sequences >= 1)
                }
                let all = try #require(
                    ConstrainedSearch.Options(
                        distance: distance, radius: radius, beam: 5000, candidates: 4, leastLn: -1000))
                let whole = try await ConstrainedSearch(all).bound(for: suffix, in: model)
                #expect(whole.keptAll && abs(whole.atLeast.value - exact) <= 1e-9 * exact, "seed \(seed) \(distance)")
            }
        }
    }

    @Test("at radius 0 it is p_z, whatever the beam and the candidates", arguments: [5, 6] as [UInt64])
    func radiusZero(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed, stream: "searches")
        for distance in ConstrainedSearch.Distance.allCases {
            let model = MarkovModel(seed: generator.next(), tokens: 40)
            let suffix = suffix(model, 30, &generator)
            let options = try #require(
                ConstrainedSearch.Options(distance: distance, radius: 0, beam: 3, candidates: 1))
            let found = try await ConstrainedSearch(options).bound(for: suffix, in: model)
            #expect(abs(found.atLeast.ln - model.ln(suffix)) < 1e-9)
            #expect(found.sequences == 1 && found.questions == 30 && found.keptAll)
        }
    }

    @Test("a wider beam or a larger radius never lowers the bound of a full candidate list", arguments: [7] as [UInt64])
    func monotone(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed, stream: "searches")
        let model = MarkovModel(seed: generator.next(), tokens: 8)
        let suffix = suffix(model, 10, &generator)
        var last = -Double.infinity
        for radius in 0...3 {
            let options = try #require(
                ConstrainedSearch.Options(distance: .hamming, radius: radius, beam: 4000, candidates: 8, leastLn: -1000)
            )
            let found = try await ConstrainedSearch(options).bound(for: suffix, in: model).atLeast.ln
            #expect(found >= last - 1e-9)
            last = found
        }
    }

    @Test("distances agree with their definitions on random sequences", arguments: [8, 9] as [UInt64])
    func distances(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "distances")
        for _ in 0..<300 {
            let length = 1 + generator.next(below: 6)
            func random() -> [TokenID] { (0..<length).map { _ in TokenID(Int32(generator.next(below: 3))) } }
            let (path, expected) = (random(), random())
            let radius = generator.next(below: 4)
            for distance in ConstrainedSearch.Distance.allCases {
                var state: PathDistance? = PathDistance(distance, expected: length, radius: radius)
                for token in path { state = state?.extended(by: token, in: expected) }
                let truth =
                    distance == .hamming
                    ? zip(path, expected).count { $0 != $1 } : levenshtein(path[...], expected[...])
                #expect((state != nil) == (truth <= radius), "\(distance) \(path) \(expected) \(radius)")
            }
        }
    }

    @Test("an empty suffix is certain, and impossible options cannot be made")
    func edges() async throws {
        let options = try #require(ConstrainedSearch.Options())
        let found = try await ConstrainedSearch(options).bound(for: [], in: MarkovModel(seed: 1, tokens: 2))
        #expect(found.atLeast.ln == 0 && found.questions == 0)
        #expect(ConstrainedSearch.Options(radius: -1) == nil)
        #expect(ConstrainedSearch.Options(beam: 0) == nil)
        #expect(ConstrainedSearch.Options(candidates: 0) == nil)
    }
}
