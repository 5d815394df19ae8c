import Audit
import Foundation
import Reports

/// A bundle's directory while it is being written.
struct BundleFiles {
    private let root: String
    private var made: Set<String> = []
    private var entries: [Manifest.Entry] = []

    /// Makes the directory.
    init(making root: String) throws(EvidenceError) {
        self.root = root
        try EvidenceBundle.requireFree(root)
        try make("")
    }

    /// Writes a file and notes its hash.
    ///
    /// - Parameter path: A path below the bundle, of this program's own making.
    mutating func add(_ path: String, _ bytes: [UInt8]) throws(EvidenceError) {
        if let slash = path.lastIndex(of: "/") { try make(String(path[..<slash])) }
        try write(path, bytes)
        entries.append(Manifest.Entry(path: path, sha256: sha256Hex(bytes)))
    }

    /// Writes the manifest, which makes the bundle whole.
    func finish() throws(EvidenceError) {
        try write(BundleLayout.manifest, Array(Manifest(entries: entries).text.utf8))
    }

    private func write(_ path: String, _ bytes: [UInt8]) throws(EvidenceError) {
        do throws(ReportError) {
            try ReportFile("\(root)/\(path)").replace(with: bytes)
        } catch { throw .notWritten(error) }
    }

    private mutating func make(_ folder: String) throws(EvidenceError) {
        guard made.insert(folder).inserted else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder.isEmpty ? root : "\(root)/\(folder)", withIntermediateDirectories: !folder.isEmpty)
        } catch {
            throw .system(path: root, reason: error.localizedDescription)
        }
    }
}

extension EvidenceBundle {
    /// Makes sure that a bundle could be made at a path, for whoever has long work to do before it is.
    ///
    /// - Throws: ``EvidenceError`` when something is there already, or when it is no path.
    public static func requireFree(_ path: String) throws(EvidenceError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .system(path: path, reason: "this is no path") }
        guard (try? FileManager.default.attributesOfItem(atPath: path)) == nil else { throw .exists(path: path) }
    }
}
