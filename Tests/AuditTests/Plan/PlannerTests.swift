import Corpus
import Foundation
import Inference
import PrefixLearning
import Randomness
import Testing

@testable import Audit

@Suite("From two corpora to a frozen plan")
struct PlannerTests {
    @Test("both arms are cut alike: the same starts for the same length")
    func sameWindows() async throws {
        var maker = TextMaker(seed: 1)
        for bytes in [16, 17, 31, 32, 60, 200] {
            let preparation = try await prepare(
                maker.documents(3, named: "s", bytes: bytes), maker.documents(4, named: "c", bytes: bytes),
                shortOptions(windows: 3))
            let starts = Set(preparation.documents.map(\.starts))
            #expect(starts.count == 1, "\(bytes) bytes: \(starts)")
            #expect(starts.first?.first == 0)
            #expect(preparation.plan.suspect.documents == 3 && preparation.plan.control?.documents == 4)
            #expect(
                preparation.probes.count == preparation.plan.suspect.windows + (preparation.plan.control?.windows ?? 0))
            #expect(preparation.documents.allSatisfy { $0.starts.allSatisfy { $0 + 16 <= bytes } })
        }
    }

    @Test("every window of every document is asked for once")
    func probes() async throws {
        var maker = TextMaker(seed: 2)
        let preparation = try await prepare(
            maker.documents(5, named: "s", bytes: 90), maker.documents(2, named: "c", bytes: 40),
            shortOptions(windows: 4))
        let probes = preparation.probes
        #expect(Set(probes).count == probes.count)
        for probe in probes {
            #expect(preparation.documents[probe.document].starts.indices.contains(probe.window))
        }
        #expect(probes.count == preparation.documents.reduce(0) { $0 + $1.starts.count })
    }

    @Test(
        "the same corpora, options and seed give the same plan, in whatever order the documents come",
        arguments: 0..<6 as Range<UInt64>)
    func replay(seed: UInt64) async throws {
        var maker = TextMaker(seed: seed)
        var suspect = maker.documents(8, named: "s")
        var control = maker.documents(7, named: "c")
        // Near-duplicates, of which one is chosen to stay.
        suspect.append(document("a-copy", suspect[3].text + " and a word more"))
        control.append(document("z-copy", control[2].text))
        let first = try await prepare(suspect, control, shortOptions(seed: seed))
        var generator = SeededGenerator(seed: seed, stream: "order of input")
        suspect.shuffle(with: &generator)
        control.shuffle(with: &generator)
        let second = try await prepare(suspect, control, shortOptions(seed: seed))
        #expect(first.plan == second.plan, "seed \(seed)")
        #expect(try first.plan.hash() == second.plan.hash(), "seed \(seed)")
        #expect(first.documents.map(\.document.id) == second.documents.map(\.document.id), "seed \(seed)")
        #expect(first.excluded == second.excluded, "seed \(seed)")
    }

    @Test("another seed gives another order of the same documents")
    func seeds() async throws {
        var maker = TextMaker(seed: 3)
        let suspect = maker.documents(12, named: "s")
        let control = maker.documents(12, named: "c")
        let one = try await prepare(suspect, control, shortOptions(seed: 1))
        let other = try await prepare(suspect, control, shortOptions(seed: 2))
        #expect(one.documents.map(\.document.id) != other.documents.map(\.document.id))
        #expect(Set(one.documents.map(\.document.id)) == Set(other.documents.map(\.document.id)))
        #expect(one.plan.suspect == other.plan.suspect)
        #expect(one.plan.probes != other.plan.probes)
    }

    @Test("arms keep pace in the order in which they are sent")
    func interleaving() async throws {
        var maker = TextMaker(seed: 4)
        let preparation = try await prepare(
            maker.documents(10, named: "s"), maker.documents(6, named: "c"), shortOptions())
        #expect(preparation.plan.pairs == 6)
        for pair in 0..<6 {
            let members = preparation.documents.filter { $0.pair == pair }
            #expect(members.count == 2 && Set(members.map(\.arm)) == Set(Arm.allCases))
        }
        #expect(preparation.documents.filter { $0.pair == nil }.map(\.arm) == Array(repeating: .suspect, count: 4))
    }

    @Test("the hash names everything that decides what is sent and how it is judged")
    func hash() async throws {
        var maker = TextMaker(seed: 5)
        let suspect = maker.documents(4, named: "s")
        let control = maker.documents(4, named: "c")
        let base = shortOptions()
        var hashes = [try await prepare(suspect, control, base).plan.hash()]
        let changes: [@Sendable (inout AuditOptions) -> Void] = [
            { $0.alpha = 0.02 }, { $0.delta = 0.02 }, { $0.shape = WindowShape(prefixTokens: 8, suffixTokens: 7) },
            { $0.windowsPerDocument = 3 }, { $0.scoredTokens = 2 }, { $0.staging = .full },
            { $0.strictness = .strict }, { $0.seed = 9 }, { $0.resamples = 50_000 },
            { $0.extractability = Extractability(samples: 10, probability: 0.5) ?? .standard },
            { $0.extractionShare = 0.4 },
        ]
        for change in changes {
            var options = base
            change(&options)
            hashes.append(try await prepare(suspect, control, options).plan.hash())
        }
        hashes.append(try await prepare(suspect, control, base, model: "other").plan.hash())
        hashes.append(try await prepare(suspect, control, base, leading: [1]).plan.hash())
        hashes.append(try await prepare(suspect, nil, base).plan.hash())
        var changed = suspect
        // Beyond the last window, so that only the text knows.
        changed[0] = document("s0", suspect[0].text + "x")
        hashes.append(try await prepare(changed, control, base).plan.hash())
        #expect(Set(hashes).count == hashes.count)
    }

    @Test("a plan survives its journal")
    func codable() async throws {
        var maker = TextMaker(seed: 6)
        for control in [maker.documents(3, named: "c"), nil] {
            let plan = try await prepare(maker.documents(3, named: "s"), control, shortOptions()).plan
            let read = try JSONDecoder().decode(AuditPlan.self, from: Data(CanonicalJSON.encode(plan)))
            #expect(read == plan)
            #expect(try read.hash() == plan.hash())
        }
    }

    // MARK: What does not take part

    @Test("documents without a window are left out and named")
    func tooShort() async throws {
        var maker = TextMaker(seed: 7)
        var suspect = maker.documents(3, named: "s")
        suspect += [document("short", "fifteen letters"), document("empty", ""), document("just", "sixteen letters!")]
        let preparation = try await prepare(suspect, maker.documents(3, named: "c"), shortOptions())
        #expect(
            preparation.excluded
                == ["empty", "short"].map {
                    ExcludedDocument(arm: .suspect, document: DocumentID($0), reason: .tooShort)
                })
        #expect(preparation.plan.suspect.documents == 4)
    }

    @Test("what repeats its arm or stands in both arms is left out, once, and counted")
    func duplicates() async throws {
        var maker = TextMaker(seed: 8)
        var suspect = maker.documents(4, named: "s", bytes: 120)
        var control = maker.documents(4, named: "c", bytes: 120)
        suspect.append(document("s-again", suspect[1].text + "again"))
        control.append(document("c-shared", suspect[2].text))
        // Both a repetition within its arm and a document of the other arm.
        control.append(document("c-twice", control[0].text))
        suspect.append(document("s-shared", control[0].text))
        let preparation = try await prepare(suspect, control, shortOptions())
        // Of two that repeat each other the one whose name comes first stays.
        #expect(
            preparation.excluded.map { "\($0.arm.rawValue) \($0.document): \($0.reason)" } == [
                "control c-shared: inBothArms", "control c-twice: inBothArms", "control c0: inBothArms",
                "suspect s-shared: inBothArms", "suspect s1: repeatsItsArm", "suspect s2: inBothArms",
            ])
        #expect(preparation.pairsBetweenArms == 3)
        #expect(preparation.plan.suspect.documents == 3 && preparation.plan.control?.documents == 3)
        #expect(
            Set(preparation.documents.map(\.document.id)).isDisjoint(with: Set(preparation.excluded.map(\.document))))
    }

    @Test("names are told apart by their bytes, and the same name may stand in both arms")
    func names() async throws {
        var maker = TextMaker(seed: 9)
        let names = ["é", "e\u{301}", "s", "S", ""]
        let suspect = names.map { document($0, maker.text(bytes: 60)) }
        let control = names.map { document($0, maker.text(bytes: 60)) }
        let preparation = try await prepare(suspect, control, shortOptions())
        #expect(preparation.documents.count == 10)
        #expect(
            preparation.documents.allSatisfy { prepared in
                (prepared.arm == .suspect ? suspect : control)
                    .contains { $0.id == prepared.document.id && $0.text == prepared.document.text }
            })
    }

    // MARK: What cannot be tested

    private func failure(_ suspect: [Document], _ control: [Document]?, _ options: AuditOptions) async -> AuditError? {
        do { _ = try await prepare(suspect, control, options) } catch { return error as? AuditError }
        return nil
    }

    @Test("the same documents in both arms are refused, also when one arm is a part of the other")
    func sameCorpus() async throws {
        var maker = TextMaker(seed: 10)
        let documents = maker.documents(4, named: "s")
        let renamed = documents.prefix(2).map { document("other " + $0.id.rawValue, $0.text) }
        for control in [documents, Array(documents.reversed()), renamed] {
            guard case .sameCorpus = await failure(documents, control, shortOptions()) else {
                Issue.record("accepted")
                continue
            }
        }
    }

    @Test("too few documents are refused, with the arm and the reason")
    func tooFew() async throws {
        var maker = TextMaker(seed: 11)
        let many = maker.documents(4, named: "m")
        let one = maker.documents(1, named: "o")
        func check(_ suspect: [Document], _ control: [Document]?, _ arm: Arm, left: Int) async {
            guard
                case .tooFewDocuments(let found, let count, needed: 2, _) = await failure(
                    suspect, control, shortOptions())
            else {
                Issue.record("\(suspect.count) suspect, \(control?.count ?? -1) control")
                return
            }
            #expect(found == arm && count == left)
        }
        await check(one, many, .suspect, left: 1)
        await check(many, one, .control, left: 1)
        await check(one, nil, .suspect, left: 1)
        await check([], nil, .suspect, left: 0)
        await check(many, [], .control, left: 0)
        await check([], many, .suspect, left: 0)
        let text = maker.text(bytes: 60)
        await check((0..<9).map { document("copy\($0)", text) }, many, .suspect, left: 1)
        await check((0..<9).map { document("short\($0)", "no \($0)") }, many, .suspect, left: 0)
    }

    @Test("documents too short for any standard shape are refused with the longest length")
    func shapeless() async throws {
        var maker = TextMaker(seed: 12)
        var options = shortOptions()
        options.shape = nil
        guard
            case .documentsTooShort(longest: 31, needed: 32) = await failure(
                maker.documents(3, named: "s", bytes: 20) + [document("long", maker.text(bytes: 31))],
                maker.documents(3, named: "c", bytes: 20), options)
        else {
            Issue.record("accepted")
            return
        }
    }

    @Test(
        "without a shape the longest that half of the documents hold is chosen, over both arms",
        arguments: [(99, 32), (100, 50), (64, 32), (63, 16), (32, 16)])
    func chosenShape(bytes: Int, half: Int) async throws {
        var maker = TextMaker(seed: 13)
        var options = shortOptions()
        options.shape = nil
        let preparation = try await prepare(
            maker.documents(3, named: "s", bytes: bytes), maker.documents(3, named: "c", bytes: bytes), options)
        #expect(preparation.plan.shape == WindowShape(prefixTokens: half, suffixTokens: half))
        #expect(preparation.plan.scoredTokens == 3)
    }

    @Test("no more tokens are scored than a suffix has")
    func scoredTokens() async throws {
        var maker = TextMaker(seed: 14)
        var options = shortOptions(suffix: 5)
        options.scoredTokens = 10_000
        let plan = try await prepare(maker.documents(2, named: "s"), nil, options).plan
        #expect(plan.scoredTokens == 5)
    }

    @Test("an error of the tokenizer is passed on")
    func tokenizerFails() async throws {
        struct Broken: Error {}
        var maker = TextMaker(seed: 15)
        let planner = try Planner(suspect: maker.documents(3, named: "s"), control: nil, options: shortOptions())
        await #expect(throws: Broken.self) {
            _ = try await planner.prepare(model: "m", elicitation: .none(leading: [])) { _ in throw Broken() }
        }
    }

    @Test("the text that stands for the corpus is the one of middle length")
    func sample() throws {
        let documents = ["ccc", "a", "bb"].map { document($0, $0) }
        #expect(try Planner(suspect: documents, control: nil, options: shortOptions()).sample == "bb")
    }
}
