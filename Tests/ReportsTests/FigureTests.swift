import Corpus
import Foundation
import Inference
import Overlap
import Statistics
import Testing

@testable import Audit
@testable import Reports

/// Scales, courses and places: what drawings and excerpts are computed from.
@Suite struct FigureTests {
    @Test(
        arguments: [
            (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-0.4, 34.8, [0, 10, 20, 30]), (0, 50, [0, 10, 20, 30, 40, 50]),
            (-35, -0.1, [-30, -20, -10]),
        ] as [(Double, Double, [Double])])
    func ticksAreRound(_ lower: Double, _ upper: Double, _ expected: [Double]) {
        let ticks = AxisScale(lower, upper).ticks(about: 5)
        #expect(ticks.map { ($0 * 1e6).rounded() / 1e6 } == expected)
    }

    @Test func powersOfTenAreTicksOfALogarithmicAxis() {
        #expect(AxisScale(1, 1e6, .logarithmic).ticks() == [1, 10, 100, 1e3, 1e4, 1e5, 1e6])
        #expect(AxisScale(1, 1e6, .logarithmic).place(1e3) == 0.5)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e308, -1e308, 1e-300, 0])
    func impossibleNumbersHaveAPlace(_ value: Double) {
        for scale in [
            AxisScale(value, value), AxisScale(0, value), AxisScale(value, 1), AxisScale(value, value, .logarithmic),
            AxisScale(-1e308, 1e308), AxisScale(0, 1),
        ] {
            for other in [value, 0, 1] { #expect((0...1).contains(scale.place(other))) }
            #expect(scale.ticks().count < 700)
        }
    }

    @Test func theDrawnEvidenceIsThatOfTheDecision() throws {
        let directory = try ScratchDirectory()
        let analysis = try SyntheticRun.early.analysis(in: directory.path)
        let sequential = try #require(analysis.summary.decision.sequential)
        let course = try EvidenceCourse(analysis)
        #expect(course.hasStopped && sequential.hasStopped)
        #expect(course.logEvidence.count == sequential.pairs + 1)
        #expect(course.logEvidence.max() == sequential.test.statistic)
    }

    /// Numbers that only a journal written by hand holds are drawn somewhere, and nothing traps.
    @Test func impossibleJournalsAreDrawn() throws {
        let directory = try ScratchDirectory()
        let analysis = try SyntheticRun.extraction.analysis(in: directory.path)
        let plan = analysis.record.header.plan
        for extreme in [Int.max, Int.min] {
            let documents = analysis.outcomes.map { outcome in
                CountedObservations.Document(
                    outcome: outcome,
                    observations: [
                        Observation(
                            probe: "", arm: outcome.arm, document: outcome.document, window: extreme, start: extreme,
                            prefix: [], suffix: [], server: "",
                            result: .seen(
                                Sighting(
                                    reply: Sighting.Reply(
                                        tokens: [], text: "", asked: extreme, run: extreme, longestCharacters: extreme,
                                        longestWords: extreme, stop: .limit), score: nil, requests: extreme)))
                    ])
            }
            let counted = CountedObservations(documents: documents)
            for figure in LengthFigures(plan: plan, counted: counted).figures {
                #expect(ParsedHTML(figure.html.markup).faults == [])
            }
            #expect(ProbabilityFigure(plan: plan, counted: counted).figure == nil)
            #expect(ExtractionFigure(plan: plan, counted: counted).figure == nil)
        }
    }

    @Test func shadesCoverTheRange() {
        let map = HeatMap(
            id: "m", title: "t", description: "d", columnTitle: "c", columns: ["0"], rowTitle: "r", rows: [],
            range: -10...0, label: { "\($0)" })
        #expect(map.shade(-99) == 0 && map.shade(-10) == 0 && map.shade(0) == 7 && map.shade(5) == 7)
        #expect(map.shade(-5) == 4 && map.shade(.nan) == 0)
    }

    @Test func aReproducedSuffixIsFoundExactly() throws {
        let text = "é once more, and once more, at the end"
        let window = try observation(.reproduced("once more", lnPerToken: -0.1))
        let shape = try #require(WindowShape(prefixTokens: 16, suffixTokens: 16))
        let place = WindowPlace(window, in: text, tokens: 32, shape: shape)
        #expect(place.isExact)
        #expect(String(decoding: Array(text.utf8)[place.suffix], as: UTF8.self) == "once more")
        // The occurrence closest to the estimate: the suffix is the second half of the document.
        #expect(place.suffix.lowerBound == 18)
    }

    @Test func anEstimatedPlaceKeepsCharactersWhole() throws {
        let text = String(repeating: "東", count: 500)
        let shape = try #require(WindowShape(prefixTokens: 16, suffixTokens: 16))
        for tokens in [0, 1, 32, 500, Int.max] {
            let place = WindowPlace(
                try observation(.otherText("x")), in: text, tokens: tokens, shape: shape)
            #expect(!place.isExact)
            let excerpt = String(decoding: Array(text.utf8)[place.suffix], as: UTF8.self)
            #expect(!excerpt.contains("\u{fffd}"))
            #expect(WindowPlace(try observation(.otherText("")), in: "", tokens: tokens, shape: shape).suffix == 0..<0)
        }
    }

    @Test func changedWordsAreMarkedBetweenMatchingOnes() {
        let marked = MarkedText.pair(
            source: "Intro. The ferry left the north quay at six with forty crates.",
            reply: "the ferry left the south quay at six with forty crates; then it sank")
        #expect(marked.source.stretches.map(\.kind) == [.missing, .matched, .nearMatched, .matched])
        #expect(
            marked.source.stretches.map(\.text).joined()
                == "Intro. The ferry left the north quay at six with forty crates.")
        #expect(marked.source.stretches[2].text == "north ")
        #expect(marked.reply.stretches.map(\.kind) == [.matched, .nearMatched, .matched, .missing])
        #expect(marked.reply.stretches[1].text == "south ")
        #expect(MarkedText.pair(source: "", reply: "").source.stretches.isEmpty)
        #expect(MarkedText.pair(source: "…", reply: "a").source.stretches.map(\.text) == ["…"])
    }

    @Test func theRequestIsBuiltAgainByteForByte() throws {
        let directory = try ScratchDirectory()
        let record = try SyntheticRun.extraction.analysis(in: directory.path).record
        let plan = record.header.plan
        let window = record.observations[0]
        let request = GreedyRequest(window, plan: plan)
        #expect(request.body.starts(with: GreedyRequest.beforePrompt))
        #expect(!request.isRecorded)
        let again = Observation(
            probe: sha256Hex(request.body), arm: window.arm, document: window.document, window: window.window,
            start: window.start, prefix: window.prefix, suffix: window.suffix, server: window.server,
            result: window.result)
        #expect(GreedyRequest(again, plan: plan).isRecorded)
    }

    private func observation(_ window: SyntheticRun.Window) throws -> Observation {
        let directory = try ScratchDirectory()
        var run = SyntheticRun.withoutControls
        run.documents[0].windows = [window]
        return try run.analysis(in: directory.path).record.observations[0]
    }
}
