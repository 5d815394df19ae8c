import Foundation
import Testing

/// Expects a failure that tells a person, and nobody else, in one line what is wrong and what to do.
///
/// The command must have been given `--quiet`, so that standard error holds nothing but the error.
///
/// - Parameters:
///   - status: The exit status.
///   - facts: What the line must name: the place, the cause, the way out.
func expectError(
    _ ending: Ending, _ status: Int32, naming facts: String..., sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(ending.status == status, "\(ending)", sourceLocation: sourceLocation)
    #expect(ending.output.isEmpty, "standard output is for data:\n\(ending)", sourceLocation: sourceLocation)
    #expect(ending.messageLines.count == 1, "\(ending)", sourceLocation: sourceLocation)
    let line = ending.messageLines.last ?? ""
    #expect(line.hasPrefix("error: "), "\(ending)", sourceLocation: sourceLocation)
    #expect(!line.contains("error: error"), "\(ending)", sourceLocation: sourceLocation)
    for fact in facts {
        #expect(line.contains(fact), "\"\(fact)\" is missing:\n\(ending)", sourceLocation: sourceLocation)
    }
}

/// Expects success, and returns the one JSON object that `--json` must print.
func expectObject(
    _ ending: Ending, _ status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
) throws -> [String: Any] {
    #expect(ending.status == status, "\(ending)", sourceLocation: sourceLocation)
    let objects = try expectLines(ending, sourceLocation: sourceLocation)
    #expect(objects.count == 1, "\(ending)", sourceLocation: sourceLocation)
    return try #require(objects.last, sourceLocation: sourceLocation)
}

/// Expects that every line of standard output is one JSON object, and returns them.
func expectLines(
    _ ending: Ending, sourceLocation: SourceLocation = #_sourceLocation
) throws -> [[String: Any]] {
    #expect(ending.output.isEmpty || ending.output.hasSuffix("\n"), sourceLocation: sourceLocation)
    return try ending.output.split(separator: "\n").map { line in
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        return try #require(value as? [String: Any], "not an object: \(line)", sourceLocation: sourceLocation)
    }
}

extension [String: Any] {
    /// The object under a key; empty when there is none.
    func object(_ key: String) -> [String: Any] { self[key] as? [String: Any] ?? [:] }
    func objects(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }
    func text(_ key: String) -> String { self[key] as? String ?? "" }
    func number(_ key: String) -> Double { (self[key] as? NSNumber)?.doubleValue ?? .nan }
    func count(_ key: String) -> Int { (self[key] as? NSNumber)?.intValue ?? -1 }

    /// The object without some keys, in a form that can be compared.
    func canonical(without keys: String...) throws -> String { try canonical(without: keys) }

    func canonical(without keys: [String]) throws -> String {
        let kept = filter { !keys.contains($0.key) }
        return String(
            decoding: try JSONSerialization.data(withJSONObject: kept, options: [.sortedKeys]), as: UTF8.self)
    }
}
