import Foundation
import Testing

@testable import Inference

@Suite("Prompt log-probabilities by echo")
struct EchoReplyTests {
    private func echoed(_ logprobs: String, promptCount: Int = 3) throws -> [EchoedToken]? {
        let body = #"{"choices":[{"text":"","logprobs":\#(logprobs)}]}"#
        return try JSONDecoder().decode(EchoReply.self, from: Data(body.utf8)).echoed(promptCount: promptCount)
    }

    @Test("a real echo: nothing for the first token, the generated token left out")
    func honest() throws {
        let tokens = try echoed(
            #"{"token_logprobs":[null,-1.5,-0.25,-3],"top_logprobs":[null,{"a":-0.5,"b":-1.5},{"c":-0.25},{"d":-3}]}"#)
        #expect(
            tokens == [
                EchoedToken(ln: nil, isGreedy: false), EchoedToken(ln: -1.5, isGreedy: false),
                EchoedToken(ln: -0.25, isGreedy: true),
            ])
    }

    @Test("an echo that ends with the prompt is as good")
    func exactLength() throws {
        let tokens = try echoed(
            #"{"token_logprobs":[null,-1.5,-0.25],"top_logprobs":[null,{"b":-1.5},{"c":-0.25}]}"#)
        #expect(tokens?.map(\.isGreedy) == [false, true, true])
    }

    @Test(
        "what is not an echo is refused",
        arguments: [
            "null", "{}", #"{"content":[{"id":594,"logprob":-2.55}]}"#, #"{"token_logprobs":null}"#,
            #"{"token_logprobs":[]}"#, #"{"token_logprobs":[-2.5]}"#, #"{"token_logprobs":[null,-1]}"#,
            // The first token of a prompt has no probability; a server that gives one means something else.
            #"{"token_logprobs":[-1,-1,-1],"top_logprobs":[{"a":-1},{"a":-1},{"a":-1}]}"#,
            // A hole.
            #"{"token_logprobs":[null,null,-1],"top_logprobs":[null,null,{"a":-1}]}"#,
            // Not computed.
            #"{"token_logprobs":[null,0,0],"top_logprobs":[null,{"a":0},{"b":0}]}"#,
            #"{"token_logprobs":[null,-9999,-1],"top_logprobs":[null,{"a":-1},{"b":-1}]}"#,
            #"{"token_logprobs":[null,-9999.0,-9999.0],"top_logprobs":[null,{"a":-1},{"b":-1}]}"#,
            // Without the best alternative nobody can tell whether greedy decoding would have chosen the token.
            #"{"token_logprobs":[null,-1.5,-0.25]}"#, #"{"token_logprobs":[null,-1.5,-0.25],"top_logprobs":null}"#,
            #"{"token_logprobs":[null,-1.5,-0.25],"top_logprobs":[null,null,null]}"#,
            #"{"token_logprobs":[null,-1.5,-0.25],"top_logprobs":[null,{},{}]}"#,
            #"{"token_logprobs":[null,-1.5,-0.25],"top_logprobs":[null,{"a":-0.5}]}"#,
        ])
    func refused(logprobs: String) throws {
        #expect(try echoed(logprobs) == nil)
    }

    @Test("no choices and a prompt of one token are refused")
    func degenerate() throws {
        #expect(
            try JSONDecoder().decode(EchoReply.self, from: Data(#"{"choices":[]}"#.utf8)).echoed(promptCount: 2) == nil)
        #expect(try echoed(#"{"token_logprobs":[null],"top_logprobs":[null]}"#, promptCount: 1) == nil)
        #expect(try echoed(#"{"token_logprobs":[],"top_logprobs":[]}"#, promptCount: 0) == nil)
    }
}
