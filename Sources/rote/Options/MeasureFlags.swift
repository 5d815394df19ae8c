import ArgumentParser
import Inference
import Measurement
import PrefixLearning

/// What is measured, and how.
struct MeasureFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A published definition to follow: \(Preset.published.map(\.id.rawValue).joined(separator: ", ")).",
            valueName: "name"))
    var preset: String?

    @Option(
        help: ArgumentHelp("Lengths of the prefix, separated by commas (default: 50).", valueName: "lengths"))
    var prefixLengths: String?

    @Option(help: ArgumentHelp("Length of the suffix that is expected back (default: 50).", valueName: "n"))
    var suffixLength: Int?

    @Flag(inversion: .prefixedNo, help: "Count lengths in words, so that different tokenizers are asked the same.")
    var words: Bool?

    @Option(
        help: ArgumentHelp(
            "From the beginning of one window to the next; 0 asks about the start of each document alone (default: 50).",
            valueName: "n"))
    var stride: Int?

    @Option(help: ArgumentHelp("Most windows per document and prefix length (default: all).", valueName: "n"))
    var windowsPerDocument: Int?

    @Option(help: ArgumentHelp("Replies drawn at random in addition to the greedy one (default: 0).", valueName: "n"))
    var draws: Int?

    @Option(help: ArgumentHelp("Temperature of the draws (default: 1).", valueName: "t"))
    var temperature: Double?

    @Flag(inversion: .prefixedNo, help: "Score every suffix, for the probability of extraction by sampling.")
    var likelihood: Bool?

    @Option(
        help: ArgumentHelp(
            "Bound the probability of a reply within this many token edits of the suffix.", valueName: "radius"))
    var nearVerbatim: Int?

    @Option(
        help: ArgumentHelp(
            "Words of a run from which on a reply counts as regurgitation, beside 160 characters and 50 tokens "
                + "(default: 20).", valueName: "n"))
    var thresholdWords: Int?

    @Option(
        help: ArgumentHelp(
            "A prompt that is put around prefixes, by its name, beside the bare prefix; repeat it.", valueName: "name"))
    var prompt: [String] = []

    @Option(
        help: ArgumentHelp("A file or directory of prompts beside the curated ones; repeat it.", valueName: "path"))
    var prompts: [String] = []

    @Flag(inversion: .prefixedNo, help: "One slot and no cache: the same numbers every time on the same machine.")
    var strict: Bool?

    @Option(help: ArgumentHelp("Seed of the draws (default: 1).", valueName: "n"))
    var seed: UInt64?

    /// Resolves the settings and finds the prompts.
    func resolve(
        _ settings: inout SettingsSource
    ) throws -> (options: MeasureOptions, prompts: [PromptTemplate], library: PromptSelection) {
        var options = MeasureOptions()
        let names = Preset.published.map(\.id.rawValue)
        let name = try settings.resolve(
            preset, key: "preset", expecting: "one of \(names.joined(separator: ", "))", where: names.contains)
        if let preset = name.flatMap(Preset.named) {
            for (flag, isGiven) in [
                ("prefix-lengths", prefixLengths != nil), ("suffix-length", suffixLength != nil),
                ("words", words != nil), ("stride", stride != nil),
            ] where isGiven {
                throw ValidationError("--\(flag) cannot be given with --preset, which fixes it")
            }
            options = MeasureOptions(preset: preset)
        } else {
            options.grid = try grid(&settings)
        }
        try addInstruments(&options, &settings)
        if let words = try settings.resolve(thresholdWords, key: "threshold-words") {
            let standard = RegurgitationThreshold.standard
            guard
                let threshold = RegurgitationThreshold(
                    words: words, characters: standard.characters, tokens: standard.tokens)
            else { throw ValidationError("--threshold-words \(words): must be at least 1") }
            options.threshold = threshold
        }
        options.strictness = try settings.resolve(strict, key: "strict", default: false) ? .strict : .fast
        options.seed = try settings.resolve(seed, key: "seed", default: options.seed)
        let library = try PromptSelection(paths: try settings.resolve(prompts, key: "prompts", default: []))
        let chosen = try settings.resolve(prompt, key: "prompt", default: []).map { name in
            guard let found = library.prompts.first(where: { $0.id.rawValue == name }) else {
                throw ValidationError(
                    "--prompt \(name): there is no prompt of that name; Prompts/ and the files of --prompts hold them")
            }
            return found
        }
        return (options, chosen, library)
    }

    private func grid(_ settings: inout SettingsSource) throws -> ProbeGrid {
        let standard = ProbeGrid.standard
        let text = try settings.resolve(
            prefixLengths, key: "prefix-lengths",
            default: standard.prefixLengths.map(String.init).joined(separator: ","))
        let lengths = try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let length = Int(part) else {
                throw ValidationError("--prefix-lengths \(text): give whole numbers, separated by commas")
            }
            return length
        }
        let stride = try settings.resolve(stride, key: "stride", default: standard.stride ?? 0)
        guard
            let grid = ProbeGrid(
                unit: try settings.resolve(words, key: "words", default: false) ? .words : .tokens,
                prefixLengths: lengths,
                suffixLength: try settings.resolve(suffixLength, key: "suffix-length", default: standard.suffixLength),
                stride: stride == 0 ? nil : stride,
                windowsPerDocument: try settings.resolve(windowsPerDocument, key: "windows-per-document"))
        else {
            throw ValidationError(
                "--prefix-lengths and --suffix-length must be from \(ProbeGrid.lengths.lowerBound) to "
                    + "\(ProbeGrid.lengths.upperBound), --stride at least 0, --windows-per-document at least 1")
        }
        return grid
    }

    private func addInstruments(_ options: inout MeasureOptions, _ settings: inout SettingsSource) throws {
        let draws = try settings.resolve(draws, key: "draws", default: options.instruments.samples?.count ?? 0)
        let temperature = try settings.resolve(
            temperature, key: "temperature", default: options.instruments.samples?.temperature ?? 1)
        if draws > 0 {
            guard
                let scheme = SamplingScheme(
                    count: draws, temperature: temperature, topK: options.instruments.samples?.topK ?? 40)
            else { throw ValidationError("--draws must be at most 1000000 and --temperature above 0") }
            options.instruments.samples = scheme
        }
        if try settings.resolve(likelihood, key: "likelihood", default: false) {
            options.instruments.likelihood = .whole
        }
        if let radius = try settings.resolve(nearVerbatim, key: "near-verbatim") {
            guard
                let search = ConstrainedSearch.Options(
                    distance: .levenshtein, radius: radius, beam: Self.beam, candidates: Self.beam)
            else { throw ValidationError("--near-verbatim \(radius): must be at least 0") }
            options.instruments.nearVerbatimSearch = search
        }
    }

    /// Sequences that the near-verbatim search follows: it costs about as much as so many samples.
    private static let beam = 20
}
