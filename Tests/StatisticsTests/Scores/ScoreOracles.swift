import Foundation

/// The reference values written by `Oracles/make_score_oracles.py`.
enum ScoreOracles {
    /// The rows of one section.
    static func rows(_ section: String) throws -> [OracleRow] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let url = tests.appending(path: "Oracles/score_oracles.json")
        let sections = try JSONDecoder().decode([String: [OracleRow]].self, from: Data(contentsOf: url))
        guard let rows = sections[section], !rows.isEmpty else { throw OracleProblem.missing(section) }
        return rows
    }
}

extension OracleRow {
    /// A flat list cut into rows of equal width, with NaN for what is missing.
    func table(_ name: String) throws -> [[Double?]] {
        let width = Int(try count("width"))
        let values = try numbers(name)
        return stride(from: 0, to: values.count, by: width).map { start in
            values[start..<(start + width)].map { $0.isNaN ? nil : $0 }
        }
    }
}
