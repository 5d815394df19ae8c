import Corpus
import PrefixLearning
import Randomness

/// Makes texts of three kinds, each of which another prompt helps: kind k is helped by prompt 2k.
struct PolicySource {
    var seed: UInt64
    var prompts = 8
    /// Whether the words of a text tell its kind.
    var isTextTelling = true

    private static let words = [
        ["court", "judge", "verdict", "appeal", "law"], ["goal", "match", "league", "coach", "season"],
        ["protein", "cell", "enzyme", "assay", "gene"],
    ]

    /// As many suspects as controls; the controls have no lift but noise.
    func table(
        documents: Int, missing: Double, from first: Int = 0
    ) -> (table: LiftTable, texts: [String], kinds: [Int]) {
        var generator = SeededGenerator(seed: seed, stream: "policy-source/\(first)")
        let names = [Arm.suspect, .control].flatMap { arm in
            (first..<(first + documents)).map { ArmedDocument(arm: arm, document: DocumentID("\($0)")) }
        }
        var table = LiftTable(prompts: (0..<prompts).map { PromptID(rawValue: "p\($0)") }, documents: names)
        var texts: [String] = []
        var kinds: [Int] = []
        for name in names {
            let kind = generator.next(below: 3)
            kinds.append(kind)
            texts.append(
                (0..<30).map { _ in
                    generator.nextUnit() < 0.2 && isTextTelling
                        ? Self.words[kind][generator.next(below: 5)] : "w\(generator.next(below: 500))"
                }.joined(separator: " "))
            for prompt in table.prompts {
                let isHelped = isTextTelling && name.arm == .suspect && prompt.rawValue == "p\(kind * 2)"
                let lift = prompt == .none ? 0 : 0.4 * generator.nextNormal() + (isHelped ? 1 : 0)
                table.take(
                    generator.nextUnit() < missing && prompt != .none ? nil : lift - 2,
                    for: ScoreCell(prompt: prompt, document: name))
            }
        }
        return (table, texts, kinds)
    }
}
