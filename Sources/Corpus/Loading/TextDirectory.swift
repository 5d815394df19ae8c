#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What a path leads to.
enum PathKind {
    case directory
    case regularFile
    /// A pipe or a device: read once, in order, without a size.
    case stream

    /// Looks a path up, through symbolic links.
    init(of path: String) throws(CorpusError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .notFound(path: path) }
        var information = stat()
        guard stat(path, &information) == 0 else { throw .opening(path, errorNumber: errno) }
        switch information.st_mode & S_IFMT {
        case S_IFDIR: self = .directory
        case S_IFREG: self = .regularFile
        default: self = .stream
        }
    }
}

/// The text files below a directory.
struct TextDirectory {
    /// Paths relative to the directory, sorted by their UTF-8 bytes.
    private(set) var relativePaths: [String] = []
    private(set) var notices: [CorpusNotice] = []
    private var skipped: [String] = []

    /// Walks a directory and everything below it.
    ///
    /// Names that begin with a dot are passed over, as are symbolic links to directories (which could lead in
    /// circles), pipes and devices.
    ///
    /// - Parameter path: The directory, without a slash at the end.
    init(path: String) throws(CorpusError) {
        var pending = [""]
        while let folder = pending.popLast() {
            let folderPath = folder.isEmpty ? path : "\(path)/\(folder)"
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: folderPath)
            } catch {
                throw .unreadable(path: folderPath, reason: "the directory cannot be listed")
            }
            for name in names where !name.hasPrefix(".") {
                let relative = folder.isEmpty ? name : "\(folder)/\(name)"
                switch try TextDirectory.kind(ofEntry: "\(path)/\(relative)") {
                case .directory where isSymbolicLink("\(path)/\(relative)"):
                    notices.append(.directoryLinkSkipped(path: "\(path)/\(relative)"))
                case .directory: pending.append(relative)
                case .regularFile where CorpusFormat.promised(byName: name) == .text: relativePaths.append(relative)
                case .regularFile, .stream, nil: skipped.append(relative)
                }
            }
        }
        relativePaths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        notices.sort { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
        if let first = skipped.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            notices.append(.filesSkipped(directory: path, count: skipped.count, first: first))
        }
        guard !relativePaths.isEmpty else { throw .directoryWithoutTexts(path: path) }
    }

    /// What an entry leads to, or nil for a symbolic link that leads nowhere.
    private static func kind(ofEntry path: String) throws(CorpusError) -> PathKind? {
        do throws(CorpusError) {
            return try PathKind(of: path)
        } catch .notFound {
            return nil
        }
    }

    private func isSymbolicLink(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFLNK
    }
}
