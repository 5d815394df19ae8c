import Audit
import Foundation

/// Writes what was minted: the secret file, the texts to plant, and a note beside them.
public struct MintedFiles: Sendable {
    /// The file that must stay secret, readable by its owner only.
    public let secret: String
    /// The texts to plant, one JSON object with `id` and `text` per line.
    public let publish: String
    /// The note with the commitment, which may and should be made public.
    public let note: String

    /// Names the files.
    ///
    /// - Throws: ``CanaryError/samePath(_:)``.
    public init(secret: String, publish: String) throws(CanaryError) {
        self.secret = secret
        self.publish = publish
        note = publish + ".note.json"
        let secretPath = Self.standardized(secret)
        guard secretPath != Self.standardized(publish), secretPath != Self.standardized(note) else {
            throw .samePath(secret)
        }
    }

    /// Writes all files, or none; a file that exists is never overwritten.
    ///
    /// - Returns: The commitment.
    /// - Throws: ``CanaryError``.
    public func write(_ canaries: CanarySet) throws -> Commitment {
        let file = try SecretFile(canaries)
        let commitment = try Commitment(file.commitment)
        let files = [
            NewFile(path: secret, bytes: file.bytes, access: .ownerOnly),
            NewFile(path: publish, bytes: try Self.texts(canaries), access: .everybody),
            NewFile(path: note, bytes: try noteText(canaries, commitment), access: .everybody),
        ]
        for file in files where NewFile.exists(file.path) { throw CanaryError.exists(path: file.path) }
        var written: [NewFile] = []
        do {
            for file in files {
                try file.write()
                written.append(file)
            }
        } catch {
            for file in written { file.remove() }
            throw error
        }
        return commitment
    }

    // MARK: Contents

    private struct Text: Encodable {
        let id: String
        let text: String
    }

    private struct Note: Encodable {
        let about: String
        let commitment: String
        let canaries: Int
        let references: Int
        let bits: Int
        let repetitions: Int
    }

    /// One line per text to plant; repetitions stand as far apart as they can.
    private static func texts(_ set: CanarySet) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for repetition in 1...set.design.repetitions {
            for canary in set.canaries {
                let id = set.design.repetitions == 1 ? canary.id : "\(canary.id)-\(repetition)"
                bytes += try CanonicalJSON.encode(Text(id: id, text: canary.publishedText))
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        return bytes
    }

    private func noteText(_ set: CanarySet, _ commitment: Commitment) throws -> [UInt8] {
        let note = Note(
            about:
                "The commitment is the SHA-256 of the secret file that belongs to the texts beside this note. Make it "
                + "public, with a date, before the texts are planted, and plant nothing of this note.",
            commitment: commitment.sha256, canaries: set.design.count, references: set.design.references,
            bits: set.design.secret.bits, repetitions: set.design.repetitions)
        return try CanonicalJSON.encode(note) + [UInt8(ascii: "\n")]
    }

    /// The path without detours; the file itself does not exist yet, so only its directory can be looked at.
    private static func standardized(_ path: String) -> String {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        return url.deletingLastPathComponent().resolvingSymlinksInPath().appendingPathComponent(url.lastPathComponent)
            .path
    }
}
