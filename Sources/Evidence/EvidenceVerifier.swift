import Audit
import Foundation

/// Checks bundles and journals without trusting anything in them.
public enum EvidenceVerifier {
    /// Most bytes of a file of a bundle that are read.
    static let largestFile = 256 << 20

    // MARK: Journals

    /// Checks the journal of a run: every line's hash, and the hash of the plan.
    ///
    /// - Parameter directory: The run directory.
    /// - Returns: What holds and what does not; nothing is thrown, because a damaged journal is an answer.
    /// - Complexity: O(*n*) in the size of the journal.
    public static func verify(run directory: String) -> EvidenceReport {
        EvidenceReport(findings: journal(directory, windows: [], expected: nil))
    }

    private struct PlanHeader: Decodable {
        let plan: AuditPlan
        let planHash: String
    }

    private static func journal(
        _ directory: String, windows: [BundleRecord.Window], expected: BundleRecord.Journal?
    ) -> [EvidenceFinding] {
        var findings: [EvidenceFinding] = []
        // A journal may go on after a bundle was made; what stood at its end then must still be there.
        let ends = windows.map { ($0.line, [$0.chain]) } + (expected.map { [($0.lines, [$0.lastChain])] } ?? [])
        var wanted = Dictionary(ends) { $0 + $1 }
        do {
            let extent = try JournalReader(directory: directory).read { line in
                for chain in wanted.removeValue(forKey: line.sequence) ?? [] where chain != line.chain {
                    findings.append(.otherJournal(expected: chain, found: line.chain))
                }
                // Journals of other verbs have other headers, whose plans are not this module's business.
                guard line.sequence == 1, let header = try? line.decode(PlanHeader.self) else { return }
                let hash = try header.plan.hash()
                if hash != header.planHash { findings.append(.planChanged(expected: header.planHash, found: hash)) }
            }
            for line in wanted.keys.sorted() {
                findings.append(.otherJournal(expected: wanted[line]?.first ?? "", found: "no line \(line)"))
            }
            findings.insert(
                .journalHolds(lines: extent.lineCount, bytes: extent.byteCount, lastChain: extent.lastChain), at: 0)
            if case .tornTail(let offset) = extent.ending { findings.append(.journalTorn(byteOffset: offset)) }
        } catch {
            findings.append(.journalDamaged(reason: "\(error)"))
        }
        return findings
    }

    // MARK: Bundles

    /// Checks a bundle: its manifest, missing and extra files, requests against their recorded hashes, journal lines
    /// against theirs, and, where a run is given, that its journal holds these lines.
    ///
    /// - Parameters:
    ///   - directory: The bundle.
    ///   - run: The run directory that it was made from, if it is at hand.
    /// - Returns: What holds and what does not; nothing is thrown, because a damaged bundle is an answer.
    /// - Complexity: O(*n*) in the sizes of the files.
    public static func verify(bundle directory: String, against run: String? = nil) -> EvidenceReport {
        var findings: [EvidenceFinding] = []
        let manifest: Manifest
        switch read(directory, BundleLayout.manifest) {
        case .failure(let finding):
            return EvidenceReport(findings: [.noManifest(reason: finding.description)])
        case .success(let bytes):
            switch Manifest.read(String(decoding: bytes, as: UTF8.self)) {
            case .success(let read): manifest = read
            case .failure(let line):
                return EvidenceReport(
                    findings: [
                        .noManifest(reason: "line \(line.number) of \(BundleLayout.manifest) is no hash and path")
                    ])
            }
        }
        findings += files(directory, manifest)
        let record: BundleRecord
        switch read(directory, BundleLayout.record) {
        case .failure(let finding): return EvidenceReport(findings: findings + [.noRecord(reason: finding.description)])
        case .success(let bytes):
            do {
                record = try JSONDecoder().decode(BundleRecord.self, from: Data(bytes))
            } catch {
                return EvidenceReport(findings: findings + [.noRecord(reason: "it is not what this program writes")])
            }
        }
        findings += windows(directory, record)
        if let run { findings += journal(run, windows: record.windows, expected: record.journal) }
        return EvidenceReport(findings: findings)
    }

    private static func files(_ directory: String, _ manifest: Manifest) -> [EvidenceFinding] {
        var findings: [EvidenceFinding] = []
        for entry in manifest.entries {
            switch read(directory, entry.path) {
            case .failure(let finding): findings.append(finding)
            case .success(let bytes):
                let found = sha256Hex(bytes)
                if found != entry.sha256 {
                    findings.append(.fileChanged(path: entry.path, expected: entry.sha256, found: found))
                }
            }
        }
        let named = Set(manifest.entries.map(\.path)).union([BundleLayout.manifest])
        let there = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
        for path in there.sorted() where !named.contains(path) && type(of: "\(directory)/\(path)") != .typeDirectory {
            findings.append(.fileExtra(path: path))
        }
        return findings.isEmpty ? [.filesHold(count: manifest.entries.count)] : findings
    }

    private static func windows(_ directory: String, _ record: BundleRecord) -> [EvidenceFinding] {
        var findings: [EvidenceFinding] = []
        var (requests, lines) = (0, 0)
        for (index, window) in record.windows.enumerated() {
            // The record might name any place; only a bundle's own are looked at.
            let folder = BundleLayout.directory(index + 1)
            switch read(directory, "\(folder)/\(BundleLayout.request)") {
            case .success(let bytes) where sha256Hex(bytes) == window.probe: requests += 1
            case .success where !window.requestIsRecorded: break
            case .success: findings.append(.requestChanged(directory: folder))
            case .failure(let finding): findings.append(finding)
            }
            switch read(directory, "\(folder)/\(BundleLayout.journalLine)") {
            case .success(let bytes) where LineForm.holds(bytes, chain: window.chain, after: window.previousChain):
                lines += 1
            case .success: findings.append(.lineBroken(directory: folder))
            case .failure(let finding): findings.append(finding)
            }
        }
        return [.requestsHold(count: requests), .linesHold(count: lines)] + findings
    }

    // MARK: Files

    /// Reads a regular file below a directory, without following links.
    private static func read(_ directory: String, _ path: String) -> Result<[UInt8], EvidenceFinding> {
        var place = directory
        for part in path.split(separator: "/") {
            place += "/\(part)"
            switch type(of: place) {
            case nil: return .failure(.fileMissing(path: path))
            case .typeDirectory?, .typeRegular?: continue
            default: return .failure(.unreadable(path: path, reason: "it is a link, a pipe or a device"))
            }
        }
        guard type(of: place) == .typeRegular else {
            return .failure(.unreadable(path: path, reason: "it is a directory"))
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: place))?[.size] as? Int
        guard let size, size <= largestFile else {
            return .failure(.unreadable(path: path, reason: "it has more than \(largestFile) bytes"))
        }
        guard let data = FileManager.default.contents(atPath: place) else {
            return .failure(.unreadable(path: path, reason: "it may not be read"))
        }
        return .success(Array(data))
    }

    /// What stands at a path, links not followed.
    private static func type(of path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }
}

extension EvidenceFinding: Error {}
