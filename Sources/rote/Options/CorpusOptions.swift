import ArgumentParser
import Audit
import Corpus

/// Which documents are tested against which.
struct CorpusOptions: ParsableArguments {
    @Option(
        name: [.long, .customLong("corpus")],
        help: ArgumentHelp(
            "Documents that may have been memorized: a .jsonl, .csv or .txt file (or its .gz), a directory of text "
                + "files, or - for standard input.", valueName: "path"))
    var suspect: String?

    @Option(
        help: ArgumentHelp(
            "Held-out documents from the same source that the model cannot have seen; without them there are "
                + "estimates and no verdict.", valueName: "path"))
    var control: String?

    @Option(help: ArgumentHelp("The field or column that holds the text (default: text).", valueName: "name"))
    var textField: String?

    @Option(help: ArgumentHelp("The field or column that holds the document's name.", valueName: "name"))
    var idField: String?

    @Option(help: ArgumentHelp("jsonl, csv or text, when the file's name does not tell.", valueName: "format"))
    var format: String?

    /// Reads both arms and says what was noticed about them.
    func read(_ settings: inout SettingsSource, _ console: Console) throws -> (suspect: ArmInput, control: ArmInput?) {
        let suspectPath = try settings.require(suspect, key: "suspect")
        let controlPath = try settings.resolve(control, key: "control")
        let formats = CorpusFormat.allCases.map(\.rawValue)
        let format = try settings.resolve(
            format, key: "format", expecting: "one of \(formats.joined(separator: ", "))", where: formats.contains)
        let options = ReadingOptions(
            format: format.flatMap(CorpusFormat.init(rawValue:)),
            textField: try settings.resolve(textField, key: "text-field", default: "text"),
            idField: try settings.resolve(idField, key: "id-field"))
        guard suspectPath != "-" || controlPath != "-" else {
            throw ValidationError("--suspect and --control cannot both be standard input")
        }
        let suspect = try read(.suspect, suspectPath, options, console)
        let control = try controlPath.map { try read(.control, $0, options, console) }
        return (suspect, control)
    }

    private func read(
        _ arm: Arm, _ path: String, _ options: ReadingOptions, _ console: Console
    ) throws -> ArmInput {
        let input = try ArmInput(arm: arm, source: CorpusSource(argument: path), options: options)
        for notice in input.corpus.notices.prefix(Self.shownNotices) { console.note("note: \(notice)") }
        let more = input.corpus.notices.count - Self.shownNotices
        if more > 0 { console.note("note: \(more) more notices about \(path); --verbose shows them") }
        for notice in input.corpus.notices.dropFirst(Self.shownNotices) { console.detail("note: \(notice)") }
        return input
    }

    private static let shownNotices = 5
}
