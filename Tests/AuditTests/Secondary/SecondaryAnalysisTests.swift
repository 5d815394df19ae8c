import Corpus
import Foundation
import Inference
import Randomness
import Statistics
import Testing

@testable import Audit

@Suite("Secondary analyses of a journal")
struct SecondaryAnalysisTests {
    private func isNear(_ value: Double?, _ expected: Double) -> Bool { abs((value ?? .nan) - expected) < 1e-9 }

    /// Documents whose windows are scored at random, the suspect's better by `shift` nats.
    private func randomDocuments(
        _ count: Int, shift: Double, seed: UInt64, windows: Int = 2
    ) -> [(arm: Arm, windows: [SeenWindow])] {
        var generator = SeededGenerator(seed: seed, stream: "secondary")
        return [Arm.suspect, .control].flatMap { arm in
            (0..<count).map { _ in
                (
                    arm,
                    (0..<windows).map { _ in
                        let bonus = arm == .suspect ? shift : 0
                        let lns = (0..<2).map { _ in -6 * generator.nextUnit() + bonus - 4 }
                        return SeenWindow(lns: lns, greedy: lns[0] > -6 ? "10" : "00")
                    }
                )
            }
        }
    }

    // MARK: Scores of documents

    @Test("every score is what its definition says")
    func scores() throws {
        let record = try RecordMaker().record(windows: [
            (
                .suspect,
                [SeenWindow(lns: [-1, -3], greedy: "10"), SeenWindow(lns: [0, 0, -1, -2], greedy: "1110", run: 4)]
            ),
            (.control, [SeenWindow(lns: [-5, -1], greedy: "01"), SeenWindow(isFailed: true)]),
        ])
        let analysis = try SecondaryAnalysis(record)
        let suspect = analysis.documents[0]
        #expect(isNear(suspect.values[.meanLn], (-2 + 0) / 2))
        #expect(isNear(suspect.values[.minK], (-3 + 0) / 2))
        #expect(isNear(suspect.values[.greedyShare], (0.5 + 1) / 2))
        #expect(isNear(suspect.values[.greedyRun], (1 + 4) / 2.0))
        #expect(isNear(suspect.values[.suffixLn], (-4 - 3) / 2))
        #expect(suspect.windows == 2 && suspect.scoredWindows == 2 && suspect.boundedWindows == 1)
        let control = analysis.documents[1]
        #expect(isNear(control.values[.meanLn], -3) && isNear(control.values[.greedyRun], 0))
        #expect(control.windows == 2 && control.scoredWindows == 1)
        #expect(isNear(analysis.arms[0].means[.minK], -1.5) && analysis.arms[1].documentsWith[.minK] == 1)
    }

    @Test("a full run takes Min-K and greedy share over the whole suffix")
    func fullRun() throws {
        let record = try RecordMaker(staging: .full).record(windows: [
            (.suspect, [SeenWindow(lns: [-1, -1, -1, -9], greedy: "1100", run: 2)])
        ])
        let values = try SecondaryAnalysis(record).documents[0].values
        #expect(isNear(values[.minK], -9) && isNear(values[.greedyShare], 0.5) && isNear(values[.meanLn], -1))
    }

    @Test("mean ln p is the likelihood test's own number, per token")
    func agreesWithOutcomes() throws {
        let record = try RecordMaker().record(windows: randomDocuments(6, shift: 1, seed: 3))
        let outcomes = try Analysis(record).outcomes
        let documents = try SecondaryAnalysis(record).documents
        #expect(outcomes.map(\.document) == documents.map(\.document))
        for (outcome, scores) in zip(outcomes, documents) {
            #expect(isNear(scores.values[.meanLn], try #require(outcome.meanLn) / 2))
        }
    }

    @Test("a censored token makes the suffix's probability a bound")
    func censored() throws {
        let record = try RecordMaker().record(windows: [
            (.suspect, [SeenWindow(lns: [-1, -1, -1, -1], greedy: "0000", isCensored: true)])
        ])
        let analysis = try SecondaryAnalysis(record)
        #expect(analysis.documents[0].boundedWindows == 1)
        #expect(analysis.arms[0].extraction?.bounded == 1)
    }

    // MARK: Extraction curve

    @Test("the curve keeps apart what is sure from what is possible, and its own arms")
    func curve() throws {
        let record = try RecordMaker().record(windows: [
            (.suspect, [SeenWindow(lns: [0, 0, 0, 0], greedy: "1111", run: 4), SeenWindow(lns: [-1, -1])]),
            (.suspect, [SeenWindow(lns: [-2, -2, -2, -2], greedy: "0000"), SeenWindow(isFailed: true)]),
            (.control, [SeenWindow(lns: [-90, -90]), SeenWindow(lns: [-50, -50, -50, -50], greedy: "0000")]),
        ])
        let analysis = try SecondaryAnalysis(record)
        let suspect = try #require(analysis.arms[0].extraction)
        #expect(suspect.points.map(\.attempts) == [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000])
        // Once: the certain window for sure; the window without an answer possibly.
        #expect(suspect.points[0].share == 0.25 && suspect.points[0].largestShare == 0.5)
        // Ten times: ln p = −2 is enough (threshold −2.7), and that window is not scored to its end.
        #expect(suspect.points[1].share == 0.25 && suspect.points[1].largestShare == 0.75)
        // Ten thousand times: ln p = −8 is enough (threshold −9.6).
        #expect(suspect.points[4].share == 0.5 && suspect.points[4].largestShare == 1)
        let control = try #require(analysis.arms[1].extraction)
        #expect(control.points.allSatisfy { $0.share == 0 && $0.largestShare == 0 } && control.bounded == 1)
        #expect(control.documents == 1 && control.points[0].interval == nil)
    }

    @Test("the curve at the plan's own numbers counts what the audit counts as extractable")
    func curveAgreesWithOutcomes() throws {
        var generator = SeededGenerator(seed: 12, stream: "curve")
        let seen = (0..<40).map { _ in
            (
                arm: Arm.suspect,
                windows: [SeenWindow(lns: (0..<4).map { _ in -4 * generator.nextUnit() }, greedy: "0000")]
            )
        }
        let record = try RecordMaker(staging: .full).record(windows: seen)
        let counted = try Analysis(record).outcomes.reduce(0) { $0 + ($1.extractable ?? 0) }
        let curve = try #require(try SecondaryAnalysis(record).arms[0].extraction)
        let point = try #require(curve.points.first { $0.attempts == 1_000 })
        #expect(counted > 0 && counted < 40)
        #expect(point.share == Double(counted) / 40 && point.largestShare == point.share)
    }

    // MARK: Dataset inference

    @Test("finds a difference, the same one every time, and leaves the verdict alone")
    func inference() throws {
        let record = try RecordMaker().record(windows: randomDocuments(40, shift: 3, seed: 5))
        let before = try CanonicalJSON.encode(Analysis(record).summary)
        let analysis = try SecondaryAnalysis(record)
        guard case .made(let findings) = analysis.inference else {
            Issue.record("\(analysis.inference)")
            return
        }
        #expect(findings.single.permutation.pValue.value < 0.0011 && findings.overSplits.pValue.value < 0.0021)
        #expect(findings.single.features == DocumentFeature.allCases.map(\.rawValue))
        #expect(findings.single.area > 0.8)
        #expect(try SecondaryAnalysis(record) == analysis)
        #expect(try CanonicalJSON.encode(Analysis(record).summary) == before)
    }

    @Test("keeps its level on arms that do not differ")
    func level() throws {
        var rejections = 0
        for seed in UInt64(1)...60 {
            let record = try RecordMaker(resamples: 99, seed: seed)
                .record(windows: randomDocuments(12, shift: 0, seed: seed))
            guard case .made(let findings) = try SecondaryAnalysis(record).inference else { continue }
            if findings.single.permutation.pValue.value <= 0.1 + 1e-9 { rejections += 1 }
        }
        // Binomial(60, 0.1) is above 14 with probability 1e-3.
        #expect(rejections <= 14, "\(rejections) of 60")
    }

    @Test("is not made, with the reason, where it would prove nothing")
    func notMade() throws {
        func reason(_ record: RunRecord) throws -> String {
            guard case .notMade(let reason) = try SecondaryAnalysis(record).inference else { return "" }
            return reason
        }
        let many = randomDocuments(6, shift: 0, seed: 1)
        #expect(try reason(RecordMaker().record(windows: many.filter { $0.arm == .suspect })).contains("no control"))
        let textOnly = many.map { ($0.arm, $0.windows.map { _ in SeenWindow(run: 0) }) }
        let text = try RecordMaker(staging: .generationOnly).record(windows: textOnly)
        #expect(try reason(text).contains("no log-probabilities"))
        #expect(try SecondaryAnalysis(text).arms.allSatisfy { $0.extraction == nil })
        #expect(try reason(RecordMaker().record(windows: randomDocuments(2, shift: 0, seed: 1))).contains("at least 3"))
        let uneven = many.map { document in
            (document.arm, document.arm == .suspect ? document.windows : document.windows + document.windows)
        }
        #expect(try !reason(RecordMaker().record(windows: uneven)).isEmpty)
    }

    @Test("a run that ended early has no test of all documents, and only the documents that count")
    func endedEarly() throws {
        let pairs = (0..<40).flatMap { _ in
            [
                (arm: Arm.suspect, windows: [SeenWindow(lns: [0, 0, 0, 0], greedy: "1111", run: 4)]),
                (arm: Arm.control, windows: [SeenWindow(lns: [-5, -5])]),
            ]
        }
        let record = try RecordMaker(stopping: .early, pairs: 40).record(windows: pairs)
        let analysis = try SecondaryAnalysis(record)
        #expect(analysis.endedEarly && analysis.documents.count < 80)
        #expect(analysis.documents.map(\.document) == (try Analysis(record).outcomes.map(\.document)))
        guard case .notMade(let reason) = analysis.inference else {
            Issue.record("\(analysis.inference)")
            return
        }
        #expect(reason.contains("ended early"))
        #expect(analysis.lines.contains { $0.contains("ended early: only documents") })
    }

    // MARK: What is written

    @Test("what is written as JSON is what is read, and holds no number that JSON does not know")
    func roundTrip() throws {
        for shift in [0.0, 2] {
            let analysis = try SecondaryAnalysis(
                RecordMaker().record(windows: randomDocuments(8, shift: shift, seed: 2)))
            let bytes = try CanonicalJSON.encode(analysis)
            #expect(try JSONDecoder().decode(SecondaryAnalysis.self, from: Data(bytes)) == analysis)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("\"meanLn\":") && text.contains("\"version\":1"))
        }
    }

    @Test("the lines name every number and say that the verdict is another matter")
    func lines() throws {
        let lines = try SecondaryAnalysis(RecordMaker().record(windows: randomDocuments(8, shift: 1, seed: 2))).lines
        let text = lines.joined(separator: "\n")
        for feature in DocumentFeature.allCases { #expect(text.contains(feature.title)) }
        for words in ["never change the verdict", "Welch's", "studentized permutation", "11 splits", "for sure"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(lines.dropLast().allSatisfy { $0.count <= 100 && !$0.contains("\n") })
        #expect(!text.contains("nan") && !text.contains("inf "))
    }

    // MARK: Hostile journals

    @Test("numbers that no server sends are no score and no trap")
    func hostile() throws {
        let bad: [[Double]] = [
            [], [-1], [-1e308, -1e308], [-1.7e308, -1.7e308, -1.7e308, -1.7e308],
            [-1, -1, -1, -1, -1, -1, -1, -1, -1],
        ]
        for lns in bad {
            var documents = randomDocuments(5, shift: 0, seed: 4)
            let record = try RecordMaker().record(windows: documents)
            documents[0].windows[0] = SeenWindow(lns: lns, greedy: String(repeating: "0", count: lns.count))
            let spoiled = try RecordMaker().record(windows: documents)
            #expect(spoiled.documents.count == record.documents.count)
            let analysis = try SecondaryAnalysis(spoiled)
            #expect(analysis.documents.allSatisfy { $0.values.values.allSatisfy(\.isFinite) }, "\(lns)")
            _ = try CanonicalJSON.encode(analysis)
            #expect(!analysis.lines.isEmpty)
        }
        // Scores as a hand-made journal may have them: positive, or with too few greedy flags.
        for json in [
            #"{"lns":[0.5,-1],"greedy":"00","censored":false,"way":"single"}"#,
            #"{"lns":[-1,-1],"greedy":"","censored":false,"way":"single"}"#,
        ] {
            let score = try JSONDecoder().decode(Sighting.Score.self, from: Data(json.utf8))
            #expect(!score.isUsable)
        }
    }
}
