import CuratedPrompts
import PrefixLearning

/// The curated prompts and those of the user's own files.
struct PromptSelection {
    /// The prompts, the curated ones first.
    let prompts: [PromptTemplate]
    /// The user's files.
    private let library: PromptLibrary

    /// Reads the user's files.
    ///
    /// - Parameter paths: Files and directories.
    /// - Throws: ``PromptError``, also when a file has a prompt of a curated one's name.
    init(paths: [String]) throws {
        var curated: [PromptTemplate] = []
        for file in CuratedPrompts.files { curated += try PromptFile.parse(file.text, name: file.name).prompts }
        library = try PromptLibrary(paths: paths)
        for prompt in library.prompts where curated.contains(where: { $0.id == prompt.id }) {
            let place = library.place(of: prompt.id) ?? PromptPlace(file: paths.first ?? "", line: 1)
            throw PromptError.duplicateID(
                prompt.id, first: PromptPlace(file: "the curated prompts", line: 1), second: place)
        }
        prompts = curated + library.prompts
    }

    /// The prompts of the user's own files.
    var own: [PromptTemplate] { library.prompts }

    /// The exact tokens of learned prompts for a model.
    func exact(forModel model: String) -> [PromptID: Elicitation] { library.exactElicitations(forModel: model) }
}
