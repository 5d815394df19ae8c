import Audit
import Corpus
import Foundation
import Inference
import Testing

extension WithRealServer {
    /// The numbers of a journal against what the server says when it is asked for one token after the other, without
    /// any forcing: the whole list of probabilities at every position.
    @Suite struct ForcedScoreTests {
        /// Largest difference allowed per token, in nats.
        static let tolerance = 0.01
        static let documents = 14

        @Test func forcedScoresAreWhatTheModelThinks() async throws {
            let scratch = try Scratch()
            let server = try await TestServer.start(slots: 1)
            let command = try scratch.demoAudit(
                documents: Self.documents, servers: [server.url], "--staging", "full", "--strict", "--json",
                "--windows-per-document", "1")
            _ = try expectObject(try await rote(command.arguments()))
            let observations = try RunRecord(directory: command.run).observations
            #expect(observations.count == 2 * Self.documents)

            let scorers = try await Scorers(url: server.url, texts: texts(command))
            let oracle = Oracle(port: server.port, neutral: try await scorers.token(of: "a"))
            var journal = Comparison(name: "journal")
            var ways = [ForcingWay.grammar, .single, .freeRun].map { Comparison(name: $0.rawValue) }
            var greedyAgree = 0
            var split = 0
            for observation in observations {
                let sighting = try #require(observation.sighting)
                let score = try #require(sighting.score)
                let truth = try oracle.read(observation.prefix, observation.suffix)
                journal.add(score.lns, score.greedy.map { $0 == "1" }, truth)
                for index in ways.indices {
                    let way = try #require(ForcingWay(rawValue: ways[index].name))
                    let tokens = try await scorers.score(observation, way).tokens
                    ways[index].add(tokens.map(\.ln), tokens.map(\.isGreedy), truth)
                }
                if sighting.reply?.run == score.greedyRun { greedyAgree += 1 }
                split += scorers.splitCharacters(observation)
            }
            for comparison in [journal] + ways {
                print("\(comparison)")
                #expect(comparison.largest <= Self.tolerance, "\(comparison)")
                #expect(comparison.tokens == observations.count * 16)
                #expect(Double(comparison.greedyAgree) >= 0.99 * Double(comparison.tokens), "\(comparison)")
            }
            print("greedy run as long as the greedy flags say: \(greedyAgree) of \(observations.count) windows")
            print("suffix tokens that hold a part of a character: \(split)")
            #expect(Double(greedyAgree) >= 0.99 * Double(observations.count))
            #expect(split > 20, "the corpus should hold characters that the vocabulary splits")
            try await server.stop()
        }

        /// With all slots at work and the cache in use, numbers may differ a little more.
        @Test func scoresOfAFastRunAreTheSame() async throws {
            let run = try await PlantedRun.shared()
            let server = try await TestServer.shared()
            let neutral = try await Scorers(url: server.url, texts: [:]).token(of: "a")
            let oracle = Oracle(port: server.port, neutral: neutral)
            var journal = Comparison(name: "fast journal")
            for observation in try RunRecord(directory: run.command.run).observations.prefix(24) {
                let score = try #require(observation.sighting?.score)
                let truth = try oracle.read(observation.prefix, Array(observation.suffix.prefix(score.lns.count)))
                journal.add(score.lns, score.greedy.map { $0 == "1" }, truth)
            }
            print("\(journal)")
            #expect(journal.tokens >= 24 * 8)
            #expect(journal.largest <= Self.tolerance, "\(journal)")
            #expect(Double(journal.greedyAgree) >= 0.99 * Double(journal.tokens), "\(journal)")
        }

        private func texts(_ command: AuditCommand) throws -> [String: String] {
            var texts: [String: String] = [:]
            for path in [command.suspect, command.control ?? ""] {
                for line in String(decoding: try bytes(of: path), as: UTF8.self).split(separator: "\n") {
                    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
                    texts[object.text("id")] = object.text("text")
                }
            }
            return texts
        }
    }
}

/// Differences between two accounts of the same tokens.
private struct Comparison: CustomStringConvertible {
    let name: String
    var largest = 0.0
    var greedyAgree = 0
    var tokens = 0
    var worst = ""

    init(name: String) { self.name = name }

    mutating func add(_ lns: [Double], _ greedy: [Bool], _ truth: [Oracle.Token]) {
        #expect(lns.count == truth.count && greedy.count == truth.count)
        for (index, token) in truth.enumerated() where index < lns.count {
            tokens += 1
            if greedy[index] == token.isGreedy { greedyAgree += 1 }
            let difference = abs(lns[index] - token.ln)
            if difference > largest {
                largest = difference
                worst = "\(lns[index]) against \(token.ln)"
            }
        }
    }

    var description: String {
        "\(name): largest difference \(largest) nat per token (\(worst)), greedy flags agree on \(greedyAgree) of \(tokens)"
    }
}

/// Asks for the probabilities of all tokens at a position, and looks up the one of interest.
private struct Oracle {
    struct Token {
        let ln: Double
        let isGreedy: Bool
    }

    private struct Reply: Decodable {
        struct Candidate: Decodable {
            let id: Int32
            let logprob: Double
        }
        struct Row: Decodable { let top_logprobs: [Candidate] }
        let completion_probabilities: [Row]?
    }

    private struct NoProbability: Error {
        let token: TokenID
        let context: [Int]
    }

    let port: Int
    /// A token that is a whole character.
    let neutral: Int

    func read(_ prefix: [TokenID], _ suffix: [TokenID]) throws -> [Token] {
        try suffix.indices.map { index in
            try read(token: suffix[index], after: (prefix + suffix[..<index]).map { Int($0.rawValue) })
        }
    }

    private func read(token: TokenID, after context: [Int]) throws -> Token {
        // The list of the whole vocabulary is long, and most tokens stand at its beginning.
        for (length, favoured) in [(40, nil), (5000, nil), (5000, neutral)] {
            // Where greedy decoding begins a character that more tokens have to finish, the server gives no row; a bias
            // towards a token of ASCII makes it give one, with the probabilities from before the bias.
            guard let candidates = try candidates(after: context, length, favouring: favoured),
                let found = candidates.first(where: { $0.id == token.rawValue })
            else { continue }
            return Token(ln: found.logprob, isGreedy: candidates.first?.id == token.rawValue)
        }
        throw NoProbability(token: token, context: context)
    }

    private func candidates(after context: [Int], _ length: Int, favouring token: Int?) throws -> [Reply.Candidate]? {
        var request: [String: Any] = [
            "prompt": context, "n_predict": 1, "n_probs": length, "post_sampling_probs": false, "cache_prompt": false,
            "samplers": ["top_k"], "top_k": 1,
        ]
        if let token { request["logit_bias"] = [[token, 1000]] }
        let body = [UInt8](try JSONSerialization.data(withJSONObject: request))
        let head =
            "POST /completion HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        let reply = try #require(Socket.exchange(Array(head.utf8) + body, port: port))
        return try JSONDecoder().decode(Reply.self, from: Data(reply.body)).completion_probabilities?.first?
            .top_logprobs
    }
}

/// Scores a journal's windows again, in any way of forcing.
private struct Scorers {
    private let server: LlamaServer
    private let scorer: ForcedScorer
    private let tokenized: [String: TokenizedText]

    init(url: String, texts: [String: String]) async throws {
        let client = HTTPClient(transport: HTTPTransport(maximumInFlight: 1))
        server = LlamaServer(address: try ServerAddress(url), client: client)
        scorer = try await SessionOpener(strictness: .strict).open(server).scorer
        var tokenized: [String: TokenizedText] = [:]
        for (id, text) in texts { tokenized[id] = try await server.tokenize(text) }
        self.tokenized = tokenized
    }

    /// The one token of a text.
    func token(of text: String) async throws -> Int {
        Int(try #require(await server.tokenize(text).tokens.last).rawValue)
    }

    func score(_ observation: Observation, _ way: ForcingWay) async throws -> ForcedScore {
        try await scorer.score(try target(observation), way: way, slot: SlotID(rawValue: 0))
    }

    /// Number of suffix tokens that are not whole characters.
    func splitCharacters(_ observation: Observation) -> Int {
        guard let suffix = try? target(observation).suffix else { return 0 }
        return suffix.tokens.indices.count { String(validating: suffix.piece($0), as: UTF8.self) == nil }
    }

    private func target(_ observation: Observation) throws -> ForcingTarget {
        let text = try #require(tokenized[observation.document.rawValue])
        let end = observation.start + 32 + observation.suffix.count
        let range = end - observation.suffix.count..<end
        #expect(Array(text.tokens[range]) == observation.suffix)
        return ForcingTarget(prefix: observation.prefix, suffix: text.part(range))
    }
}
