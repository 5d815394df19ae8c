import ArgumentParser
import Audit
import Corpus
import Inference
import PrefixLearning

/// Whether and how prefixes are learned before the test.
struct LearningFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What is learned before the test, from documents that are then not tested: none, one universal prefix, a "
                + "policy that chooses one for each document, or prefixes written by an inducer (default: none).",
            valueName: "mode"))
    var learn: String?

    @Option(
        help: ArgumentHelp(
            "What learning may cost: a number of requests, or a time such as 10m (default: 4000).", valueName: "budget")
    )
    var budget: String?

    @Option(
        help: ArgumentHelp(
            "Share of the documents that is learned from, between 0 and 1 (default: 0.25).", valueName: "share"))
    var learningShare: Double?

    @Option(
        help: ArgumentHelp(
            "A file or directory of prompts that compete beside the curated ones; repeat it.", valueName: "path"))
    var prompts: [String] = []

    @Option(help: ArgumentHelp("A running llama.cpp server whose model writes prefixes.", valueName: "url"))
    var inducerServer: String?

    @Option(help: ArgumentHelp("A .gguf file whose model writes prefixes.", valueName: "file"))
    var inducerModel: String?

    @Option(
        help: ArgumentHelp(
            "A command that trains the inducer: it is given a file of pairs and the path of the .gguf file to write.",
            valueName: "command"))
    var inducerTrainer: String?

    @Option(help: ArgumentHelp("Longest time for the trainer (default: 1h).", valueName: "time"))
    var inducerTrainerTimeout: Duration?

    /// Resolves everything; the prompts are read and checked.
    ///
    /// - Parameter standardMode: What is learned when nothing is said.
    func resolve(
        _ settings: inout SettingsSource, standardMode: LearningMode = .none
    ) throws -> LearningOptions {
        let modes = LearningMode.allCases.map(\.rawValue)
        let mode = try settings.resolve(
            learn, key: "learn", default: standardMode.rawValue,
            expecting: "one of \(modes.joined(separator: ", "))", where: modes.contains)
        let budget = try settings.resolve(
            budget, key: "budget", default: LearningBudget.standard.description,
            expecting: "a number of requests, or a time such as 90s, 10m or 1h",
            where: { LearningBudget(argument: $0) != nil })
        let share = try settings.resolve(
            learningShare, key: "learning-share", default: LearningFraction.standard.value,
            expecting: "above 0 and below 1", where: { $0 > 0 && $0 < 1 })
        let inducer = try inducer(&settings)
        guard mode != LearningMode.inducer.rawValue || inducer != nil else { throw LearningError.noInducer }
        let paths = try settings.resolve(prompts, key: "prompts", default: [])
        let library = try PromptSelection(paths: paths)
        return LearningOptions(
            mode: LearningMode(rawValue: mode) ?? .none, budget: LearningBudget(argument: budget) ?? .standard,
            share: LearningFraction(share) ?? .standard, prompts: library.prompts, exact: library.exact(forModel:),
            inducer: inducer)
    }

    private func inducer(_ settings: inout SettingsSource) throws -> InducerServers? {
        let url = try settings.resolve(inducerServer, key: "inducer-server")
        let model = try settings.resolve(inducerModel, key: "inducer-model")
        let command = try settings.resolve(inducerTrainer, key: "inducer-trainer")
        let timeout = try settings.resolve(
            inducerTrainerTimeout, key: "inducer-trainer-timeout", default: .seconds(3600),
            expecting: "a time above zero", where: { $0 > .zero })
        guard url == nil || model == nil else {
            throw ValidationError("give either --inducer-server or --inducer-model, not both")
        }
        guard let name = url ?? model else {
            guard command == nil else { throw ValidationError("--inducer-trainer needs an inducer to begin with") }
            return nil
        }
        return InducerServers(
            name: name, address: try url.map { try ServerAddress($0) },
            trainer: command.map { TrainerCommand(command: $0, timeout: timeout) })
    }
}
