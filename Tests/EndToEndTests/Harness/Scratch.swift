import Foundation

/// A folder for one test, removed with everything in it when the test lets go of it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        // Resolved, so that a path that the tool prints is the path that the test knows.
        let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = "\(root)/rote-end-to-end-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something in the folder.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes bytes to a file and returns its path.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
        return self(name)
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// Writes lines, each with its line feed, and returns the file's path.
    func write(lines: [String], to name: String) throws -> String {
        try write(lines.map { $0 + "\n" }.joined(), to: name)
    }
}

/// The bytes of a file.
func bytes(of path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

/// Whether anything exists at a path.
func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
