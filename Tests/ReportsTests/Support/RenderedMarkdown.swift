/// What a CommonMark renderer with tables makes of a page, written from the specification and independent of the
/// module under test: code blocks, table cells, code spans and the text that is left over.
struct RenderedMarkdown {
    /// The contents of fenced code blocks.
    var blocks: [String] = []
    /// The contents of code spans.
    var spans: [String] = []
    /// Everything outside code, one entry per line or cell.
    var texts: [String] = []
    /// The number of cells of each row, table by table.
    var tables: [[Int]] = []

    init(_ page: String) {
        var fence: (length: Int, lines: [String])?
        var inTable = false
        for bytes in page.utf8.split(separator: 0x0a, omittingEmptySubsequences: false) {
            let line = Array(bytes)
            let ticks = line.prefix { $0 == 0x60 }.count
            if let open = fence {
                if ticks >= open.length, ticks == line.count {
                    blocks.append(open.lines.joined(separator: "\n"))
                    fence = nil
                } else {
                    fence?.lines.append(String(decoding: line, as: UTF8.self))
                }
                continue
            }
            if ticks >= 3, !line[ticks...].contains(0x60) {
                fence = (ticks, [])
                inTable = false
                continue
            }
            guard line.first == 0x7c else {
                inTable = false
                take(line)
                continue
            }
            if !inTable { tables.append([]) }
            inTable = true
            let cells = Self.cells(line)
            tables[tables.count - 1].append(cells.count)
            for cell in cells { take(cell) }
        }
        if let fence { blocks.append("UNCLOSED " + fence.lines.joined(separator: "\n")) }
    }

    /// Cells end at a bar, within code too, unless a backslash stands before it.
    private static func cells(_ line: [UInt8]) -> [[UInt8]] {
        var cells: [[UInt8]] = [[]]
        var escaped = false
        for byte in line.dropFirst() {
            if byte == 0x7c, !escaped {
                cells.append([])
            } else {
                cells[cells.count - 1].append(byte)
            }
            escaped = byte == 0x5c && !escaped
        }
        if cells.last?.isEmpty == true { cells.removeLast() }
        return cells
    }

    /// Separates code spans from the rest: a run of backticks opens one if a run of the same length follows.
    private mutating func take(_ line: [UInt8]) {
        var rest: [UInt8] = []
        var index = 0
        while index < line.count {
            guard line[index] == 0x60 else {
                rest.append(line[index])
                index += 1
                continue
            }
            let length = line[index...].prefix { $0 == 0x60 }.count
            var end = index + length
            var close: Int?
            while end < line.count, close == nil {
                let run = line[end...].prefix { $0 == 0x60 }.count
                if run == length { close = end }
                end += max(run, 1)
            }
            guard let close else {
                rest += line[index..<index + length]
                index += length
                continue
            }
            var content = Array(line[(index + length)..<close])
            if content.first == 0x20, content.last == 0x20, content.contains(where: { $0 != 0x20 }) {
                content = Array(content.dropFirst().dropLast())
            }
            spans.append(String(decoding: content, as: UTF8.self))
            rest += Array("\u{fffc}".utf8)
            index = close + length
        }
        texts.append(String(decoding: rest, as: UTF8.self))
    }

    /// What foreign text could have turned into, apart from headings, lists, emphasis and bars that the page itself has.
    var markup: [String] {
        var found: [String] = []
        for text in texts {
            let body = Self.resolved(text, bar: "", space: "").drop { $0 == UInt8(ascii: "#") }
            for mark in ["<", ">", "[", "]", "`", "\\", "&", "@", "~", "$", "_", "#", "|", "://", "www."]
            where body.contains(mark.utf8) {
                found.append("\(mark) in: \(text)")
            }
        }
        return found
    }

    /// The text with the references to a bar and a space replaced, byte by byte.
    static func resolved(_ text: String, bar: String = "|", space: String = " ") -> [UInt8] {
        Array(text.utf8).replacing("&#124;".utf8, with: bar.utf8).replacing("&#32;".utf8, with: space.utf8)
    }
}

extension Collection where Element: Equatable {
    fileprivate func contains(_ other: some Collection<Element>) -> Bool { !ranges(of: other).isEmpty }
}
