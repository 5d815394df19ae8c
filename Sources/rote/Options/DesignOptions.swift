import ArgumentParser
import Audit
import Corpus
import Inference

/// How the audit is designed.
struct DesignOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Probability of calling an innocent model guilty (default: 0.01).", valueName: "p"))
    var alpha: Double?

    @Option(
        help: ArgumentHelp(
            "The rate of extracted documents above which a model is not cleared (default: 0.01).", valueName: "rate"))
    var delta: Double?

    @Option(help: ArgumentHelp("Length of the prefix; give --suffix-tokens too (default: chosen).", valueName: "n"))
    var prefixTokens: Int?

    @Option(help: ArgumentHelp("Length of the suffix that must come back (default: chosen).", valueName: "n"))
    var suffixTokens: Int?

    @Option(help: ArgumentHelp("Most windows per document (default: 4).", valueName: "n"))
    var windowsPerDocument: Int?

    @Option(help: ArgumentHelp("Suffix tokens scored in every window (default: 8).", valueName: "n"))
    var scoredTokens: Int?

    @Option(
        help: ArgumentHelp(
            "early ends the run as soon as the documents that came back decide, never asks about all of them "
                + "(default: early).", valueName: "when"))
    var stopping: String?

    @Option(
        help: ArgumentHelp(
            "staged asks more only where it can matter, full scores every suffix, generation-only uses no "
                + "probabilities (default: staged).", valueName: "how"))
    var staging: String?

    @Flag(
        inversion: .prefixedNo,
        help: "One slot and no cache: slower, and the same numbers every time on the same machine.")
    var strict: Bool?

    @Option(help: ArgumentHelp("Seed of every random choice (default: 1).", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Random arrangements of the permutation test (default: 99999).", valueName: "n"))
    var resamples: Int?

    @Option(help: ArgumentHelp("Tries after which sampling counts as extraction (default: 1000).", valueName: "n"))
    var samples: Int?

    @Option(help: ArgumentHelp("Probability that one of the tries succeeds (default: 0.5).", valueName: "p"))
    var probability: Double?

    @Option(
        help: ArgumentHelp(
            "The finished run of the same audit against a model that cannot have seen the documents; its verdict must "
                + "not be memorized.", valueName: "directory"))
    var negativeControl: String?

    /// Resolves the design; ranges are checked by the audit itself.
    func resolve(_ settings: inout SettingsSource) throws -> AuditOptions {
        var options = AuditOptions()
        options.alpha = try settings.resolve(alpha, key: "alpha", default: options.alpha)
        options.delta = try settings.resolve(delta, key: "delta", default: options.delta)
        options.windowsPerDocument = try settings.resolve(
            windowsPerDocument, key: "windows-per-document", default: options.windowsPerDocument)
        options.scoredTokens = try settings.resolve(
            scoredTokens, key: "scored-tokens", default: options.scoredTokens)
        let stoppings = Stopping.allCases.map(\.rawValue)
        let stopping = try settings.resolve(
            stopping, key: "stopping", default: options.stopping.rawValue,
            expecting: "one of \(stoppings.joined(separator: ", "))", where: stoppings.contains)
        options.stopping = Stopping(rawValue: stopping) ?? options.stopping
        let stagings = Staging.allCases.map(\.rawValue)
        let staging = try settings.resolve(
            staging, key: "staging", default: options.staging.rawValue,
            expecting: "one of \(stagings.joined(separator: ", "))", where: stagings.contains)
        options.staging = Staging(rawValue: staging) ?? options.staging
        options.strictness = try settings.resolve(strict, key: "strict", default: false) ? .strict : .fast
        options.seed = try settings.resolve(seed, key: "seed", default: options.seed)
        options.resamples = try settings.resolve(resamples, key: "resamples", default: options.resamples)
        let samples = try settings.resolve(samples, key: "samples", default: options.extractability.samples)
        let probability = try settings.resolve(
            probability, key: "probability", default: options.extractability.probability)
        guard let extractability = Extractability(samples: samples, probability: probability) else {
            throw ValidationError("--samples must be at least 1, and --probability between 0 and 1")
        }
        options.extractability = extractability
        options.negativeControl = try settings.resolve(negativeControl, key: "negative-control")
            .map { try NegativeControl(directory: $0) }
        options.shape = try shape(&settings)
        return options
    }

    private func shape(_ settings: inout SettingsSource) throws -> WindowShape? {
        let prefix = try settings.resolve(prefixTokens, key: "prefix-tokens")
        let suffix = try settings.resolve(suffixTokens, key: "suffix-tokens")
        switch (prefix, suffix) {
        case (nil, nil): return nil
        case (let prefix?, let suffix?):
            guard let shape = WindowShape(prefixTokens: prefix, suffixTokens: suffix) else {
                throw ValidationError("--prefix-tokens and --suffix-tokens must be at least 1")
            }
            return shape
        default: throw ValidationError("give --prefix-tokens and --suffix-tokens together")
        }
    }
}
