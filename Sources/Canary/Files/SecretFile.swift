import Audit
import Foundation

/// The file that keeps everything a later test needs: key, design, all siblings, and which ones are published.
///
/// JSON lines: a header with the key and the design, then one line per canary. Everything after the header follows from
/// it, so the file can be checked against itself; ``commitment`` shows that it is the file of its day.
public struct SecretFile: Sendable {
    /// Version of the file's format and of the way secrets are drawn.
    static let version = 1
    /// Largest file that is read, in bytes.
    static let largestByteCount = 1 << 29

    /// The canaries.
    public let canaries: CanarySet
    /// The exact bytes of the file.
    let bytes: [UInt8]

    /// SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits.
    ///
    /// Published before the texts are planted, it shows later that siblings and choice were fixed by then. It tells
    /// nothing about them, because the file holds 256 random bits.
    public let commitment: String

    /// Makes the file of a set of canaries.
    ///
    /// - Throws: `CanonicalJSONError`, which no set of canaries causes.
    public init(_ canaries: CanarySet) throws(CanonicalJSONError) {
        self.canaries = canaries
        bytes = try Self.lines(of: canaries).flatMap { $0 + [UInt8(ascii: "\n")] }
        commitment = sha256Hex(bytes)
    }

    /// Reads a file and checks every line of it against what its key gives.
    ///
    /// - Parameters:
    ///   - path: A file that `rote canary mint` wrote.
    ///   - commitment: The commitment that was published with it, if it is at hand.
    /// - Throws: ``CanaryError``, naming the line.
    public init(path: String, commitment expected: Commitment? = nil) throws {
        let bytes = try readWholeFile(path, limit: Self.largestByteCount)
        // Before anything else: of another file nothing can be said but that it is another.
        if let expected {
            let found = sha256Hex(bytes)
            guard found == expected.sha256 else {
                throw CanaryError.otherCommitment(path: path, expected: expected.sha256, found: found)
            }
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let header = try Self.header(lines[0], path)
        guard lines.count == header.design.count + 2, lines.last?.isEmpty == true else {
            throw CanaryError.malformed(
                path: path, line: lines.count,
                problem: "the file does not end after the \(header.design.count) canaries that its first line names")
        }
        let canaries = CanarySet(minting: header.design, with: try Self.key(header, path))
        for (index, line) in try Self.lines(of: canaries).enumerated() where !lines[index].elementsEqual(line) {
            throw Self.difference(lines[index], canaries, path, number: index + 1)
        }
        try self.init(canaries)
    }

    // MARK: Lines

    private struct Header: Codable {
        let kind: String
        let version: Int
        let key: String
        let seed: UInt64?
        let design: CanaryDesign
    }

    private struct Line: Codable {
        let id: String
        let carrier: Int
        let published: Int
        let secrets: [String]
    }

    private static let kind = "rote-canaries"

    private static func lines(of set: CanarySet) throws(CanonicalJSONError) -> [[UInt8]] {
        var seed: UInt64?
        if case .seed(let number) = set.key.origin { seed = number }
        var lines = [
            try CanonicalJSON.encode(
                Header(kind: kind, version: version, key: set.key.hexadecimal, seed: seed, design: set.design))
        ]
        for (index, canary) in set.canaries.enumerated() {
            let line = Line(
                id: canary.id, carrier: index % set.design.carriers.count, published: canary.published,
                secrets: canary.secrets)
            lines.append(try CanonicalJSON.encode(line))
        }
        return lines
    }

    private static func header(_ line: ArraySlice<UInt8>, _ path: String) throws(CanaryError) -> Header {
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(line))
        } catch {
            throw .malformed(path: path, line: 1, problem: "not the first line of a secret file (\(reason(error)))")
        }
        guard header.kind == kind, header.version == version else {
            throw .malformed(
                path: path, line: 1,
                problem: "\"\(header.kind.prefix(40))\" version \(header.version) is not \"\(kind)\" version \(version)"
            )
        }
        return header
    }

    private static func key(_ header: Header, _ path: String) throws(CanaryError) -> CanaryKey {
        guard let key = CanaryKey(hexadecimal: header.key) else {
            throw .malformed(path: path, line: 1, problem: "the key is not 64 hexadecimal digits")
        }
        guard let seed = header.seed else { return key }
        let seeded = CanaryKey(seed: seed)
        guard seeded.hexadecimal == key.hexadecimal else {
            throw .edited(path: path, line: 1, detail: "the key is not that of the seed \(seed)")
        }
        return seeded
    }

    /// Why a line is not what the key gives, as precisely as can be said.
    private static func difference(
        _ line: ArraySlice<UInt8>, _ set: CanarySet, _ path: String, number: Int
    ) -> CanaryError {
        guard number > 1 else {
            return .edited(path: path, line: 1, detail: "the first line is spelled in another way")
        }
        let found: Line
        do {
            found = try JSONDecoder().decode(Line.self, from: Data(line))
        } catch {
            return .malformed(path: path, line: number, problem: "not a canary (\(reason(error)))")
        }
        var places: [String: Int] = [:]
        for (index, secret) in found.secrets.enumerated() {
            if let earlier = places.updateValue(index, forKey: secret) {
                return .malformed(
                    path: path, line: number, problem: "the siblings \(earlier + 1) and \(index + 1) are the same")
            }
        }
        let canary = set.canaries[number - 2]
        guard found.secrets.count == canary.secrets.count else {
            return .malformed(
                path: path, line: number,
                problem: "\(found.secrets.count) siblings where the first line says \(canary.secrets.count)")
        }
        if let index = canary.secrets.indices.first(where: { found.secrets[$0] != canary.secrets[$0] }) {
            return .edited(path: path, line: number, detail: "sibling \(index + 1) is not what the key gives")
        }
        if found.published != canary.published {
            return .edited(path: path, line: number, detail: "the published sibling is not the one that the key gives")
        }
        return .edited(path: path, line: number, detail: "the line is not what the key gives")
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")): \(context.debugDescription)"
        case DecodingError.dataCorrupted(let context): context.debugDescription
        default: "not JSON"
        }
    }
}
