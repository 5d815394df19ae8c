/// One thing that was checked, and how it came out.
public enum EvidenceFinding: Sendable, Hashable, CustomStringConvertible {
    /// Every file of the manifest is as it was written.
    case filesHold(count: Int)
    /// A file has another content than the manifest says.
    case fileChanged(path: String, expected: String, found: String)
    /// A file of the manifest is not there.
    case fileMissing(path: String)
    /// A file is there that the manifest does not name.
    case fileExtra(path: String)
    /// Something of the bundle is a link, a pipe or a device, or cannot be read.
    case unreadable(path: String, reason: String)
    /// The manifest is missing or not one.
    case noManifest(reason: String)
    /// The bundle's record of itself is missing or not one.
    case noRecord(reason: String)
    /// The requests of so many windows are the recorded ones.
    case requestsHold(count: Int)
    /// A request's body does not have the recorded SHA-256.
    case requestChanged(directory: String)
    /// The journal lines of so many windows carry the right hashes.
    case linesHold(count: Int)
    /// A window's journal line does not carry the hash that it should.
    case lineBroken(directory: String)
    /// A journal's lines carry the right hashes from the first to the last.
    case journalHolds(lines: Int, bytes: Int, lastChain: String)
    /// A journal is damaged or cannot be read.
    case journalDamaged(reason: String)
    /// An incomplete line follows the last whole one of a journal.
    case journalTorn(byteOffset: Int)
    /// A journal is not the one that the bundle was made from.
    case otherJournal(expected: String, found: String)
    /// The plan of a journal does not have the hash that the journal says.
    case planChanged(expected: String, found: String)

    /// Whether the finding is as it should be; an incomplete last line is, because a run that is killed leaves one.
    public var holds: Bool {
        switch self {
        case .filesHold, .requestsHold, .linesHold, .journalHolds, .journalTorn: true
        default: false
        }
    }

    /// What was found, in one line.
    public var description: String {
        switch self {
        case .filesHold(let count): "all \(count) files are as they were written"
        case .fileChanged(let path, let expected, let found):
            "\(path) was changed: its SHA-256 is \(found), not \(expected)"
        case .fileMissing(let path): "\(path) is missing"
        case .fileExtra(let path): "\(path) is not in the manifest"
        case .unreadable(let path, let reason): "\(path) cannot be checked: \(reason)"
        case .noManifest(let reason): "the bundle is not whole: \(reason)"
        case .noRecord(let reason): "the bundle's record cannot be read: \(reason)"
        case .requestsHold(let count): "the requests of \(count) windows are the recorded ones"
        case .requestChanged(let directory): "the request of \(directory) is not the recorded one"
        case .linesHold(let count): "the journal lines of \(count) windows carry the right hashes"
        case .lineBroken(let directory): "the journal line of \(directory) does not carry the right hash"
        case .journalHolds(let lines, let bytes, let lastChain):
            "the journal is whole: \(lines) lines, \(bytes) bytes, last hash \(lastChain)"
        case .journalDamaged(let reason): "the journal is damaged: \(reason)"
        case .journalTorn(let byteOffset):
            "an incomplete line follows from byte \(byteOffset) of the journal on; it counts for nothing"
        case .otherJournal(let expected, let found):
            "the journal is another one: \(found) stands where the bundle says \(expected)"
        case .planChanged(let expected, let found): "the plan has the hash \(found), and the journal says \(expected)"
        }
    }
}

/// What a check found, in the order of checking.
public struct EvidenceReport: Sendable, Hashable {
    /// The findings.
    public let findings: [EvidenceFinding]
    /// Whether every one of them is as it should be.
    public var holds: Bool { findings.allSatisfy(\.holds) }
}
