import Audit
import Corpus
import Inference

/// One canonical JSON object per observed window and line; absent values are `null`, never missing.
struct JSONLinesReport {
    let rows: [WindowRow]
    let directory: String

    /// The lines.
    ///
    /// - Throws: ``ReportError/notEncodable(directory:reason:)``.
    func text() throws(ReportError) -> String {
        var bytes: [UInt8] = []
        for row in rows {
            do {
                bytes += try CanonicalJSON.encode(WindowObject(row: row))
            } catch {
                throw .notEncodable(directory: directory, reason: error)
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A window as a JSON object.
private struct WindowObject: Encodable {
    let row: WindowRow

    private enum CodingKeys: String, CodingKey {
        case arm, document, counted, window, start, prefixTokens, suffixTokens, outcome, reply, score, requests, source
        case failure, server, probe, journalLine, journalChain
    }

    private enum ReplyKeys: String, CodingKey {
        case run, longestWords, longestCharacters, stop, bytes, sha256, text
    }

    private enum ScoreKeys: String, CodingKey { case tokens, ln, isBound, greedyRun, lns }

    private enum SourceKeys: String, CodingKey { case start, end, isExact }

    func encode(to encoder: any Encoder) throws {
        let observation = row.observation
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(observation.arm, forKey: .arm)
        try object.encode(row.document, forKey: .document)
        try object.encode(row.isCounted, forKey: .counted)
        try object.encode(observation.window, forKey: .window)
        try object.encode(observation.start, forKey: .start)
        try object.encode(observation.prefix.count, forKey: .prefixTokens)
        try object.encode(observation.suffix.count, forKey: .suffixTokens)
        try object.encode(row.outcome.rawValue, forKey: .outcome)
        if let reply = row.reply {
            var nested = object.nestedContainer(keyedBy: ReplyKeys.self, forKey: .reply)
            try nested.encode(reply.run, forKey: .run)
            try nested.encode(reply.longestWords, forKey: .longestWords)
            try nested.encode(reply.longestCharacters, forKey: .longestCharacters)
            try nested.encode(reply.stop, forKey: .stop)
            try nested.encode(reply.text.utf8.count, forKey: .bytes)
            try nested.encode(sha256Hex(reply.text.utf8), forKey: .sha256)
            try nested.encode(row.replyText, forKey: .text)
        } else {
            try object.encodeNil(forKey: .reply)
        }
        if let score = row.score {
            var nested = object.nestedContainer(keyedBy: ScoreKeys.self, forKey: .score)
            try nested.encode(score.lns.count, forKey: .tokens)
            try nested.encode(row.ln, forKey: .ln)
            try nested.encode(score.censored || score.lns.count < observation.suffix.count, forKey: .isBound)
            try nested.encode(score.greedyRun, forKey: .greedyRun)
            try nested.encode(score.lns, forKey: .lns)
        } else {
            try object.encodeNil(forKey: .score)
        }
        try object.encode(observation.sighting?.requests, forKey: .requests)
        if let place = row.place {
            var nested = object.nestedContainer(keyedBy: SourceKeys.self, forKey: .source)
            try nested.encode(place.suffix.lowerBound, forKey: .start)
            try nested.encode(place.suffix.upperBound, forKey: .end)
            try nested.encode(place.isExact, forKey: .isExact)
        } else {
            try object.encodeNil(forKey: .source)
        }
        try object.encode(row.failure, forKey: .failure)
        try object.encode(observation.server, forKey: .server)
        try object.encode(observation.probe, forKey: .probe)
        try object.encode(row.line.sequence, forKey: .journalLine)
        try object.encode(row.line.chain, forKey: .journalChain)
    }
}
