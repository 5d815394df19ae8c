import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One verified line of a run journal.
///
/// A line is one JSON object without white space, whose members stand in this order, and a line feed:
///
///     {"chain":"<64 hexadecimal digits>","kind":"<kind>","record":<canonical JSON>,"seq":<number from 1>}
///
/// `chain` is the SHA-256 of the previous line's `chain` (as its 64 digits; 64 zeros before the first line), a line
/// feed, and the line itself without its `chain` member and without the line feed at its end:
///
///     {"kind":"<kind>","record":<canonical JSON>,"seq":<number>}
///
/// Nobody has to re-encode JSON to check it:
///
///     import hashlib, re, sys
///     previous, lines = "0" * 64, open(sys.argv[1], "rb").read().split(b"\n")
///     assert lines.pop() == b"", "the last line is incomplete"
///     for number, line in enumerate(lines, 1):
///         chain, rest = re.fullmatch(rb'\{"chain":"([0-9a-f]{64})",(.*)', line).groups()
///         assert rest.endswith(b',"seq":%d}' % number), f"line {number} is out of order"
///         previous = hashlib.sha256(previous.encode() + b"\n{" + rest).hexdigest()
///         assert previous == chain.decode(), f"line {number} was changed"
///     print(previous)
///
/// The chain shows accidents and careless edits. Whoever can rewrite the whole file can also recompute it, so the
/// last `chain` of a finished run is what a report publishes.
public struct JournalLine: Sendable, Equatable {
    /// The line's number, counted from 1; line *n* of the file carries *n*.
    public let sequence: Int
    /// What the record is, for example `observation`.
    public let kind: String
    /// The record's canonical JSON.
    public let recordBytes: [UInt8]
    /// The hash that ends at this line, 64 lower-case hexadecimal digits.
    public let chain: String

    /// Reads the record as a type.
    ///
    /// - Throws: ``JournalError/undecodable(line:kind:type:reason:)``.
    public func decode<Record: Decodable>(_ type: Record.Type) throws(JournalError) -> Record {
        do {
            return try JSONDecoder().decode(type, from: Data(recordBytes))
        } catch let error as DecodingError {
            throw .undecodable(line: sequence, kind: kind, type: "\(type)", reason: error.inOneLine)
        } catch {
            throw .undecodable(line: sequence, kind: kind, type: "\(type)", reason: "\(error)")
        }
    }
}

/// The bytes around the parts of a line, shared by the writer and the reader.
enum JournalLayout {
    static let firstChain = [UInt8](repeating: UInt8(ascii: "0"), count: 64)
    static let beforeChain = Array(#"{"chain":""#.utf8)
    static let afterChain = Array(#"","#.utf8)
    static let beforeKind = Array(#""kind":""#.utf8)
    static let beforeRecord = Array(#"","record":"#.utf8)
    static let beforeSequence = Array(#","seq":"#.utf8)

    /// The longest line in bytes, its line feed included: what a reader may have to hold in memory.
    static let longestLine = 64 << 20

    /// Whether a record kind can stand in a line without escapes.
    static func isKind(_ kind: some Collection<UInt8>) -> Bool {
        !kind.isEmpty && kind.count <= 64
            && kind.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The part of a line after its chain, from `"kind"` to the closing brace.
    static func body(kind: String, record: [UInt8], sequence: Int) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(record.count + kind.utf8.count + 48)
        body += beforeKind
        body += kind.utf8
        body += beforeRecord
        body += record
        body += beforeSequence
        body += String(sequence).utf8
        body.append(UInt8(ascii: "}"))
        return body
    }

    /// The chain that ends at a line, as its 64 digits.
    static func chain(after previous: [UInt8], body: UnsafeRawBufferPointer) -> [UInt8] {
        var hash = SHA256()
        previous.withUnsafeBytes { hash.update(bufferPointer: $0) }
        [UInt8(ascii: "\n"), UInt8(ascii: "{")].withUnsafeBytes { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: body)
        return hexDigits(hash.finalize())
    }

    /// The whole line with its line feed.
    static func line(chain: [UInt8], body: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(body.count + 80)
        line += beforeChain
        line += chain
        line += afterChain
        line += body
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// Checks one line, without its line feed, against its place in the file.
    static func verify(
        _ line: UnsafeRawBufferPointer, sequence: Int, after previous: [UInt8]
    ) throws(JournalDamage) -> JournalLine {
        let chainEnd = beforeChain.count + 64
        let bodyStart = chainEnd + afterChain.count
        guard line.count > bodyStart, line.starts(with: beforeChain),
            line[chainEnd..<bodyStart].elementsEqual(afterChain)
        else { throw notALine(line) }
        let body = UnsafeRawBufferPointer(rebasing: line[bodyStart...])

        let digits = body.dropLast().reversed().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        let recordEnd = body.count - 1 - digits.count - beforeSequence.count
        guard body.last == UInt8(ascii: "}"), recordEnd > 0,
            let found = Int(String(decoding: digits.reversed(), as: UTF8.self)),
            body[recordEnd..<(recordEnd + beforeSequence.count)].elementsEqual(beforeSequence)
        else { throw notALine(line) }
        guard found == sequence else { throw .wrongSequence(found: found) }

        guard body.starts(with: beforeKind),
            let kindEnd = body[beforeKind.count..<recordEnd].firstIndex(of: UInt8(ascii: "\"")),
            isKind(body[beforeKind.count..<kindEnd]),
            kindEnd + beforeRecord.count < recordEnd,
            body[kindEnd..<(kindEnd + beforeRecord.count)].elementsEqual(beforeRecord)
        else { throw notALine(line) }

        let expected = chain(after: previous, body: body)
        guard line[beforeChain.count..<chainEnd].elementsEqual(expected) else { throw .brokenChain }
        return JournalLine(
            sequence: sequence,
            kind: String(decoding: body[beforeKind.count..<kindEnd], as: UTF8.self),
            recordBytes: Array(body[(kindEnd + beforeRecord.count)..<recordEnd]),
            chain: String(decoding: expected, as: UTF8.self))
    }

    /// Whether bytes after the last line feed are what a writer that died leaves: the beginning of a line, or the
    /// zeros of a block that was allocated and never filled.
    static func isBeginningOfLine(_ tail: UnsafeRawBufferPointer) -> Bool {
        let length = min(tail.count, beforeChain.count)
        return tail[..<length].elementsEqual(beforeChain[..<length]) || tail.allSatisfy { $0 == 0 }
    }

    static func notALine(_ bytes: UnsafeRawBufferPointer) -> JournalDamage {
        let excerpt = String(decoding: bytes.prefix(40), as: UTF8.self)
        return .notAJournalLine(excerpt: excerpt.unicodeScalars.map { $0.escaped(asASCII: true) }.joined())
    }
}

extension DecodingError {
    /// The member that could not be read and why.
    fileprivate var inOneLine: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "\(dottedPath(context.codingPath)): \(context.debugDescription)"
        case .keyNotFound(let key, let context):
            "\(dottedPath(context.codingPath + [key])) is missing"
        @unknown default: "\(self)"
        }
    }
}
