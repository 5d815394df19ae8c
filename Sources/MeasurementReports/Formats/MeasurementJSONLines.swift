import Statistics
import Audit
import Corpus
import Inference
import Measurement
import Reports

/// One canonical JSON object per probe and line.
struct MeasurementJSONLines {
    private let report: MeasurementReport

    init(_ report: MeasurementReport) { self.report = report }

    /// The lines, model by model in the order of the summary's probes.
    func text() throws(CanonicalJSONError) -> String {
        var bytes: [UInt8] = []
        for (number, target) in report.shownSummary.targets.enumerated() where report.records.indices.contains(number) {
            let observations = Dictionary(
                report.records[number].observations.map { (ProbeName($0), $0) }, uniquingKeysWith: { one, _ in one })
            // Rows are shown without names where texts are left out, but found by them.
            for (named, row) in zip(report.summary.targets[number].probes, target.probes) {
                guard let observation = observations[ProbeName(named)] else { continue }
                bytes += try CanonicalJSON.encode(
                    ProbeObject(
                        target: target, row: row, observation: observation,
                        isRedacted: report.options.redaction.isActive))
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Names a probe within a run.
private struct ProbeName: Hashable {
    let arm: Arm
    let document: DocumentID
    let condition: ProbeCondition
    let start: Int

    init(_ observation: MeasurementObservation) {
        arm = observation.arm
        document = observation.document
        condition = observation.condition
        start = observation.start
    }

    init(_ row: ProbeRow) {
        arm = row.arm
        document = row.document
        condition = row.condition
        start = row.start
    }
}

/// A probe as a JSON object.
private struct ProbeObject: Encodable {
    let target: TargetSummary
    let row: ProbeRow
    let observation: MeasurementObservation
    let isRedacted: Bool

    private enum CodingKeys: String, CodingKey {
        case model, arm, document, elicitation, prefixLength, place, start, prefixBytes, suffixBytes, replyClass
        case numbers, samples, regurgitatingSamples, ln, lnIsBound, nearVerbatimLn, elsewhere, failure, replies, server
        case probe, plan, journal
    }

    private struct Reply: Encodable {
        let text: String?
        let bytes: Int
        let sha256: String
        let stop: StopReason
        let replyClass: ReplyClass
        let regurgitates: Bool
        let longestWords: Int
        let longestCharacters: Int
        let longestTokens: Int

        private enum CodingKeys: String, CodingKey {
            case text, bytes, sha256, stop, replyClass, regurgitates, longestWords, longestCharacters, longestTokens
        }

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: CodingKeys.self)
            try object.encode(text, forKey: .text)
            try object.encode(bytes, forKey: .bytes)
            try object.encode(sha256, forKey: .sha256)
            try object.encode(stop, forKey: .stop)
            try object.encode(replyClass, forKey: .replyClass)
            try object.encode(regurgitates, forKey: .regurgitates)
            try object.encode(longestWords, forKey: .longestWords)
            try object.encode(longestCharacters, forKey: .longestCharacters)
            try object.encode(longestTokens, forKey: .longestTokens)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(target.target, forKey: .model)
        try object.encode(row.arm, forKey: .arm)
        try object.encode(row.document, forKey: .document)
        try object.encode(row.condition.elicitation, forKey: .elicitation)
        try object.encode(row.condition.prefixLength, forKey: .prefixLength)
        try object.encode(row.condition.place, forKey: .place)
        try object.encode(row.start, forKey: .start)
        try object.encode([row.prefixBytes.lowerBound, row.prefixBytes.upperBound], forKey: .prefixBytes)
        try object.encode([row.suffixBytes.lowerBound, row.suffixBytes.upperBound], forKey: .suffixBytes)
        try object.encode(row.replyClass, forKey: .replyClass)
        try object.encode(row.reply, forKey: .numbers)
        try object.encode(row.samples, forKey: .samples)
        try object.encode(row.regurgitatingSamples, forKey: .regurgitatingSamples)
        try object.encode(row.ln, forKey: .ln)
        try object.encode(row.ln.map { _ in row.lnIsBound }, forKey: .lnIsBound)
        try object.encode(row.nearVerbatimBound?.ln, forKey: .nearVerbatimLn)
        try object.encode(row.elsewhere?.document, forKey: .elsewhere)
        try object.encode(row.failure, forKey: .failure)
        try object.encode(replies, forKey: .replies)
        try object.encode(observation.server, forKey: .server)
        try object.encode(observation.probe, forKey: .probe)
        try object.encode(target.planHash, forKey: .plan)
        try object.encode(target.chain, forKey: .journal)
    }

    private var replies: [Reply] {
        (observation.sighting?.replies ?? []).map { reply in
            Reply(
                text: isRedacted ? nil : reply.text, bytes: reply.text.utf8.count,
                sha256: sha256Hex(reply.text.utf8), stop: reply.stop, replyClass: reply.judgement.replyClass,
                regurgitates: reply.judgement.regurgitates, longestWords: reply.overlap.longestWords,
                longestCharacters: reply.overlap.longestCharacters, longestTokens: reply.overlap.longestTokens)
        }
    }
}
