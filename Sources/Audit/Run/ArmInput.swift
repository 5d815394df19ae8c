import Corpus
import Crypto

/// The documents of one arm as they were read, with the digests of the files that they came from.
public struct ArmInput: Sendable {
    /// The arm.
    public let arm: Arm
    /// What was read.
    public let corpus: LoadedCorpus
    /// The files, with their digests.
    public let files: [InputFile]

    /// Reads a corpus and hashes its files in one pass.
    ///
    /// - Parameters:
    ///   - arm: The arm that the documents belong to.
    ///   - source: A file, a directory or standard input.
    ///   - options: Format and field names.
    /// - Throws: `CorpusError`, whose description is one line for people.
    /// - Complexity: O(*n*) in the bytes read.
    public init(arm: Arm, source: CorpusSource, options: ReadingOptions) throws(CorpusError) {
        self.arm = arm
        var hashes: [String: SHA256] = [:]
        corpus = try CorpusReader.read(source, options: options) { file, chunk in
            chunk.withUnsafeBytes { hashes[file, default: SHA256()].update(bufferPointer: $0) }
        }
        files = corpus.files.map { file in
            let digest = hashes[file.path]?.finalize()
            return InputFile(
                arm: arm, path: file.path, bytes: file.byteCount,
                sha256: String(decoding: hexDigits(digest ?? SHA256().finalize()), as: UTF8.self))
        }
    }
}
