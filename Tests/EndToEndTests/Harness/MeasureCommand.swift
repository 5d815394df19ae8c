import Foundation
import Testing

/// A command line of `rote measure` in the making.
struct MeasureCommand {
    var suspect: String
    var control: String?
    var run: String
    /// What is measured: `NAME=FILE.gguf` or `NAME=URL`.
    var targets: [String]
    var shape = ["--prefix-lengths", "32", "--suffix-length", "16", "--stride", "0"]
    var options: [String] = []

    var arguments: [String] {
        var arguments = ["measure", "--suspect", suspect, "--run", run, "--threads", "1"]
        if let control { arguments += ["--control", control] }
        for target in targets { arguments += ["--target", target] }
        return arguments + shape + options
    }

    /// The summary that `--json` prints, model by model.
    func summary() async throws -> [[String: Any]] {
        let event = try expectObject(try await rote(arguments + ["--json"]))
        #expect(event.text("event") == "measurement")
        return event.object("summary").objects("targets")
    }
}

extension Scratch {
    /// A measurement of demo documents.
    func measure(
        _ documents: Int = 30, run: String = "run", _ targets: String..., options: [String] = []
    ) throws -> MeasureCommand {
        MeasureCommand(
            suspect: try write(lines: DemoCorpus.suspect(0..<documents), to: "suspect.jsonl"),
            control: try write(lines: DemoCorpus.control(0..<documents), to: "control.jsonl"), run: self(run),
            targets: targets, options: options)
    }

    /// Documents of a corpus with grades: so many of those that were repeated most, and so many of each other grade.
    func graded(_ folder: String, most: Int, others: Int) throws -> String {
        var seen: [Int: Int] = [:]
        let lines = try String(contentsOfFile: "\(folder)/suspect.jsonl", encoding: .utf8).split(separator: "\n")
        let chosen = try lines.filter { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let grade = try #require(object).count("repetitions")
            seen[grade, default: 0] += 1
            return seen[grade, default: 0] <= (grade == 64 ? most : others)
        }
        return try write(lines: chosen.map(String.init), to: "graded.jsonl")
    }

    /// Demo articles put together to a few long documents, each of so many.
    func longDocuments(_ count: Int, articles: Int) throws -> String {
        let texts = try DemoCorpus.suspect(0..<count * articles).map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?.text("text") ?? ""
        }
        let lines = try (0..<count).map { number in
            let text = texts[number * articles..<(number + 1) * articles].joined(separator: "\n\n")
            let data = try JSONSerialization.data(
                withJSONObject: ["id": "long-\(number)", "text": text], options: [.sortedKeys])
            return String(decoding: data, as: UTF8.self)
        }
        return try write(lines: lines, to: "long.jsonl")
    }
}

extension [String: Any] {
    /// The rate of an outcome among all probes of an arm.
    func rate(_ outcome: String, _ arm: String) -> [String: Any] {
        let cell = objects("cells").first { $0.text("arm") == arm && $0["condition"] as? [String: Any] == nil } ?? [:]
        return cell.object("table").objects("rates").first { $0.text("outcome") == outcome }?.object("rate") ?? [:]
    }

    /// Replies of a class in an arm.
    func replies(_ name: String, _ arm: String) -> Int {
        let all = objects("replyClasses").first { $0.text("arm") == arm && $0["condition"] as? [String: Any] == nil }
        return all?.objects("counts").first { $0.text("replyClass") == name }?.count("replies") ?? -1
    }
}
