/// A list of files with their hashes, in the form that `sha256sum -c` reads: hash, two spaces, path.
struct Manifest {
    /// A file.
    struct Entry: Hashable {
        /// The path below the bundle.
        let path: String
        /// 64 lower-case hexadecimal digits.
        let sha256: String
    }

    let entries: [Entry]

    init(entries: [Entry]) { self.entries = entries }

    /// Reads a manifest, or returns the number of the first line that is none.
    static func read(_ text: String) -> Result<Manifest, BadLine> {
        var entries: [Entry] = []
        var seen: Set<String> = []
        let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if line.isEmpty, index + 1 == lines.count { break }
            let (digits, path) = (line.prefix(64), line.dropFirst(66))
            let isLine =
                digits.count == 64
                && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
                && line.dropFirst(64).starts(with: [0x20, 0x20]) && isSafe(Array(path))
            let name = String(decoding: path, as: UTF8.self)
            guard isLine, seen.insert(name).inserted else { return .failure(BadLine(number: index + 1)) }
            entries.append(Entry(path: name, sha256: String(decoding: digits, as: UTF8.self)))
        }
        return .success(Manifest(entries: entries))
    }

    /// A line that is not a hash and a path below the bundle.
    struct BadLine: Error { let number: Int }

    /// The manifest's text, by the bytes of its paths.
    var text: String {
        entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
            .map { "\($0.sha256)  \($0.path)\n" }.joined()
    }

    /// Whether a path stays below the bundle and names what it says.
    private static func isSafe(_ path: [UInt8]) -> Bool {
        !path.isEmpty && path.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
            && path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
    }
}
