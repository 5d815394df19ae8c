import Audit

/// Some lines of a verified journal, with what names the whole of it.
struct JournalExcerpt {
    /// A line as it stands in the journal.
    struct Line {
        let sequence: Int
        let previousChain: String
        let chain: String
        /// The exact bytes, with the line feed.
        let bytes: [UInt8]
    }

    /// The lines by the place of their observation.
    let lines: [Int: Line]
    let journal: BundleRecord.Journal

    /// Reads and verifies the journal of a run.
    ///
    /// - Parameters:
    ///   - directory: The run directory.
    ///   - observations: How many observations the run was read with.
    ///   - places: Places among them.
    /// - Throws: ``EvidenceError``: `journal`, or `journalChanged`.
    init(directory: String, observations: Int, places: Set<Int>) throws(EvidenceError) {
        var lines: [Int: Line] = [:]
        var place = 0
        var previous = LineForm.firstChain
        let reader = JournalReader(directory: directory)
        let extent: JournalExtent
        let digest: FileDigest
        do {
            extent = try reader.read { line in
                if line.kind == LineForm.observation {
                    if places.contains(place) {
                        lines[place] = Line(
                            sequence: line.sequence, previousChain: previous, chain: line.chain,
                            bytes: LineForm.bytes(line))
                    }
                    place += 1
                }
                previous = line.chain
            }
            digest = try FileDigest(ofFile: reader.path)
        } catch {
            throw .journal(directory: directory, reason: "\(error)")
        }
        guard place == observations else { throw .journalChanged(directory: directory) }
        self.lines = lines
        journal = BundleRecord.Journal(
            byteCount: digest.byteCount, sha256: digest.sha256, lines: extent.lineCount, lastChain: extent.lastChain)
    }
}

/// The form of a journal's lines, as `JournalLine` documents it.
enum LineForm {
    static let observation = "observation"
    static let firstChain = String(repeating: "0", count: 64)

    /// A line as it stands in the file, with its line feed.
    static func bytes(_ line: JournalLine) -> [UInt8] {
        Array("{\"chain\":\"\(line.chain)\",".utf8) + body(line) + [0x0a]
    }

    /// What follows the chain.
    private static func body(_ line: JournalLine) -> [UInt8] {
        Array("\"kind\":\"\(line.kind)\",\"record\":".utf8) + line.recordBytes
            + Array(",\"seq\":\(line.sequence)}".utf8)
    }

    /// Whether a line carries the hash of itself after another: the check that `JournalLine` describes.
    static func holds(_ line: [UInt8], chain: String, after previous: String) -> Bool {
        let head = Array("{\"chain\":\"\(chain)\",".utf8)
        guard line.starts(with: head), line.last == 0x0a else { return false }
        let hashed = Array(previous.utf8) + [0x0a, UInt8(ascii: "{")] + line.dropFirst(head.count).dropLast()
        return sha256Hex(hashed) == chain
    }
}
