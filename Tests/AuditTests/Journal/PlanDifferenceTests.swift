import Testing

@testable import Audit

@Suite struct PlanDifferenceTests {
    private func keys(_ a: String, _ b: String) -> [String] {
        PlanDifference.keys(Array(a.utf8), Array(b.utf8))
    }

    @Test func differencesAreNamedByTheirKeys() {
        #expect(keys(#"{"a":1}"#, #"{"a":1}"#) == [])
        #expect(
            keys(
                #"{"alpha":0.01,"fold":{"seed":18446744073709551614,"share":0.5},"lengths":[32,50],"old":true}"#,
                #"{"alpha":0.05,"fold":{"seed":18446744073709551615,"share":0.5},"lengths":[32,64],"new":"x"}"#)
                == [
                    "alpha: 0.01 → 0.05",
                    "fold.seed: 18446744073709551614 → 18446744073709551615",
                    "lengths.1: 50 → 64",
                    "new: (absent) → \"x\"",
                    "old: true → (absent)",
                ])
        #expect(keys(#"{"a":[1]}"#, #"{"a":[1,2]}"#) == ["a: [1] → [1,2]"])
        #expect(keys(#"{"a":{"b":1}}"#, #"{"a":null}"#) == [#"a: {"b":1} → null"#])
    }

    @Test func orderAndSpaceAreNoDifferenceAndSpellingsOfKeysAre() {
        #expect(keys(#"{"a":1,"b":[1, 2]}"#, #"{ "b":[1,2],"a":1 }"#) == [])
        #expect(keys("{\"\u{e9}\":1}", "{\"e\u{301}\":1}").count == 2)
    }

    @Test func longValuesAreShortened() {
        let long = String(repeating: "x", count: 500)
        let entry = keys(#"{"a":"\#(long)"}"#, #"{"a":1}"#)[0]
        #expect(entry.count < 60)
        #expect(entry.hasSuffix("… → 1"))
    }

    @Test(arguments: [
        "", "{", "[1]", "{\"a\":}", "{\"a\":1}}", "{\"a\":1e}", "nul", "\"", "{\"a\":\"\\", "{\"a\":\"\n\"}",
    ])
    func whatIsNotAnObjectIsOneDifference(_ text: String) {
        let found = keys(text, #"{"a":2}"#)
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("plan: "))
    }

    @Test func deepNestingIsRefusedNotCrashedInto() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(keys("{\"a\":\(deep)", "{}").count == 1)
        #expect(JSONTree(Array((String(repeating: "[", count: 150) + String(repeating: "]", count: 150)).utf8)) != nil)
    }
}
