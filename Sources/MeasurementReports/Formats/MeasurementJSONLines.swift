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
        for (target, record) in zip(report.shownSummary.targets, report.records) {
            let observations = record.observations.sorted {
                // The order of a summary's probes: arm, document, condition, place.
                ($0.arm == .suspect ? 0 : 1, $0.document, $0.condition, $0.start)
                    < ($1.arm == .suspect ? 0 : 1, $1.document, $1.condition, $1.start)
            }
            for (row, observation) in zip(target.probes, observations) {
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
