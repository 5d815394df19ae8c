import Corpus
import Randomness
import Testing

@testable import Inference

@Suite("Completion replies")
struct CompletionTests {
    private func parse(_ text: String, lookup: TokenID? = nil) throws -> Completion {
        try Completion(body: Array(text.utf8), lookup: lookup)
    }

    @Test("a free run with probabilities")
    func free() throws {
        let reply = try parse(ReplySamples.free)
        #expect(reply.tokens == [594, 2974, 1564, 1396])
        #expect(reply.content == "lama796 instructionuna")
        #expect(reply.rows.map(\.token) == reply.tokens)
        #expect(reply.rows.map(\.mostProbable) == reply.tokens)
        #expect(reply.rows[1].ln == -2.5330519676208496)
        #expect(reply.stop == .limit)
        #expect(!reply.truncated)
        #expect(reply.promptTokens == 3)
        #expect(reply.lookedUp == nil)
    }

    @Test("a run without probabilities has no rows")
    func bare() throws {
        let reply = try parse(ReplySamples.bare)
        #expect(reply.tokens == [594, 2974])
        #expect(reply.rows.isEmpty)
        #expect(reply.promptTokens == 3)
    }

    @Test("withheld rows are missing and the others keep their tokens")
    func withheld() throws {
        let reply = try parse(ReplySamples.forcedEmoji)
        #expect(reply.tokens == [173, 254, 247, 247, 265])
        #expect(reply.rows.map(\.token) == [247, 265])
        #expect(reply.rows.map(\.mostProbable) == [211, 211])
        #expect(reply.content == "😘 a")
        #expect(try parse(ReplySamples.forcedLeadByte).rows.isEmpty)
    }

    @Test("ends and truncation are reported")
    func ends() throws {
        #expect(try parse(ReplySamples.forcedEnd).stop == .endOfText)
        #expect(try parse(ReplySamples.truncated).truncated)
        #expect(try parse(#"{"tokens":[],"stop_type":"a new reason"}"#).stop == .unknown)
        #expect(try parse(#"{"tokens":[],"stop_type":"word"}"#).stop == .word)
    }

    @Test("a looked-up token is read from the first row alone")
    func lookup() throws {
        let text = #"""
            {"completion_probabilities":[
              {"id":1,"logprob":-1,"top_logprobs":[{"id":4,"logprob":-0.5},{"id":1,"logprob":-1},{"id":9,"logprob":-7.25}]},
              {"id":9,"logprob":-2,"top_logprobs":[{"id":9,"logprob":-2}]}],"tokens":[1,9]}
            """#
        #expect(try parse(text, lookup: 9).lookedUp == -7.25)
        #expect(try parse(text, lookup: 4).lookedUp == -0.5)
        #expect(try parse(text, lookup: 8).lookedUp == nil)
        #expect(try parse(text).lookedUp == nil)
        #expect(try parse(text).rows.map(\.mostProbable) == [4, 9])
    }

    @Test("lists of probable tokens are kept when they are wanted")
    func candidates() throws {
        let text = #"""
            {"completion_probabilities":[
              {"id":1,"logprob":-1,"top_logprobs":[{"id":4,"logprob":-0.5},{"id":1,"logprob":-1}]},
              {"id":9,"logprob":-2,"top_logprobs":[{"id":9,"logprob":-2}]}],"tokens":[1,9]}
            """#
        let kept = try Completion(body: Array(text.utf8), keepsCandidates: true)
        #expect(
            kept.rows.map(\.candidates) == [
                [TokenProbability(token: 4, ln: -0.5), TokenProbability(token: 1, ln: -1)],
                [TokenProbability(token: 9, ln: -2)],
            ])
        #expect(kept.rows.map(\.mostProbable) == [4, 9] && kept.lookedUp == nil)
        #expect(try parse(text).rows.allSatisfy { $0.candidates.isEmpty })
        let broken = text.replacing("-0.5", with: "\"x\"")
        #expect(throws: JSONScanError.self) { try Completion(body: Array(broken.utf8), keepsCandidates: true) }
    }

    @Test("a reply cut at any byte is refused", arguments: ReplySamples.all)
    func cut(sample: String) throws {
        let whole = Array(sample.utf8)
        #expect(throws: Never.self) { try Completion(body: whole) }
        for length in 0..<whole.count {
            #expect(throws: JSONScanError.self, "cut at byte \(length)") {
                try Completion(body: Array(whole[..<length]))
            }
        }
        #expect(throws: JSONScanError.self) { try Completion(body: whole + Array("x".utf8)) }
        #expect(throws: JSONScanError.self) { try Completion(body: whole + whole) }
        #expect(throws: Never.self) { try Completion(body: Array(" \n".utf8) + whole + Array("\r\n".utf8)) }
    }

    @Test("a reply with any byte changed is refused or read, never a trap", arguments: ReplySamples.all)
    func changed(sample: String) {
        let whole = Array(sample.utf8)
        var generator = SeededGenerator(seed: 21, stream: "reply damage")
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0...generator.next(below: 4) {
                bytes[generator.next(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
            }
            if let reply = try? Completion(body: bytes, lookup: 211) {
                #expect(reply.rows.allSatisfy { $0.ln.isFinite })
            }
        }
    }

    @Test(
        "wrong types and impossible numbers are refused",
        arguments: [
            #"[]"#, #""tokens""#, "null", "{}", #"{"content":"a"}"#, #"{"tokens":null}"#, #"{"tokens":{}}"#,
            #"{"tokens":["1"]}"#, #"{"tokens":[1.5]}"#, #"{"tokens":[2147483648]}"#, #"{"tokens":[-2147483649]}"#,
            #"{"tokens":[1e1]}"#, #"{"tokens":[1,]}"#, #"{"tokens":[1],}"#, #"{"tokens":[1],"content":1}"#,
            #"{"tokens":[1],"content":null}"#, #"{"tokens":[1],"truncated":0}"#, #"{"tokens":[1],"truncated":"no"}"#,
            #"{"tokens":[1],"stop_type":1}"#, #"{"tokens":[1],"tokens_evaluated":[]}"#,
            #"{"tokens":[1],"tokens_evaluated":1.5}"#,
            #"{"tokens":[1],"tokens_evaluated":9223372036854775808}"#,
            #"{"tokens":[1],"completion_probabilities":{}}"#, #"{"tokens":[1],"completion_probabilities":[1]}"#,
            #"{"tokens":[1],"completion_probabilities":[{}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"logprob":-1}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"prob":0.5}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":null}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":NaN}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":-Infinity}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":"-1"}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":-1e999}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":-1,"top_logprobs":[{"id":1}]}]}"#,
            #"{"tokens":[1],"completion_probabilities":[{"id":1,"logprob":-1,"top_logprobs":[{"logprob":1}]}]}"#,
        ])
    func refused(text: String) {
        #expect(throws: JSONScanError.self) { try parse(text) }
    }

    @Test("unknown members are skipped, whatever they hold")
    func unknownMembers() throws {
        let reply = try parse(#"{"x":{"tokens":[9]},"tokens":[1],"y":[[{"content":1}]],"":null,"\u0074okens":[7]}"#)
        #expect(reply.tokens == [1])
    }

    @Test("of a repeated member the last one counts, as with other readers of JSON")
    func repeated() throws {
        let row = #"{"id":1,"logprob":-1,"top_logprobs":[{"id":5,"logprob":-0.1}]}"#
        let other = #"{"id":2,"logprob":-2,"top_logprobs":[{"id":6,"logprob":-0.2}]}"#
        let reply = try parse(
            #"{"tokens":[1],"completion_probabilities":[\#(row)],"tokens":[2],"completion_probabilities":[\#(other)]}"#,
            lookup: 5)
        #expect(reply.tokens == [2])
        #expect(reply.rows.map(\.token) == [2])
        #expect(reply.lookedUp == nil)
    }
}
