import Corpus
import Inference
import Overlap
import Testing

@testable import Audit
@testable import Measurement

@Suite("What a reply repeats")
struct ReplyComparerTests {
    private let prefix = "The harbour master counted nine grey boats "
    private let suffix = "before the fog came in from the north and swallowed the lamps one by one "
    private let rest = "while “nobody on the quay said a single word about it” until the bell rang twice."
    private let notice = "Subscribe now to read the rest of this story at half price today only. "

    /// Documents whose words are their tokens.
    private func prepare(
        _ texts: [String], _ change: (inout MeasureOptions) -> Void = { _ in }
    ) async throws -> MeasurementPreparation {
        var options = MeasureOptions()
        options.grid = ProbeGrid(checked: .words, prefixLengths: [7], suffixLength: 15)
        options.coveringWords = 5
        change(&options)
        let documents = texts.enumerated().map { document("d\($0)", $1) }
        return try await MeasurementPlanner(suspect: documents, options: options).prepare(
            target: TargetName(rawValue: "toy"), model: "toy", leading: []
        ) { documents in documents.map { wordTokens($0.text) } }
    }

    private func wordTokens(_ text: String) -> TokenizedText {
        var pieces: [[UInt8]] = [[]]
        for byte in text.utf8 {
            if byte == UInt8(ascii: " "), pieces.last?.isEmpty == false { pieces.append([]) }
            pieces[pieces.count - 1].append(byte)
        }
        return TokenizedText(tokens: pieces.map(token), pieces: pieces)
    }

    private func token(_ piece: [UInt8]) -> TokenID {
        TokenID(Int32(truncatingIfNeeded: piece.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFFF }))
    }

    private func compare(
        _ reply: String, _ preparation: MeasurementPreparation, reasoning: String? = nil
    ) throws -> ReplyComparer.Finding {
        let probe = try #require(
            preparation.probes.first { preparation.documents[$0.document].document.id.rawValue == "d0" })
        return ReplyComparer(preparation).compare(
            ReplyChannels(content: reply, reasoningContent: reasoning), tokens: wordTokens(reply).tokens, to: probe)
    }

    private var article: String { prefix + suffix + rest }

    @Test("a perfect reply has every length, whatever its quotation marks and spaces")
    func perfect() async throws {
        let preparation = try await prepare([article])
        let found = try compare(suffix, preparation).overlap
        #expect(found.longestWords == 15 && found.trailingWords == 15 && found.coveredWords == 15)
        #expect(found.rougeL.f1 == 1 && found.editSimilarity.similarity == 1 && found.coveredQuotedWords == 0)
        let bytes = try #require(found.longestBytes)
        let original = String(decoding: Array(article.utf8)[bytes], as: UTF8.self)
        #expect(original == suffix.dropLast())
        let typed = try compare(rest.replacing("“", with: "\"").replacing("”", with: " \" \n"), preparation).overlap
        #expect(typed.longestWords == 16 && typed.coveredQuotedWords == 10)
        let place = try #require(typed.longestBytes)
        #expect(String(decoding: Array(article.utf8)[place], as: UTF8.self) == rest.dropLast())
    }

    @Test("nothing in common is nothing, and an empty reply is less")
    func nothing() async throws {
        let preparation = try await prepare([article])
        for reply in ["", " \n", "Zebras eat plums."] {
            let found = try compare(reply, preparation)
            #expect(found.overlap.longestWords == 0 && found.overlap.coveredWords == 0 && found.elsewhere == nil)
            #expect(found.overlap.longestBytes == nil && found.overlap.rougeL.f1 == 0)
            #expect(!found.overlap.repetition.reaches(.standard))
        }
    }

    @Test("what the prompt holds shows nothing")
    func prompt() async throws {
        let preparation = try await prepare([article])
        let echoed = try compare(prefix + "and more.", preparation).overlap
        #expect(echoed.longestWords <= 1 && echoed.maskedWords == 7)
        let counted = try await prepare([article]) { $0.masks.prompt = false }
        #expect(try compare(prefix + "and more.", counted).overlap.longestWords == 7)
    }

    @Test("what three documents share shows nothing")
    func boilerplate() async throws {
        let others = [
            "Rain fell on the upper valley for nine days and the road to the mill was gone by Sunday noon. ",
            "A choir of forty voices will sing in the old customs house when the restored organ is played again. ",
        ].map { $0 + notice }
        let preparation = try await prepare([article + " " + notice] + others)
        #expect(preparation.documents.count == 3)
        let found = try compare(notice, preparation)
        #expect(found.overlap.longestWords == 0 && found.overlap.maskedWords == 14 && found.elsewhere == nil)
        let counted = try await prepare([article + " " + notice] + others) { $0.masks.boilerplate = false }
        #expect(try compare(notice, counted).overlap.longestWords == 14)
    }

    @Test("quotations count unless they are asked not to")
    func quotations() async throws {
        let strict = try await prepare([article]) { $0.masks.quotes = true }
        #expect(try compare(rest, strict).overlap.longestWords == 5)
    }

    @Test("another article than the one that was asked about is found")
    func elsewhere() async throws {
        let other =
            "Quite another piece of the same paper tells how the old miller sold his last sack of rye to a stranger "
            + "who paid in coins nobody in the valley had ever seen before that evening in late October."
        let preparation = try await prepare([article, other])
        let found = try compare("and " + other.dropFirst(40), preparation)
        let recital = try #require(found.elsewhere)
        #expect(recital.document.rawValue == "d1" && recital.words >= 25 && found.overlap.longestWords < 4)
        #expect(try compare(suffix, preparation).elsewhere == nil)
    }

    @Test("reasoning is compared by itself")
    func reasoning() async throws {
        let preparation = try await prepare([article])
        let found = try compare("Hello.", preparation, reasoning: suffix)
        #expect(found.reasoningWords == 15 && found.overlap.longestWords == 0)
        #expect(try compare("<think>" + suffix + "</think>Hello.", preparation).reasoningWords == 15)
        #expect(try compare(suffix, preparation).reasoningWords == nil)
    }

    @Test("a reply that is cut off while it recites is a lower bound, and a filter's cut has a name")
    func filtered() async throws {
        let preparation = try await prepare([article])
        let half = "before the fog came in from the north"
        let overlap = try compare(half, preparation).overlap
        let judged = ReplyJudgement(
            visible: half, stop: .unknown, repetition: overlap.repetition, threshold: .standard)
        #expect(judged.replyClass == .filteredMidMatch && judged.censoredWords == 8)
        // Cut off inside a word, and gone astray.
        #expect(try compare(half + " and swal", preparation).overlap.trailingWords == 9)
        #expect(try compare(half + " and sang", preparation).overlap.trailingWords == 0)
        #expect(try compare("bell rang twi", preparation).overlap.trailingWords == 2)
        #expect(try compare("zebras eat plu", preparation).overlap.trailingWords == 0)
    }
}
