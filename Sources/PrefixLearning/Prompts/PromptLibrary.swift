import Foundation

/// Prompts from one or more files, each under its own name.
public struct PromptLibrary: Sendable {
    /// A file that was loaded.
    public struct LoadedFile: Hashable, Sendable {
        /// The path under which it was read.
        public let path: String
        /// What is in it.
        public let contents: PromptFile
    }

    /// The files in the order in which they were loaded.
    public let files: [LoadedFile]
    private let places: [PromptID: PromptPlace]

    /// Loads files and directories.
    ///
    /// - Parameter paths: Files, and directories, of which every `.json` file is loaded, subdirectories included, in
    ///   the order of the paths' bytes. Files and directories whose names begin with a dot are passed over; links to
    ///   directories are not followed.
    /// - Throws: ``PromptError``, also when two files have a prompt of the same name: which one was meant is not for a
    ///   program to guess.
    public init(paths: [String]) throws(PromptError) {
        var files: [LoadedFile] = []
        var places: [PromptID: PromptPlace] = [:]
        for path in paths {
            for file in try Self.promptFiles(at: path) {
                let read = try PromptFileReader(path: file).file(try PromptBytes.read(file))
                for (prompt, place) in zip(read.file.prompts, read.places) {
                    if let first = places.updateValue(place, forKey: prompt.id) {
                        throw .duplicateID(prompt.id, first: first, second: place)
                    }
                }
                files.append(LoadedFile(path: file, contents: read.file))
            }
        }
        self.files = files
        self.places = places
    }

    /// All prompts in the order of the files.
    public var prompts: [PromptTemplate] { files.flatMap(\.contents.prompts) }

    /// The prompt of a name.
    public subscript(id: PromptID) -> PromptTemplate? {
        files.lazy.flatMap(\.contents.prompts).first { $0.id == id }
    }

    /// Where a prompt was read.
    public func place(of id: PromptID) -> PromptPlace? { places[id] }

    /// The exact tokens of learned prompts that were learned for a model.
    ///
    /// - Parameter model: The model's identity, as ``/Inference/ServerProperties/modelIdentity`` tells it; tokens of
    ///   other models mean nothing to it.
    public func exactElicitations(forModel model: String) -> [PromptID: Elicitation] {
        var exact: [PromptID: Elicitation] = [:]
        for learned in files.compactMap(\.contents.learned) where learned.model == model {
            for tokens in learned.tokens { exact[tokens.id] = tokens }
        }
        return exact
    }

    /// Chooses the prompts that can be used for every document of a corpus.
    ///
    /// A prompt that lacks something for a single document is left out of the whole corpus: to use it where it can be
    /// used would compare documents that were asked in different ways.
    ///
    /// - Parameter fields: The fields of all documents, both arms together.
    /// - Throws: ``PromptError/invalidPrompt(_:id:problem:)`` when a name in braces is neither a field of any document
    ///   nor one of ``MetadataFields/standardNames``.
    public func applicable(to fields: MetadataFields) throws(PromptError) -> ApplicablePrompts {
        var prompts: [PromptTemplate] = []
        var notices: [PromptNotice] = []
        for prompt in self.prompts {
            for name in prompt.fields where fields[name] == nil && !MetadataFields.standardNames.contains(name) {
                throw .invalidPrompt(
                    places[prompt.id] ?? PromptPlace(file: "", line: 1), id: prompt.id.rawValue,
                    problem: .unknownPlaceholder(name, known: fields.fields.map(\.name)))
            }
            if let name = prompt.fields.first(where: { fields.documentsWithout($0) > 0 }) {
                notices.append(
                    .missingMetadata(
                        prompt.id, field: name, documents: fields.documentsWithout(name), of: fields.documentCount))
            } else {
                prompts.append(prompt)
            }
        }
        return ApplicablePrompts(prompts: prompts, notices: notices)
    }

    private static func promptFiles(at path: String) throws(PromptError) -> [String] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw .notFound(path: path)
        }
        guard isDirectory.boolValue else { return [path] }
        var files: [String] = []
        try collect(path, into: &files)
        guard !files.isEmpty else { throw .noFiles(directory: path) }
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func collect(_ directory: String, into files: inout [String]) throws(PromptError) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
            throw .system(operation: "list", path: directory, reason: error.localizedDescription)
        }
        for name in names where !name.hasPrefix(".") {
            let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
            let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
            if type == .typeDirectory {
                try collect(path, into: &files)
            } else if name.hasSuffix(".json") {
                files.append(path)
            }
        }
    }
}

/// The prompts of a library that a corpus can be asked with.
public struct ApplicablePrompts: Sendable {
    /// The prompts, in the order of the library.
    public let prompts: [PromptTemplate]
    /// What was left out, and why.
    public let notices: [PromptNotice]
}

/// Something about prompts that stops nothing, but that their user should know.
public enum PromptNotice: Hashable, Sendable, CustomStringConvertible {
    /// A prompt is left out because some documents lack a field that it names.
    case missingMetadata(PromptID, field: String, documents: Int, of: Int)
    /// A field makes no header because some documents lack it.
    case incompleteField(String, documents: Int, of: Int)

    /// One sentence: what, why, and what it means.
    public var description: String {
        switch self {
        case .missingMetadata(let id, let field, let documents, let all):
            "prompt \(quoted(id.rawValue)) is left out: \(documents) of \(all) documents have no \(quoted(field))."
        case .incompleteField(let field, let documents, let all):
            "no header uses the field \(quoted(field)): \(documents) of \(all) documents lack it."
        }
    }
}
