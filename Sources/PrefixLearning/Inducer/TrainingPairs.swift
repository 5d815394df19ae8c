import Foundation

/// One thing for an external trainer to teach an inducer: before this text, write this header.
public struct TrainingPair: Hashable, Codable, Sendable {
    /// The text of a document's prefix.
    public let text: String
    /// The header that helped.
    public let header: String

    /// Creates a pair.
    public init(text: String, header: String) {
        self.text = text
        self.header = header
    }
}

/// Pairs of text and header as JSON Lines, for fine-tuning an inducer outside of Rote.
///
/// One object for each line: `{"text":…,"header":…}`, in the order given, each line ended by a line feed. The bytes are
/// written here and depend on the pairs alone. A trainer for a model that continues text should train on
/// ``InducerRequest/pair(_:_:)`` with the loss on the header.
public enum TrainingPairs {
    /// The pairs of a buffer, best first, repeated ones once.
    public static func pairs(of buffer: ExampleBuffer) -> [TrainingPair] {
        var seen: Set<TrainingPair> = []
        return buffer.examples.map { TrainingPair(text: $0.text, header: $0.prompt) }
            .filter { seen.insert($0).inserted }
    }

    /// Writes pairs.
    public static func jsonLines(_ pairs: [TrainingPair]) -> Data {
        var bytes: [UInt8] = []
        for pair in pairs {
            bytes += #"{"text":"#.utf8
            append(pair.text, to: &bytes)
            bytes += #","header":"#.utf8
            append(pair.header, to: &bytes)
            bytes += "}\n".utf8
        }
        return Data(bytes)
    }

    /// Reads pairs; blank lines are passed over, other members ignored.
    ///
    /// - Throws: ``TrainingPairsError`` with the number of the first line that is not a pair.
    public static func read(_ jsonLines: Data) throws(TrainingPairsError) -> [TrainingPair] {
        var pairs: [TrainingPair] = []
        for (index, line) in jsonLines.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            guard let pair = try? JSONDecoder().decode(TrainingPair.self, from: Data(line)) else {
                throw TrainingPairsError(line: index + 1)
            }
            pairs.append(pair)
        }
        return pairs
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"):
                bytes += "\\n".utf8
            case 0..<0x20, 0x7F:
                bytes += "\\u00".utf8
                bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// A line that is not a training pair.
public struct TrainingPairsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1.
    public let line: Int

    /// One sentence that says what was wrong and what would be accepted.
    public var description: String {
        "line \(line) is not a training pair; write one object with the strings \"text\" and \"header\" on each line"
    }
}
