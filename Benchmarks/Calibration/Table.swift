import Foundation

/// A table that is stored as comma-separated values under lines that say how it was made, and printed as it grows.
struct Table {
    private let columns: [String]
    private var text: String

    /// - Parameters:
    ///   - remarks: Lines put before the table, each after a `#`.
    ///   - columns: The columns' names.
    init(remarks: [String], columns: [String]) {
        self.columns = columns
        text = remarks.map { "# \($0)\n" }.joined() + columns.joined(separator: ",") + "\n"
    }

    /// Adds a row; a comma within a cell becomes a semicolon.
    mutating func add(_ cells: [String]) {
        text += cells.map { $0.replacing(",", with: ";") }.joined(separator: ",") + "\n"
    }

    /// Makes the folder for tables, so that long work is not begun whose result has no place.
    ///
    /// - Throws: ``CalibrationError/notWritten(path:reason:)``.
    static func prepare(_ folder: String) throws(CalibrationError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .notWritten(path: folder, reason: error.localizedDescription)
        }
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw .notWritten(path: folder, reason: "the folder may not be written to")
        }
    }

    /// Writes the table.
    ///
    /// - Throws: ``CalibrationError/notWritten(path:reason:)``.
    func write(_ name: String, in folder: String) throws(CalibrationError) {
        let path = "\(folder)/\(name)"
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        } catch {
            throw .notWritten(path: path, reason: error.localizedDescription)
        }
    }

    /// A share with six decimals, without a locale.
    static func share(_ value: Double) -> String { "\((value * 1e6).rounded() / 1e6)" }

    /// A number with two decimals, without a locale.
    static func number(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

    /// The text with spaces after it, up to a width.
    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// Writes a line about the work to standard error.
func report(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
