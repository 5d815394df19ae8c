import Foundation
import Testing

/// Documents of the demo corpus, small enough that a test takes seconds.
struct DemoCorpus: Sendable {
    /// Lines of the suspect file: texts that were planted in one of the models, repeated 0, 1, 4, 16 or 64 times.
    static func suspect(_ range: Range<Int>) throws -> [String] { try lines(of: "suspect.jsonl", range) }

    /// Lines of the control file: texts from the same source that no model was trained on.
    static func control(_ range: Range<Int>) throws -> [String] { try lines(of: "control.jsonl", range) }

    /// The model that was trained on the suspect documents.
    static let planted = "\(Places.demo)/model-planted.gguf"
    /// Its twin that never saw them.
    static let clean = "\(Places.demo)/model-clean.gguf"

    private static func lines(of file: String, _ range: Range<Int>) throws -> [String] {
        let text = try String(contentsOfFile: "\(Places.demo)/\(file)", encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        return try Array(#require(lines.count >= range.upperBound ? lines[range] : nil))
    }
}

/// A command line of `rote audit` in the making.
struct AuditCommand: Sendable {
    var suspect: String
    var control: String?
    var run: String
    /// The model file to start a server for, or `nil` when servers are named.
    var model: String?
    var servers: [String] = []
    var options: [String] = []
    /// Most tests look at runs that ask about everything.
    var stopping = "never"
    /// Windows that are long enough to mean something and short enough to be quick.
    var shape = ["--prefix-tokens", "32", "--suffix-tokens", "16"]

    /// The arguments for `audit`, or another verb that takes the same.
    func arguments(verb: String = "audit") -> [String] {
        var arguments = [verb, "--suspect", suspect]
        if let control { arguments += ["--control", control] }
        arguments += ["--run", run, "--stopping", stopping] + shape
        // One thread is plenty for the demo model, and several wait for each other on a busy machine.
        if let model { arguments += ["--model", model, "--threads", "1"] }
        for server in servers { arguments += ["--server", server] }
        return arguments + options
    }
}

extension Scratch {
    /// A small audit of demo documents, written to files in this folder.
    ///
    /// - Parameters:
    ///   - documents: Number of documents in each arm.
    ///   - servers: The servers to use; when there are none, one is started for the model.
    ///   - model: The model file.
    func demoAudit(
        documents: Int, run: String = "run", servers: [String] = [], model: String = DemoCorpus.planted,
        _ options: String...
    ) throws -> AuditCommand {
        AuditCommand(
            suspect: try write(lines: DemoCorpus.suspect(0..<documents), to: "suspect.jsonl"),
            control: try write(lines: DemoCorpus.control(0..<documents), to: "control.jsonl"), run: self(run),
            model: servers.isEmpty ? model : nil, servers: servers, options: options)
    }

    /// The planted model under a path by which the servers of one test are told from all others.
    func modelOfOurOwn() throws -> String {
        try FileManager.default.createSymbolicLink(
            atPath: self("model-planted.gguf"), withDestinationPath: DemoCorpus.planted)
        return self("model-planted.gguf")
    }
}
