import Foundation

/// The reference values written by `Oracles/make_oracles.py`.
enum OracleFile {
    /// The rows of one section.
    static func rows(_ section: String) throws -> [OracleRow] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Oracles/oracles.json")
        let sections = try JSONDecoder().decode([String: [OracleRow]].self, from: Data(contentsOf: url))
        guard let rows = sections[section], !rows.isEmpty else { throw OracleProblem.missing(section) }
        return rows
    }
}

enum OracleProblem: Error {
    case missing(String)
    case notANumber(String)
}

/// One case: its inputs and its expected values by name.
struct OracleRow: Decodable, CustomStringConvertible {
    private let fields: [String: OracleValue]

    init(from decoder: any Decoder) throws {
        fields = try [String: OracleValue](from: decoder)
    }

    var description: String { fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") }

    func number(_ name: String) throws -> Double { try value(name).number() }
    func count(_ name: String) throws -> Int64 { Int64(try number(name)) }
    func numbers(_ name: String) throws -> [Double] { try value(name).list().map { try $0.number() } }
    func counts(_ name: String) throws -> [Int64] { try numbers(name).map { Int64($0) } }
    func countLists(_ name: String) throws -> [[Int64]] {
        try value(name).list().map { try $0.list().map { Int64(try $0.number()) } }
    }
    func text(_ name: String) throws -> String {
        guard case .text(let text) = try value(name) else { throw OracleProblem.missing(name) }
        return text
    }

    private func value(_ name: String) throws -> OracleValue {
        guard let value = fields[name] else { throw OracleProblem.missing(name) }
        return value
    }
}

private enum OracleValue: Decodable {
    case number(Double)
    case text(String)
    case list([OracleValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([OracleValue].self))
        }
    }

    func number() throws -> Double {
        switch self {
        case .number(let number): return number
        case .text(let text):
            guard let number = Double(text) else { throw OracleProblem.notANumber(text) }
            return number
        case .list: throw OracleProblem.notANumber("a list")
        }
    }

    func list() throws -> [OracleValue] {
        guard case .list(let list) = self else { throw OracleProblem.notANumber("not a list") }
        return list
    }
}

/// Whether `actual` is within a relative distance of `expected`; zero and the infinities must match exactly.
func isClose(_ actual: Double, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    if actual == expected { return true }
    guard actual.isFinite, expected.isFinite else { return false }
    return abs(actual - expected) <= tolerance * abs(expected)
}
