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
        let paths = try settings.resolve(prompts, key: "prompts", default: [])
        let library = try PromptSelection(paths: paths)
        return LearningOptions(
            mode: LearningMode(rawValue: mode) ?? .none, budget: LearningBudget(argument: budget) ?? .standard,
            share: LearningFraction(share) ?? .standard, prompts: library.prompts, exact: library.exact(forModel:))
    }
}
