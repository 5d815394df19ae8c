import Foundation
import Testing

/// A journal as any reader of JSON sees it, independent of the code that wrote it.
struct TestJournal {
    /// One line.
    struct Line {
        let kind: String
        let record: [String: Any]
    }

    let lines: [Line]

    static func path(_ run: String) -> String { "\(run)/journal.jsonl" }

    init(run: String) throws {
        lines = try String(decoding: bytes(of: Self.path(run)), as: UTF8.self).split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return Line(kind: object?.text("kind") ?? "", record: object?.object("record") ?? [:])
        }
    }

    func records(_ kind: String) -> [[String: Any]] { lines.filter { $0.kind == kind }.map(\.record) }

    var observations: [[String: Any]] { records("observation") }

    /// The observations without the server's address, which differs from one start of a server to the next.
    func comparableObservations() throws -> [String] {
        try observations.map { try $0.canonical(without: "server") }
    }

    /// The windows that were observed, in the order of their observation.
    var windows: [String] {
        observations.map { "\($0.text("arm")) \($0.text("document")) \($0.count("window"))" }
    }

    /// Number of windows that the plan asks for.
    var planned: Int {
        let plan = records("header").first?.object("plan") ?? [:]
        return plan.object("suspect").count("windows") + max(0, plan.object("control").count("windows"))
    }

    /// Expects every planned window exactly once, with an answer.
    func expectComplete(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(planned > 0, sourceLocation: sourceLocation)
        #expect(observations.count == planned, sourceLocation: sourceLocation)
        #expect(Set(windows).count == windows.count, "a window was repeated", sourceLocation: sourceLocation)
        let failed = observations.filter { $0.object("result")["seen"] == nil }
        #expect(failed.isEmpty, "\(failed.first.map { "\($0)" } ?? "")", sourceLocation: sourceLocation)
        #expect(records("verdict").count == 1, sourceLocation: sourceLocation)
    }

    /// Number of whole lines in a journal that may not exist yet.
    static func lineCount(_ run: String) -> Int {
        (try? bytes(of: path(run)))?.count { $0 == UInt8(ascii: "\n") } ?? 0
    }
}
