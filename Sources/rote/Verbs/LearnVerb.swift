import ArgumentParser
import Audit
import Corpus
import Foundation
import Inference
import PrefixLearning

/// `rote learn`: prefixes for other runs to use.
struct LearnVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learn which prefixes make a model recite a corpus, and write them in the format of Prompts/.",
        discussion: """
            Documents that are learned from here must not be tested with what was learned: keep some apart, or let \
            rote audit --learn divide them.
            """)

    @OptionGroup(title: "Corpus") var corpus: CorpusOptions
    @OptionGroup(title: "Servers") var servers: ServerOptions
    @OptionGroup(title: "Design") var design: DesignOptions
    @OptionGroup(title: "Learning") var learning: LearningFlags
    @OptionGroup(title: "Output") var speech: OutputOptions

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The file to write; it must not exist yet.", valueName: "file.json"))
    var output: String

    mutating func run() async throws {
        var (settings, console, json) = try speech.open()
        let options = try design.resolve(&settings)
        var learning = try learning.resolve(&settings, standardMode: .universal)
        guard learning.mode != .none else { throw ValidationError("--learn none leaves nothing to do") }
        learning.share = LearningFraction(1) ?? learning.share
        let access = try servers.resolve(&settings)
        guard output.hasSuffix(".json") else {
            throw ValidationError("--output \(output): the format of Prompts/ is JSON; end the file's name in .json")
        }
        guard !FileManager.default.fileExists(atPath: output) else {
            throw LearningError.unwritable(path: output, reason: "it exists")
        }
        let (suspect, control) = try corpus.read(&settings, console)
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("rote-server-\(UUID()).log").path
        let desk = AuditDesk(
            suspect: suspect, control: control, options: options, learning: learning, access: access, directory: "",
            serverLog: log, console: console)
        let (learned, text) = try await desk.learn()
        // After a failure it stays, because the message sends the reader there.
        try? FileManager.default.removeItem(atPath: log)
        if let text { try PromptFile.write(text, to: output) }
        try print(learned, isWritten: text != nil, console, json)
    }

    private func print(_ learned: Learned, isWritten: Bool, _ console: Console, _ json: Bool) throws {
        if json {
            let event = LearnedEvent(learned: learned, output: isWritten ? output : nil)
            return try console.data(String(decoding: try CanonicalJSON.encode(event), as: UTF8.self))
        }
        guard isWritten else {
            return try console.data(
                "No candidate of \(learned.candidates.count) was credibly better than the bare prefix on documents held back; "
                    + "nothing was written (\(HumanFormat.count(learned.calls)) requests)")
        }
        var lines = ["Learned: \(learned.mode.rawValue), \(HumanFormat.count(learned.calls)) requests"]
        if let lift = learned.lift {
            lines.append(
                "Lift on \(lift.documents) suspect documents held back: \(HumanFormat.decimal(lift.mean, places: 2))probability "
                    + "per token (95 % interval \(HumanFormat.decimal(lift.low, places: 2)) to "
                    + "\(HumanFormat.decimal(lift.high, places: 2)))")
        }
        for candidate in learned.chosen {
            let text = candidate.template.preview
            lines.append("  \(candidate.id) (\(candidate.origin.rawValue)): \(sanitize(text))")
        }
        lines.append("Written: \(output)")
        try console.data(lines.joined(separator: "\n"))
    }
}

/// The one JSON object that `rote learn --json` prints.
private struct LearnedEvent: Encodable {
    let learned: Learned
    let output: String?

    private enum CodingKeys: String, CodingKey {
        case event, schema, mode, prompts, lift, final, candidates, requests, output
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("learned", forKey: .event)
        try container.encode(1, forKey: .schema)
        try container.encode(learned.mode, forKey: .mode)
        try container.encode(learned.chosen.map(\.id), forKey: .prompts)
        try container.encode(learned.lift, forKey: .lift)
        try container.encode(learned.finding, forKey: .final)
        try container.encode(learned.candidates, forKey: .candidates)
        try container.encode(learned.calls, forKey: .requests)
        try container.encode(output, forKey: .output)
    }
}
