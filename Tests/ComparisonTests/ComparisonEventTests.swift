import Corpus
import Foundation
import Testing

@testable import Audit
@testable import Comparison

@Suite("The comparison as JSON")
struct ComparisonEventTests {
    private func object(_ comparison: ModelComparison) throws -> [String: Any] {
        let bytes = try CanonicalJSON.encode(ComparisonEvent(comparison))
        return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    private let keys: Set<String> = [
        "event", "schema", "claim", "answer", "evidence", "reason", "alpha", "lnP", "p", "test", "scale", "suspect",
        "control", "extraction", "likelihood", "gates", "proves", "doesNotProve", "caveats", "target", "reference",
    ]

    @Test("every key is there, whatever was found")
    func keysPresent() throws {
        let seen = (0..<40).map { index -> SeenTwice in
            SeenTwice(index < 20 ? .suspect : .control, target: index < 10, lns: (-Double(index), -40))
        }
        let full = try object(try ComparedRunMaker().comparison(seen))
        #expect(Set(full.keys) == keys)
        #expect(full["event"] as? String == "comparison" && full["schema"] as? Int == 1)
        #expect(full["claim"] as? String == "comparative" && full["answer"] as? String == "favoursCorpus")
        let suspect = try #require(full["suspect"] as? [String: Any])
        #expect(suspect["targetOnly"] as? Int == 10 && suspect["neither"] as? Int == 10)
        let extraction = try #require(full["extraction"] as? [String: Any])
        #expect(
            Set(extraction.keys) == [
                "test", "level", "holds", "difference", "interval", "confidence", "targetContrast", "documents",
            ])
        #expect((extraction["interval"] as? [Double])?.count == 2)
        let target = try #require(full["target"] as? [String: Any])
        #expect(Set(target.keys) == ["run", "model", "modelSha256", "verdict", "plan", "chain"])
        var maker = ComparedRunMaker()
        maker.hasControl = false
        let alone = try object(try maker.comparison([SeenTwice(.suspect), SeenTwice(.suspect)]))
        #expect(Set(alone.keys) == keys)
        #expect(alone["control"] is NSNull && alone["likelihood"] is NSNull)
        let run = maker.target(seen)
        let invalid = try object(try ModelComparison(target: run.with(endedEarly: true), reference: run))
        #expect(Set(invalid.keys) == keys && invalid["extraction"] is NSNull && invalid["p"] is NSNull)
        #expect(invalid["answer"] as? String == "invalid")
    }

    @Test("no answer is a verdict on memorization")
    func answers() {
        for answer in ComparisonVerdict.Answer.allCases { #expect(!answer.rawValue.contains("memor")) }
    }

    @Test("the same runs give the same bytes")
    func replay() throws {
        let seen = (0..<50).map { index -> SeenTwice in
            let ln = -Double(index * 7 % 50)
            return SeenTwice(index < 25 ? .suspect : .control, target: index % 3 == 0, lns: (ln, -20))
        }
        let once = try CanonicalJSON.encode(ComparisonEvent(try ComparedRunMaker().comparison(seen)))
        let again = try CanonicalJSON.encode(ComparisonEvent(try ComparedRunMaker().comparison(seen)))
        #expect(once == again)
    }
}
