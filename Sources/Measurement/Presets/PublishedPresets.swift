import Overlap

extension Preset {
    /// Every preset, in the order in which they are listed.
    public static let published = [
        freeman, cooper, hayes, carlini, pythia, copybench, mueller, ahmed, manyShot,
    ]

    /// Log-probabilities below this, in nats, make no published threshold.
    private static let leastLn = -10.0

    private static let comparison =
        "typography: quotation marks, dashes and white space are made equal before texts are compared"

    /// Longest common run in characters, by length of the article's opening.
    public static let freeman = Preset(
        id: ID(rawValue: "freeman-nyt"), title: "longest common contiguous run of news articles, in characters",
        citation: "Freeman, Rippe, Debenedetti and Andriushchenko, 2024, arXiv 2412.06370",
        grid: ProbeGrid(checked: .tokens, prefixLengths: [25, 50, 100, 200, 400], suffixLength: 200),
        instruments: Instruments(), metric: .longestCharacters, quantity: .probeMean, nearVerbatimRule: .articles,
        notStated: [
            "the wording of the three prompts: give them as elicitations; the bare prefix is always asked",
            "the length of the generated text: 200 tokens", "temperature: greedy",
            "the tokenizer that counts the prefixes: the model's own",
            "the four metrics beside the longest run", comparison,
        ],
        deviations: ["three groups of articles are three runs, or a metadata field to group by"])

    /// Share of sliding windows that one sample extracts with a probability above a half.
    public static let cooper = Preset(
        id: ID(rawValue: "cooper-books"), title: "share of a text's windows with p_z above 50 %",
        citation: "Cooper and others, 2025, arXiv 2505.12546",
        grid: ProbeGrid(checked: .tokens, prefixLengths: [50], suffixLength: 50, stride: 10),
        instruments: Instruments(greedy: false, likelihood: .abandonedBelow(ln: leastLn)), metric: .suffixProbability,
        quantity: .probeShare(thresholds: [0.5]), nearVerbatimRule: .articles,
        notStated: ["windows that would reach over the end of the text: the last one ends with it"],
        deviations: [
            "windows begin every 10 tokens, not every 10 characters",
            "p_z is that of the whole vocabulary at temperature 1; with top-k 40 it is at least as large, or 0",
        ])

    /// Share of windows that n samples extract as likely as not.
    public static let hayes = Preset(
        id: ID(rawValue: "hayes-np"), title: "(n, p)-discoverable windows for p = 50 % and n = 1, 10, 100, 1,000",
        citation: "Hayes and others, 2025, arXiv 2410.19482",
        grid: ProbeGrid(checked: .tokens, prefixLengths: [50], suffixLength: 50, stride: 100),
        instruments: Instruments(greedy: false, likelihood: .abandonedBelow(ln: leastLn)), metric: .suffixProbability,
        // p_z ≥ 1 − (1 − p)^(1/n) for p = 0.5.
        quantity: .probeShare(thresholds: [
            0.5, 0.066_967_008_463_192_58, 0.006_907_504_562_964_099, 0.000_692_907_009_547_478_1,
        ]),
        nearVerbatimRule: .articles,
        notStated: ["one n and p: the published curves run over both; four points are given here"],
        deviations: [
            "windows stand side by side from the document's start on; published ones were drawn from training data",
            "p_z is that of the whole vocabulary at temperature 1, one of several published sampling schemes",
        ])

    /// Share of suffixes of 50 tokens that greedy decoding gives back whole.
    public static let carlini = Preset(
        id: ID(rawValue: "carlini-50"), title: "k-extractable: 50 tokens given back exactly by greedy decoding",
        citation: "Carlini and others, 2023, arXiv 2202.07646",
        grid: ProbeGrid(checked: .tokens, prefixLengths: [50, 100, 200, 450], suffixLength: 50, stride: 500),
        instruments: Instruments(), metric: .exactSuffix, quantity: .probeShare(thresholds: [1]),
        nearVerbatimRule: .articles,
        notStated: ["the lengths between 50 and 500 in the copy at hand: 50, 100, 200, 450"],
        deviations: ["windows stand every 500 tokens from the document's start on, not at random places"])

    /// Share of document openings whose next 32 tokens all come at their places.
    public static let pythia = Preset(
        id: ID(rawValue: "pythia-32"), title: "memorization score 1: 32 of 32 tokens after the first 32",
        citation: "Biderman and others, 2023, arXiv 2304.11158",
        grid: ProbeGrid(checked: .tokens, prefixLengths: [32], suffixLength: 32),
        instruments: Instruments(), metric: .tokenAccuracy, quantity: .probeShare(thresholds: [1]),
        nearVerbatimRule: .articles, notStated: [],
        deviations: [
            "the document's start stands for the start of a training sequence of 2,049 tokens, which is not known"
        ])

    /// Share of passages whose next 50 words have a ROUGE-L of at least 0.8.
    public static let copybench = Preset(
        id: ID(rawValue: "copybench-literal"), title: "literal copying: ROUGE-L of 50 words at least 0.8",
        citation: "Chen and others, 2024, arXiv 2407.07087",
        grid: ProbeGrid(checked: .words, prefixLengths: [160], suffixLength: 50, slackTokens: 20),
        instruments: Instruments(), metric: .rougeL, quantity: .probeShare(thresholds: [0.8]),
        nearVerbatimRule: .articles, notStated: [],
        deviations: [
            "every document gives one passage, its start: 160 words given (published passages: 162 on average)",
            "words are not stemmed", "no demonstrations and no template: give them as elicitations",
            "no repetition penalty (the published default of 1.1 suppresses copying)",
        ])

    /// Characters in matches of more than 160 characters, per document.
    public static let mueller = Preset(
        id: ID(rawValue: "mueller-160"),
        title: "significant reproduction rate: characters in matches above 160, per text",
        citation: "Mueller, Görge, Bernzen, Pirk and Poretschkin, 2024, arXiv 2405.18492",
        grid: ProbeGrid(checked: .words, prefixLengths: [50], suffixLength: 200, slackTokens: 50),
        instruments: Instruments(), metric: .nearVerbatimCharacters, quantity: .documentTotal(blocksOfAtLeast: 161),
        nearVerbatimRule: NearVerbatimRule(
            minimumRun: 2,
            first: .init(maximumGap: 1, maximumMisalignment: 1, minimumMatchedWords: 8),
            second: .init(maximumGap: 1, maximumMisalignment: 1, minimumMatchedWords: 8)),
        notStated: ["the length of the generated text in the copy at hand: about 200 words"],
        deviations: [
            "one bare prefix of 50 words per document, not 29 prompts; give others as elicitations",
            "one greedy reply, not the mean of 30 trials",
            "the control arm stands for books in the public domain; divide the rates to get the discrimination rate",
        ])

    /// Near-verbatim recall: matched words in long blocks as a share of the text.
    public static let ahmed = Preset(
        id: ID(rawValue: "ahmed-nv"), title: "near-verbatim recall in blocks of at least 100 words",
        citation: "Ahmed and others, 2026, arXiv 2601.02671",
        grid: ProbeGrid(checked: .words, prefixLengths: [50], suffixLength: 200, slackTokens: 50, stride: 200),
        instruments: Instruments(), metric: .nearVerbatimWords, quantity: .documentCoverage, nearVerbatimRule: .books,
        notStated: ["the length of the opening that is given: 50 words", "the length of one continuation: 200 words"],
        deviations: [
            "windows slide over the text; published runs go on from their own output until it departs",
            "no jailbreaks: give them as elicitations",
            "blocks of 100 words suit books; an article of 300 words has few",
        ])

    /// Share of texts with a common run above 4, 10 and 15 words.
    public static let manyShot = Preset(
        id: ID(rawValue: "msr"), title: "many-shot regurgitation: documents with a common run above 4, 10 and 15 words",
        citation: "Sonkar and Baraniuk, 2024, arXiv 2405.08134",
        grid: ProbeGrid(checked: .words, prefixLengths: [166], suffixLength: 166, slackTokens: 40, stride: 166),
        instruments: Instruments(), metric: .longestWords, quantity: .documentShare(thresholds: [5, 11, 16]),
        nearVerbatimRule: .articles, notStated: ["the wording between the turns"],
        deviations: [
            "one sixth of 1,000 words is given at a time, not a faux conversation of the sixths before",
            "runs that stand in the prompt do not count; the published rule keeps runs that occur once in the text",
            "published tests take the thresholds for the units; intervals here are over documents",
        ])
}
