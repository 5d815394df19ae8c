import Audit
import Corpus

/// The texts of a run's documents, read again from the files that the journal names, or why they are not at hand.
///
/// A journal holds token ids and replies, not the documents. Files count as the recorded ones only if every one of an
/// arm has the recorded size and SHA-256.
public struct SourceTexts: Sendable {
    /// The texts by document.
    private let texts: [ArmedDocument: String]
    /// For each arm without texts, why.
    public let absences: [Arm: Absence]

    /// Why the texts of an arm are not at hand.
    public enum Absence: Hashable, Sendable, CustomStringConvertible {
        /// Nobody looked for them.
        case notLooked
        /// They came from standard input.
        case standardInput
        /// The journal names no file or directory that they could be read from.
        case noFile
        /// The files cannot be read any more.
        case unreadable(reason: String)
        /// The files are not what was audited.
        case changed(path: String)

        /// The reason, as the rest of a sentence that begins with "The texts are not at hand: ".
        public var description: String {
            switch self {
            case .notLooked: "the input files were not looked for"
            case .standardInput: "they came from standard input"
            case .noFile: "the journal does not name the files that they came from"
            case .unreadable(let reason): reason
            case .changed(let path): "\(path) is not the file that was audited (its size or SHA-256 differs)"
            }
        }
    }

    /// No texts, because nobody looked for them.
    public static let notLooked = SourceTexts(texts: [:], absences: [.suspect: .notLooked, .control: .notLooked])

    private init(texts: [ArmedDocument: String], absences: [Arm: Absence]) {
        self.texts = texts
        self.absences = absences
    }

    /// Reads the input files of a run again.
    ///
    /// Paths are taken as they were given then, so relative ones are looked up from the current directory. Where the
    /// documents are and how they are read is taken from the recorded command line, unless it is told.
    ///
    /// - Parameters:
    ///   - header: The run's header.
    ///   - locations: Where to read an arm's documents from, for files that were moved.
    ///   - options: Format and field names, or `nil` for the recorded ones.
    /// - Complexity: O(*n*) in the bytes of the files.
    public init(_ header: RunHeader, locations: [Arm: CorpusSource] = [:], options: ReadingOptions? = nil) {
        let command = RecordedCommand(header.arguments)
        var texts: [ArmedDocument: String] = [:]
        var absences: [Arm: Absence] = [:]
        for arm in Arm.allCases {
            let recorded = header.files.filter { $0.arm == arm }
            if recorded.isEmpty {
                absences[arm] = .noFile
                continue
            }
            let alone = recorded.count == 1 ? recorded.first.map { CorpusSource.path($0.path) } : nil
            guard let source = locations[arm] ?? command.source(of: arm) ?? alone else {
                absences[arm] = .noFile
                continue
            }
            if case .standardInput = source {
                absences[arm] = .standardInput
                continue
            }
            do throws(CorpusError) {
                let input = try ArmInput(arm: arm, source: source, options: options ?? command.readingOptions)
                if let changed = Self.firstDifference(recorded, input.files) {
                    absences[arm] = .changed(path: changed)
                    continue
                }
                for document in input.corpus.documents {
                    texts[ArmedDocument(arm: arm, document: document.id)] = document.text
                }
            } catch {
                absences[arm] = .unreadable(reason: error.description)
            }
        }
        self.init(texts: texts, absences: absences)
    }

    /// The text of a document, if it is at hand.
    public subscript(_ document: ArmedDocument) -> String? { texts[document] }

    /// Whether any text is at hand.
    public var isEmpty: Bool { texts.isEmpty }

    /// The path of the first file that is not as recorded, or `nil`; a moved file counts as the one of its place.
    private static func firstDifference(_ recorded: [InputFile], _ found: [InputFile]) -> String? {
        for (old, new) in zip(recorded, found) where old.sha256 != new.sha256 || old.bytes != new.bytes {
            return new.path
        }
        if recorded.count < found.count { return found[recorded.count].path }
        return recorded.count > found.count ? recorded[found.count].path : nil
    }
}

/// What a recorded command line says of the documents.
struct RecordedCommand {
    private let values: [String: String]

    /// Reads options of the forms `--name value` and `--name=value`; the last one counts.
    init(_ arguments: [String]) {
        var values: [String: String] = [:]
        for (index, argument) in arguments.enumerated() where argument.hasPrefix("--") {
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 {
                values[String(parts[0])] = String(parts[1])
            } else if index + 1 < arguments.count {
                values[String(parts[0])] = arguments[index + 1]
            }
        }
        self.values = values
    }

    /// The file or directory of an arm.
    func source(of arm: Arm) -> CorpusSource? { values[arm.rawValue].map(CorpusSource.init(argument:)) }

    /// Format and field names.
    var readingOptions: ReadingOptions {
        ReadingOptions(
            format: values["format"].flatMap(CorpusFormat.init(rawValue:)), textField: values["text-field"] ?? "text",
            idField: values["id-field"])
    }
}
