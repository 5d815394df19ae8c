/// Splits CSV (RFC 4180) into records, keeping the bytes of every field as written.
///
/// Lines end in LF or CRLF; inside quotes line ends belong to the field. A quote inside a field that did not begin
/// with one is an ordinary character, as spreadsheets and Python read it. Blank lines are passed over.
struct CSVScanner {
    /// One record and the line it begins on.
    struct Record {
        let fields: [String]
        let line: Int
    }

    /// Why a record is not CSV, and on which line.
    struct Problem: Error {
        let line: Int
        let message: String
    }

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    /// Creates a scanner.
    ///
    /// - Parameters:
    ///   - bytes: The file's content, known to be UTF-8.
    ///   - start: Where the text begins, after a byte order mark.
    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        self.position = start
    }

    /// Returns the next record, or nil at the end of the file.
    mutating func next() throws(Problem) -> Record? {
        while takeLineEnd() {}
        guard position < bytes.count else { return nil }
        let first = line
        var fields: [String] = []
        repeat { fields.append(try field()) } while take(UInt8(ascii: ","))
        guard takeLineEnd() || position == bytes.count else {
            throw Problem(line: line, message: "text follows the closing quote of field \(fields.count)")
        }
        return Record(fields: fields, line: first)
    }

    private mutating func field() throws(Problem) -> String {
        take(UInt8(ascii: "\"")) ? try quotedField() : plainField()
    }

    private mutating func plainField() -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), !isAtLineEnd { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quotedField() throws(Problem) -> String {
        let openingLine = line
        var unquoted: [UInt8] = []
        var segment = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                unquoted += bytes[segment..<position]
                position += 1
                guard take(UInt8(ascii: "\"")) else { return String(decoding: unquoted, as: UTF8.self) }
                segment = position - 1  // the second quote of a doubled pair stands for itself
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            default:
                position += 1
            }
        }
        throw Problem(line: openingLine, message: "the quoted field that begins on this line is never closed")
    }

    private var isAtLineEnd: Bool {
        switch bytes[position] {
        case UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n")
        default: false
        }
    }

    private mutating func takeLineEnd() -> Bool {
        guard position < bytes.count, isAtLineEnd else { return false }
        position += bytes[position] == UInt8(ascii: "\n") ? 1 : 2
        line += 1
        return true
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}
