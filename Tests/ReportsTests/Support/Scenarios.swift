import Corpus
import Inference

@testable import Audit

/// Runs that end in each kind of verdict.
extension SyntheticRun {
    private static let sentences = [
        "The ferry left the north quay at six with forty crates of herring aboard.",
        "Nobody on the pier could say who had lit the second lamp that night.",
        "The council voted, by five to four, to dredge the old channel again.",
    ]
    private static let boilerplate = "All rights reserved. No part of this page may be reproduced without permission."

    /// Log-probabilities that differ between documents, without any randomness.
    private static func spread(_ index: Int) -> Double { Double(index * 7 % 11) / 10 }

    /// A run that ended before all its pairs had been asked about.
    static var early: SyntheticRun {
        let documents = (0..<60).map { index in
            let arm = index.isMultiple(of: 2) ? Arm.suspect : .control
            let text = sentences[index / 2 % 3]
            return SyntheticDocument(
                arm: arm, id: "\(arm == .suspect ? "gazette" : "heldout")-\(100 + index / 2)",
                windows: [
                    arm == .suspect && index % 3 != 0
                        ? .reproduced(text, lnPerToken: -0.05) : .unknown(lnPerToken: -4 - spread(index))
                ])
        }
        var run = SyntheticRun(documents: documents)
        run.stopping = .early
        run.pairs = 30
        return run
    }

    /// Suspect documents come back and one control recites boilerplate, in a run that was continued once.
    static var extraction: SyntheticRun {
        let documents = (0..<24).map { index in
            let arm = index.isMultiple(of: 2) ? Arm.suspect : .control
            let number = index / 2
            let hits = arm == .suspect ? number < 9 : number == 4
            let text = arm == .suspect ? sentences[number % 3] : boilerplate
            return SyntheticDocument(
                arm: arm, id: "\(arm == .suspect ? "gazette" : "heldout")-\(100 + number)",
                windows: [
                    hits
                        ? .reproduced(text, lnPerToken: -0.01 - spread(index) / 10)
                        : .unknown(lnPerToken: -4 - spread(index)),
                    number < 3 && hits
                        ? .reproduced(text + " Again.", lnPerToken: -0.2)
                        : number == 11 ? .failed("timed out after 60 s") : .unknown(lnPerToken: -3.5 - spread(index)),
                ],
                fields: ["copies": arm == .control ? "" : number < 6 ? "8" : "1", "title": "Number \(number)"])
        }
        var run = SyntheticRun(documents: documents)
        run.continuedAt = "2025-11-21T09:30:00Z"
        run.excluded = (0..<12).map { index in
            ExcludedDocument(
                arm: index < 8 ? .suspect : .control, document: DocumentID("short-\(index)"),
                reason: index == 0 ? .repeatsItsArm : .tooShort)
        }
        return run
    }

    /// Nothing comes back, and suspect documents are easier to continue.
    static var likelihood: SyntheticRun {
        SyntheticRun(
            documents: (0..<28).map { index in
                let arm = index.isMultiple(of: 2) ? Arm.suspect : .control
                return SyntheticDocument(
                    arm: arm, id: "d\(index)",
                    windows: [.unknown(lnPerToken: (arm == .suspect ? -3 : -4) - spread(index))])
            })
    }

    /// Nothing comes back from many documents, with text alone and a δ that so many can stay below.
    static var notExtractable: SyntheticRun {
        var run = SyntheticRun(
            documents: (0..<80).map { index in
                SyntheticDocument(
                    arm: index.isMultiple(of: 2) ? .suspect : .control, id: "d\(index)",
                    windows: [.otherText("something else")])
            })
        run.staging = .generationOnly
        run.delta = 0.15
        run.extractionShare = 0.3
        return run
    }

    /// Documents came back, and there is nothing to compare them with.
    static var withoutControls: SyntheticRun {
        var run = SyntheticRun(
            documents: (0..<5).map { index in
                SyntheticDocument(
                    arm: .suspect, id: "essay \(index)",
                    windows: [
                        index == 2 ? .reproducedUnscored(sentences[1]) : .otherText("not this")
                    ])
            })
        run.hasControl = false
        run.staging = .generationOnly
        run.files.removeLast()
        return run
    }

    /// The server failed its test, and half of the suspects got no answer.
    static var invalid: SyntheticRun {
        var run = SyntheticRun(
            documents: (0..<20).map { index in
                SyntheticDocument(
                    arm: index.isMultiple(of: 2) ? .suspect : .control, id: "d\(index)",
                    windows: [
                        index % 4 == 0
                            ? .failed("HTTP 500: <b>Unexpected empty grammar stack</b>")
                            : .unknown(lnPerToken: -4 - spread(index))
                    ])
            })
        run.obstacle = "forcing one token at a time: every [forced](http://evil.example) token | is `certain`"
        run.missingWindows = 2
        run.excluded = [
            ExcludedDocument(arm: .suspect, document: DocumentID("copy"), reason: .inBothArms),
            ExcludedDocument(arm: .control, document: DocumentID("copy"), reason: .inBothArms),
        ]
        run.pairsBetweenArms = 1
        return run
    }

    /// Everything that others write tries to become markup, to hide or to break out.
    static var hostile: SyntheticRun {
        let nasty = HostileText.samples
        let documents = nasty.enumerated().map { index, text in
            SyntheticDocument(
                arm: index.isMultiple(of: 2) ? .suspect : .control, id: text,
                windows: [index.isMultiple(of: 3) ? .failed(text) : .reproduced(text, lnPerToken: -0.5)],
                fields: ["field": nasty[nasty.count - 1 - index]])
        }
        var run = SyntheticRun(documents: documents)
        run.model = nasty[0]
        run.program = nasty[1]
        run.arguments = ["rote"] + nasty
        run.files = nasty.map { InputFile(arm: .suspect, path: $0, bytes: 1, sha256: $0) }
        run.server = nasty[2]
        run.obstacle = nasty.joined(separator: " ")
        run.excluded = nasty.map { ExcludedDocument(arm: .control, document: DocumentID($0), reason: .tooShort) }
        run.continuedAt = nasty[3]
        return run
    }
}
