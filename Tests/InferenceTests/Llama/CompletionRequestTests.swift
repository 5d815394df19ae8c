import Corpus
import Foundation
import Testing

@testable import Inference

@Suite("Completion requests")
struct CompletionRequestTests {
    private func object(_ request: CompletionRequest) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
    }

    @Test("the bytes of a request are fixed, because journals name requests by their hash")
    func golden() {
        let request = CompletionRequest(
            prompt: [1, 22, 333], maximumTokens: 5, topProbabilities: 1,
            constraint: .grammar("root ::= <[7]> \"\\U0000006A\"", favouring: [9, 8]), reusesCache: true,
            slot: SlotID(rawValue: 3))
        let expected =
            #"{"prompt":[1,22,333],"n_predict":5,"n_probs":1,"post_sampling_probs":false,"return_tokens":true,"#
            + #""stream":false,"stop":[],"samplers":["top_k"],"top_k":1,"temperature":1,"seed":0,"top_p":1,"min_p":0,"#
            + #""typical_p":1,"repeat_penalty":1,"repeat_last_n":0,"presence_penalty":0,"frequency_penalty":0,"#
            + #""dry_multiplier":0,"xtc_probability":0,"dynatemp_range":0,"mirostat":0,"ignore_eos":false,"#
            + #""cache_prompt":true,"id_slot":3,"grammar":"root ::= <[7]> \"\\U0000006A\"","logit_bias":[[9,1000],[8,1000]],"#
            + #""response_fields":["tokens","completion_probabilities","stop_type","truncated","#
            + #""tokens_evaluated"]}"#
        #expect(String(decoding: request.body, as: UTF8.self) == expected)
    }

    @Test(
        "no sampler field is left to the server's default",
        arguments: [Sampling.greedy, .sampled(temperature: 0.7, topK: 40, seed: .max)])
    func everyField(sampling: Sampling) throws {
        let body = try object(CompletionRequest(prompt: [1], maximumTokens: 1, sampling: sampling))
        for key in [
            "prompt", "n_predict", "n_probs", "post_sampling_probs", "return_tokens", "stream", "stop", "samplers",
            "top_k", "temperature", "seed", "top_p", "min_p", "typical_p", "repeat_penalty", "repeat_last_n",
            "presence_penalty", "frequency_penalty", "dry_multiplier", "xtc_probability", "dynatemp_range", "mirostat",
            "ignore_eos", "cache_prompt", "response_fields",
        ] { #expect(body[key] != nil, "\(key)") }
        #expect(body["id_slot"] == nil)
        #expect(body["grammar"] == nil)
        #expect(body["logit_bias"] == nil)
    }

    @Test("only a reply that the model was free to choose is asked for its text")
    func content() throws {
        for (constraint, isText) in [
            (Constraint.free, true), (.token(5), false), (.grammar("root ::= <[5]>", favouring: []), false),
        ] {
            let body = try object(CompletionRequest(prompt: [1], maximumTokens: 1, constraint: constraint))
            #expect((body["response_fields"] as? [String])?.contains("content") == isText)
        }
    }

    @Test("a forced token is one overwhelming bias")
    func bias() throws {
        let body = try object(CompletionRequest(prompt: [1], maximumTokens: 1, constraint: .token(77)))
        #expect(body["logit_bias"] as? [[Int]] == [[77, 1000]])
        #expect(body["grammar"] == nil)
    }

    @Test("a grammar without favoured tokens carries no bias")
    func plainGrammar() throws {
        let body = try object(
            CompletionRequest(prompt: [], maximumTokens: 1, constraint: .grammar("root ::= \"\n\"", favouring: [])))
        #expect(body["grammar"] as? String == "root ::= \"\n\"")
        #expect(body["logit_bias"] == nil)
    }
}
