import Audit
import Corpus

/// What a bundle says of itself: the file `bundle.json`.
public struct BundleRecord: Codable, Hashable, Sendable {
    /// Version of this format.
    public static let currentVersion = 1

    /// ``currentVersion`` of the program that wrote the bundle.
    public let version: Int
    /// The program that made the run.
    public let program: String
    /// The model, as its servers described it.
    public let model: String
    /// SHA-256 of the run's frozen plan.
    public let planHash: String
    /// The run's verdict, in one word.
    public let verdict: String
    /// The journal that the windows were taken from.
    public let journal: Journal
    /// The windows, in the order of their directories.
    public let windows: [Window]

    /// What names a journal.
    public struct Journal: Codable, Hashable, Sendable {
        /// Size in bytes.
        public let byteCount: Int
        /// SHA-256 of its bytes.
        public let sha256: String
        /// Number of lines.
        public let lines: Int
        /// The hash that ends at its last line.
        public let lastChain: String
    }

    /// A window of the bundle.
    public struct Window: Codable, Hashable, Sendable {
        /// The directory with its files, below the bundle.
        public let directory: String
        /// The arm of the document.
        public let arm: Arm
        /// The document.
        public let document: DocumentID
        /// Index of the window within its document.
        public let window: Int
        /// Token offset of the window in its document.
        public let start: Int
        /// Number of tokens that were sent.
        public let contextTokens: Int
        /// Number of tokens that were expected back.
        public let suffixTokens: Int
        /// Number of leading suffix tokens that came back, if a reply was generated.
        public let run: Int?
        /// Whether the whole suffix came back.
        public let isReproduced: Bool
        /// The recorded SHA-256 of the request's body.
        public let probe: String
        /// Whether the body in the bundle has this SHA-256.
        public let requestIsRecorded: Bool
        /// The server that answered.
        public let server: String
        /// The journal's line of the observation, from 1.
        public let line: Int
        /// The hash that ends at the line before.
        public let previousChain: String
        /// The hash that ends at the line.
        public let chain: String
        /// Where the expected text stands in its document, if the document is at hand.
        public let source: Source?
        /// What was put around the prefix, where a run has several ways of asking.
        public let elicitation: String?
    }

    /// A place in a document.
    public struct Source: Codable, Hashable, Sendable {
        /// First byte of the excerpt in the document's text (UTF-8).
        public let start: Int
        /// The byte after its last.
        public let end: Int
        /// Whether the place is exact; if not, the excerpt is wider than the expected text and holds about that.
        public let isExact: Bool
        /// SHA-256 of the document's whole text.
        public let documentSHA256: String
        /// Size of the document's whole text, in bytes.
        public let documentBytes: Int
    }
}

/// The names of a bundle's files.
enum BundleLayout {
    static let record = "bundle.json"
    static let manifest = "MANIFEST.sha256"
    static let readme = "README.txt"
    static let script = "replay.sh"
    static let request = "request.json"
    static let reply = "reply.txt"
    static let journalLine = "journal-line.json"
    static let source = "source.txt"

    /// The directory of the window with a number from 1.
    static func directory(_ number: Int) -> String {
        let digits = String(number)
        return "windows/" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
