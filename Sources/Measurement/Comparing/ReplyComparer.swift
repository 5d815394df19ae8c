import Corpus
import Inference
import Overlap
import Synchronization

/// Compares replies with their documents and with the whole corpus.
final class ReplyComparer: Sendable {
    private let plan: MeasurementPlan
    private let documents: [MeasuredDocument]
    private let boilerplate: BoilerplateIndex?
    private let index: CorpusIndex
    private let sources = Mutex<[Int: SourceText]>([:])

    /// Documents that are kept ready; probes come document by document, so few are in use at once.
    private static let keptSources = 64

    /// Reads the corpus.
    ///
    /// - Complexity: O(bytes of the corpus).
    init(_ preparation: MeasurementPreparation) {
        plan = preparation.plan
        documents = preparation.documents
        let profile = preparation.plan.profile
        let texts = preparation.documents.lazy.map { NormalizedText($0.document.text, profile: profile).text }
        let masks = preparation.plan.masks
        boilerplate =
            masks.boilerplate
            ? BoilerplateIndex(
                documents: texts, stretchWords: masks.boilerplateWords, minimumDocuments: masks.boilerplateDocuments)
            : nil
        index = CorpusIndex(documents: texts, minimumWords: preparation.plan.corpusWords)
    }

    /// What is known of one reply.
    struct Finding {
        let overlap: ReplyOverlap
        /// Words of the longest run of the reasoning, if there is any.
        let reasoningWords: Int?
        let elsewhere: CorpusRecital?
        /// Words of the run of another document with which the reply ends.
        let trailingWordsElsewhere: Int
    }

    /// A document ready to be compared.
    func source(_ document: Int) -> SourceText {
        if let known = sources.withLock({ $0[document] }) { return known }
        let source = SourceText(documents[document].document.text, plan: plan, boilerplate: boilerplate)
        sources.withLock { sources in
            if sources.count >= Self.keptSources { sources.removeAll() }
            sources[document] = source
        }
        return source
    }

    /// Compares one reply.
    ///
    /// - Parameters:
    ///   - channels: The reply's text.
    ///   - tokens: The reply's tokens.
    ///   - probe: What was asked.
    func compare(_ channels: ReplyChannels, tokens: [TokenID], to probe: MeasurementProbe) -> Finding {
        let document = documents[probe.document]
        let place = document.place(probe.window)
        let source = source(probe.document)
        let prompt = words(of: normalized(document.text(place.prefixBytes)))
        let reply = masked(ComparedText(normalized(channels.visible)), prompt: prompt)
        let overlap = overlap(reply, tokens, document, place, source)
        let reasoning = channels.reasoning.map { text in
            let reasoning = masked(ComparedText(normalized(text)), prompt: prompt)
            return ContiguousRuns(source: source.compared, reply: reasoning).words?.count ?? 0
        }
        let others = index.matches(of: reply).matches.filter { $0.document != probe.document }
        return Finding(
            overlap: overlap, reasoningWords: reasoning,
            elsewhere: elsewhere(others, longerThan: overlap.longestWords),
            trailingWordsElsewhere: others.filter { $0.reply.upperBound == reply.words.count }.map(\.count).max() ?? 0)
    }

    private func normalized(_ text: String) -> String { NormalizedText(text, profile: plan.profile).text }

    /// The reply with the words masked that show nothing.
    private func masked(_ reply: ComparedText, prompt: [Word]) -> ComparedText {
        var mask = WordMask(wordCount: reply.words.count)
        if plan.masks.prompt {
            mask.mask(
                wordsCopied(by: reply.words, fromPrompt: prompt, runsOfAtLeast: plan.masks.promptWords),
                as: .copiedFromPrompt)
        }
        if let boilerplate { mask.mask(boilerplate.ranges(in: reply.words), as: .boilerplate) }
        return reply.masked(by: mask)
    }

    private func overlap(
        _ reply: ComparedText, _ tokens: [TokenID], _ document: MeasuredDocument, _ place: WindowPlace,
        _ source: SourceText
    ) -> ReplyOverlap {
        let found = Regurgitation(source: source.compared, reply: reply, rule: plan.nearVerbatimRule)
        let covered = found.wordRuns.coveredRanges(runsOfAtLeast: plan.coveringWords)
        let expected = document.tokens.tokens[place.suffixTokens]
        let suffix = ComparedText(normalized(document.text(place.suffixBytes)))
        // What stands after the suffix is no error.
        let answer = reply.words.prefix(suffix.words.count)
        return ReplyOverlap(
            longestCharacters: found.longestCharacterRun?.count ?? 0,
            longestWords: found.longestWordRun?.count ?? 0,
            longestTokens: longestTokens(tokens, in: document.tokens.tokens, outside: place.prefixTokens),
            longestBytes: found.longestWordRun.map { source.originalBytes(ofWords: $0.source) },
            trailingWords: Self.trailingWords(found.wordRuns, source.compared, reply),
            covered: covered,
            coveredQuotedWords: covered.reduce(0) { sum, range in sum + range.count { source.isQuoted[$0] } },
            blocks: found.nearVerbatim.blocks.map { block in
                let words = source.compared.words[block.source]
                let first = words.first?.scalars.lowerBound ?? 0
                return ReplyOverlap.Block(
                    runs: block.runs.map(\.source), scalars: first..<(words.last?.scalars.upperBound ?? first))
            },
            tokenAccuracy: TokenAccuracy(expected: expected, actual: tokens),
            firstDivergence: firstDivergence(expected: expected, actual: tokens),
            rougeL: rougeL(reference: suffix.words, candidate: Array(answer)),
            editSimilarity: EditSimilarity(
                charactersOf: ComparedText(Self.plain(suffix.words)), reply: ComparedText(Self.plain(answer))),
            maskedWords: found.maskedReplyWords, typeTokenRatio: typeTokenRatio(of: reply.words))
    }

    /// Words in lower case, with a space between two.
    private static func plain(_ words: some Sequence<Word>) -> String {
        words.map(\.text).joined(separator: " ")
    }

    /// Words of the run with which a reply ends.
    ///
    /// A reply that is cut off ends inside a word as often as behind one, so its last word may be the beginning of the
    /// one that comes next in the document.
    private static func trailingWords(_ runs: MatchingRuns, _ source: ComparedText, _ reply: ComparedText) -> Int {
        if let run = trailingRun(source: source, reply: reply) { return run.count }
        guard let last = reply.words.last else { return 0 }
        let cut = runs.runs(ofAtLeast: 1).filter { run in
            run.reply.upperBound == reply.words.count - 1 && run.source.upperBound < source.words.count
                && source.words[run.source.upperBound].text.hasPrefix(last.text)
        }
        return cut.map(\.count).max() ?? 0
    }

    private func longestTokens(_ reply: [TokenID], in document: [TokenID], outside prefix: Range<Int>) -> Int {
        let before = longestCommonRun(source: document[..<prefix.lowerBound], reply: reply)?.count ?? 0
        let after = longestCommonRun(source: document[prefix.upperBound...], reply: reply)?.count ?? 0
        return max(before, after)
    }

    /// The longest stretch that another document than the probe's own shares with a reply, if its own shares less.
    private func elsewhere(_ others: [CorpusMatch], longerThan words: Int) -> CorpusRecital? {
        guard let longest = others.max(by: { $0.count < $1.count }), longest.count > words else { return nil }
        let document = documents[longest.document]
        return CorpusRecital(
            arm: document.arm, document: document.document.id, words: longest.count, bytes: longest.utf8)
    }
}
