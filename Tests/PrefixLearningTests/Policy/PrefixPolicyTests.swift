import Corpus
import Foundation
import PrefixLearning
import Randomness
import Testing
import TextLearning

@Suite struct PrefixPolicyTests {
    @Test func aPolicyBeatsTheBestSinglePromptWhereTextsTell() throws {
        for seed in UInt64(0)..<5 {
            let source = PolicySource(seed: seed)
            let made = source.table(documents: 120, missing: 0.2)
            let policy = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: seed)
            let contrast = policy.estimate.finding?.contrast
            print("seed \(seed): gain \(contrast?.value ?? 0), pool \(policy.prompts)")
            #expect(policy.choice != nil, "seed \(seed)")
            let fresh = source.table(documents: 100, missing: 0, from: 1_000)
            let right = zip(fresh.texts, fresh.kinds).count { policy.choose($0).rawValue == "p\($1 * 2)" }
            #expect(right >= 85, "seed \(seed): \(right) of 200")
        }
    }

    @Test func withoutAnythingToTellItIsTheEmptyPrompt() throws {
        var kept = 0
        for seed in UInt64(0)..<20 {
            let made = PolicySource(seed: seed, isTextTelling: false).table(documents: 60, missing: 0.1)
            let policy = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: seed)
            if policy.choice == nil, policy.choose("any") == .none { kept += 1 }
        }
        #expect(kept >= 19, "\(kept) of 20")
    }

    @Test func itFallsBackOnTheWinnerOfARace() throws {
        let winner = PromptID(rawValue: "p2")
        let made = PolicySource(seed: 8, isTextTelling: false).table(documents: 60, missing: 0.1)
        let policy = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, universal: winner, seed: 8)
        #expect(policy.choice == nil && policy.choose("any") == winner)
        #expect(throws: PolicyError.unknownPrompt(PromptID(rawValue: "?"))) {
            try PrefixPolicy(
                learnedFrom: made.table, texts: made.texts, universal: PromptID(rawValue: "?"), seed: 8)
        }
    }

    @Test func itDoesNotDependOnAnythingButItsInput() throws {
        let made = PolicySource(seed: 3).table(documents: 60, missing: 0.3)
        let first = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: 3)
        let second = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: 3)
        #expect(try first == second && first.json() == second.json())
    }

    @Test func aStoredPolicyChoosesAsBefore() throws {
        let made = PolicySource(seed: 4).table(documents: 80, missing: 0.1)
        let policy = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: 4)
        let read = try PrefixPolicy(json: policy.json())
        #expect(read == policy)
        #expect(made.texts.allSatisfy { read.choose($0) == policy.choose($0) })
        let constant = PrefixPolicy(always: PromptID(rawValue: "x"))
        #expect(try PrefixPolicy(json: constant.json()) == constant)
        #expect(constant.choose("anything").rawValue == "x" && constant.prompts.count == 1)
    }

    @Test func hostileFilesAreRefused() throws {
        let made = PolicySource(seed: 5).table(documents: 80, missing: 0.1)
        let policy = try PrefixPolicy(learnedFrom: made.table, texts: made.texts, seed: 5)
        let good = String(decoding: try policy.json(), as: UTF8.self)
        var broken = ["", "{", "null", "[]", "{}", "\u{0}", String(repeating: "[", count: 100_000)]
        for (old, new) in [
            (#""version":1,"#, #""version":2,"#), (#""pool":["#, #""pool":["extra","#),
            (#""universal":""#, #""universal":"not"#),
            (#""pValue":"#, #""pValue":7"#), (#""leftOut""#, #""leftIn""#), (#""classes":"#, #""classes":9"#),
            (#""pool""#, #""pond""#),
        ] { broken.append(good.replacingOccurrences(of: old, with: new)) }
        for text in broken {
            #expect(text != good)
            #expect(throws: PolicyError.self) { try PrefixPolicy(json: Data(text.utf8)) }
        }
    }

    @Test func emptyAndUnknownTablesGiveTheEmptyPrompt() throws {
        let empty = LiftTable(prompts: [], documents: [])
        #expect(try PrefixPolicy(learnedFrom: empty, texts: [], seed: 1).choose("") == PromptID.none)
        let documents = (0..<10).map { ArmedDocument(arm: .suspect, document: DocumentID("\($0)")) }
        let unknown = LiftTable(prompts: [PromptID(rawValue: "a")], documents: documents)
        let policy = try PrefixPolicy(learnedFrom: unknown, texts: Array(repeating: "", count: 10), seed: 1)
        #expect(try policy == PrefixPolicy(always: .none).with(policy.estimate))
        #expect(throws: PolicyError.textsMismatch(texts: 1, documents: 0)) {
            try PrefixPolicy(learnedFrom: empty, texts: [""], seed: 1)
        }
        var options = PolicyOptions()
        options.temperature = .nan
        #expect(throws: PolicyError.self) { try PrefixPolicy(learnedFrom: empty, texts: [], options: options, seed: 1) }
    }
}

extension PrefixPolicy {
    /// A constant policy with another estimate, through its file.
    fileprivate func with(_ estimate: PolicyEstimate) throws -> PrefixPolicy {
        var object = try #require(JSONSerialization.jsonObject(with: json()) as? [String: Any])
        object["estimate"] = try JSONSerialization.jsonObject(with: JSONEncoder().encode(estimate))
        return try PrefixPolicy(json: JSONSerialization.data(withJSONObject: object))
    }
}
