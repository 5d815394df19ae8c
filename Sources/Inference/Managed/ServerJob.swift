import Foundation

/// What a managed server has to do.
public struct ServerJob: Hashable, Sendable {
    /// Path of the model file.
    public let model: String
    /// Number of sequences to work on at once.
    public let slots: Int
    /// Context of one slot, in tokens.
    public let contextTokensPerSlot: Int
    /// Number of threads, or `nil` for the server's own choice.
    public let threads: Int?

    /// Models smaller than this many bytes run on one thread unless something else is asked for.
    ///
    /// Their layers take microseconds, and threads that wait for each other in between take longer: 240 windows of a
    /// model of 5 MB took ten times as long on two threads as on one.
    static let tinyModel = 32 << 20
    /// Tokens that a slot must hold beyond what is sent, for the token that ends a reply and the server's own needs.
    static let spareTokens = 16
    /// Servers work in blocks of this many tokens.
    static let contextBlock = 64
    /// The most tokens that a server can be told to hold, over all slots: its own count is a 32-bit integer.
    static let largestContext = Int(Int32.max)

    /// Fits a job to windows.
    ///
    /// - Parameters:
    ///   - model: Path of a GGUF file.
    ///   - slots: Number of sequences, or `nil` to choose by the size of the model.
    ///   - windowTokens: Prefix and suffix of the longest window together, in tokens.
    ///   - threads: Number of threads, or `nil` to choose by the size of the model.
    /// - Throws: ``InferenceError/notStarted(detail:hint:)`` when the file is missing or not GGUF, or when no server
    ///   could hold as many tokens.
    public init(model: String, slots: Int? = nil, windowTokens: Int, threads: Int? = nil) throws(InferenceError) {
        let bytes = try Self.sizeOfGGUF(at: model)
        let slots = slots ?? Self.suitableSlots(modelBytes: bytes)
        let spare = Self.spareTokens + Self.contextBlock
        guard slots >= 1, windowTokens >= 1, windowTokens <= Self.largestContext / slots - spare else {
            throw .notStarted(
                detail: "no server holds \(slots) slots of \(windowTokens) tokens",
                hint: "use shorter windows or fewer --slots")
        }
        self.model = model
        self.slots = slots
        let needed = windowTokens + Self.spareTokens
        contextTokensPerSlot = max(256, (needed + Self.contextBlock - 1) / Self.contextBlock * Self.contextBlock)
        self.threads = threads ?? (bytes < Self.tinyModel ? 1 : nil)
    }

    /// More sequences at once use a processor better, and each costs memory in proportion to the model.
    private static func suitableSlots(modelBytes: Int) -> Int {
        switch modelBytes {
        case ..<(1 << 30): 32
        case ..<(8 << 30): 16
        default: 8
        }
    }

    /// Checks that a file begins as GGUF files do and returns its size in bytes.
    private static func sizeOfGGUF(at path: String) throws(InferenceError) -> Int {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
            throw .notStarted(detail: "no model file at \(path)", hint: "check the path given to --model")
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .notStarted(detail: "cannot read \(path)", hint: "check the file's permissions")
        }
        defer { try? file.close() }
        guard let magic = try? file.read(upToCount: 4), magic == Data("GGUF".utf8) else {
            throw .notStarted(
                detail: "\(path) is not a GGUF model file",
                hint: "give a .gguf file; other formats can be converted with llama.cpp's convert_hf_to_gguf.py")
        }
        return Int((try? file.seekToEnd()) ?? 0)
    }
}
