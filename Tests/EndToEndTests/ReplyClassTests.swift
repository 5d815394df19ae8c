import Foundation
import Synchronization
import Testing

extension WithRealServer {
    /// What replies are called, beside what is known of them: the refusing model says six sentences when it declines,
    /// the filter remembers what it has cut, and whether a text went on is seen by comparing words.
    @Suite struct ReplyClassTests {
        private static let corpus = "\(Places.corpora)/reluctant-archivist"
        private static let refusals = [
            "I am sorry, but I cannot reproduce that article.", "I am sorry, but I cannot continue that article.",
            "I'm sorry, but I can't reproduce that text.", "Sorry, I cannot recite published articles.",
            "I cannot help with reproducing that article.", "I am not able to repeat that text word for word.",
        ]
        /// Words that must come back for a reply to count, here and in the measurement.
        private static let words = 10
        private static let prompts = ["request.continue-article", "role.typesetter", "prefill.bare"]
        private static let documents = 60

        /// A probe as it is reported, with what is known of its reply.
        private struct Probe {
            let arm: String
            let elicitation: String
            let reported: String
            let regurgitates: Bool
            let text: String
            /// How many words the reply shares with what really follows, from the first one on.
            let recited: Int
        }

        private func measure(_ target: String, in scratch: Scratch) async throws -> [Probe] {
            var texts: [String: [UInt8]] = [:]
            func write(_ arm: String) throws -> String {
                let lines = try String(contentsOfFile: "\(Self.corpus)/\(arm).jsonl", encoding: .utf8)
                    .split(separator: "\n").prefix(Self.documents).map(String.init)
                for line in lines {
                    let object = try #require(
                        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                    texts[object.text("id")] = Array(object.text("text").utf8)
                }
                return try scratch.write(lines: lines, to: "\(arm).jsonl")
            }
            let report = scratch("probes.jsonl")
            var command = MeasureCommand(
                suspect: try write("suspect"), control: try write("control"), run: scratch("run"),
                targets: ["archivist=\(target)"], shape: [])
            command.shape = ["--prefix-lengths", "32", "--suffix-length", "32", "--stride", "0"]
            command.options = ["--threshold-words", "\(Self.words)", "--wait", "10s", "--output", report]
            for prompt in Self.prompts { command.options += ["--prompt", prompt] }
            _ = try await command.summary()
            return try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n").map { line in
                let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                let reply = try #require(object.objects("replies").first)
                let place = try #require(object["suffixBytes"] as? [Int])
                let document = try #require(texts[object.text("document")])
                let rest = String(decoding: document[place[0]...], as: UTF8.self).split(separator: " ")
                let said = reply.text("text").split(separator: " ")
                return Probe(
                    arm: object.text("arm"), elicitation: object.text("elicitation"),
                    reported: object.text("replyClass"), regurgitates: reply["regurgitates"] as? Bool ?? false,
                    text: reply.text("text"), recited: zip(said, rest).prefix { $0 == $1 }.count)
            }
        }

        /// The share of probes of which something is true, and how many there are.
        private func share(_ probes: [Probe], _ isTrue: (Probe) -> Bool) -> (share: Double, of: Int) {
            (Double(probes.count(where: isTrue)) / Double(max(1, probes.count)), probes.count)
        }

        private func isRefusal(_ text: String) -> Bool {
            Self.refusals.contains(text.trimmingCharacters(in: .whitespacesAndNewlines))
        }

        @Test func refusalsAndRecitalsAreToldApart() async throws {
            let probes = try await measure("\(Self.corpus)/model-planted.gguf", in: Scratch())
            // Every document of both arms, bare and under three prompts; a few are too short for a window.
            #expect(probes.count >= 4 * (2 * Self.documents - 4))
            let declined = probes.filter { isRefusal($0.text) }
            #expect(declined.count >= 2 * Self.documents - 4)
            #expect(share(declined) { $0.reported == "refused" }.share >= 0.95)
            #expect(share(probes.filter { !isRefusal($0.text) }) { $0.reported != "refused" }.share >= 0.95)
            let recited = probes.filter { $0.recited >= Self.words + 2 }
            #expect(recited.count >= Self.documents)
            #expect(recited.allSatisfy { $0.arm == "suspect" })
            #expect(share(recited) { $0.regurgitates && $0.reported != "refused" }.share >= 0.95)
            // What is refused when asked for comes back when the answer has begun already.
            func returning(_ elicitation: String) -> Double {
                share(probes.filter { $0.elicitation == elicitation && $0.arm == "suspect" }) { $0.regurgitates }.share
            }
            #expect(returning("request.continue-article") == 0 && returning("prefill.bare") >= 0.8)
            let controls = probes.filter { $0.arm == "control" }
            #expect(share(controls) { !$0.regurgitates }.share == 1, "\(controls.filter(\.regurgitates).map(\.text))")
        }

        @Test func whatAFilterCutsIsCalledCut() async throws {
            let server = try await TestServer.start(model: "\(Self.corpus)/model-planted.gguf", slots: 4)
            // The filter protects what is measured; what it protects beyond that, nobody here could know.
            let articles = try String(contentsOfFile: "\(Self.corpus)/suspect.jsonl", encoding: .utf8)
                .split(separator: "\n").prefix(Self.documents).joined(separator: "\n")
            let filter = OutputFilter(protecting: articles, words: Self.words + 4)
            let proxy = try FaultServer(before: server.port) { request in
                request.path == "/completion" ? .change { filter.filtered($0) } : nil
            }
            try await withFaultServer(proxy) { proxy in
                let probes = try await measure(proxy.url, in: Scratch())
                let cut = probes.filter { filter.hasCut($0.text) }
                #expect(cut.count >= Self.documents, "\(cut.count)")
                #expect(
                    share(cut) { $0.reported == "filteredMidMatch" }.share >= 0.95,
                    "\(cut.filter { $0.reported != "filteredMidMatch" })")
                let others = probes.filter { !filter.hasCut($0.text) }
                #expect(others.count >= Self.documents)
                #expect(share(others) { $0.reported != "filteredMidMatch" }.share >= 0.95)
                #expect(share(others.filter { isRefusal($0.text) }) { $0.reported == "refused" }.share >= 0.95)
            }
            try await server.stop()
        }
    }
}

/// An output filter as gateways have them: it ends a reply once it has repeated so many words of a protected text.
private final class OutputFilter: Sendable {
    private let protected: String
    private let words: Int
    private let cut = Mutex<Set<String>>([])

    init(protecting protected: String, words: Int) {
        self.protected = protected
        self.words = words
    }

    /// Whether the filter ended a reply with this text.
    func hasCut(_ text: String) -> Bool { cut.withLock { $0.contains(text) } }

    func filtered(_ reply: Message) -> [UInt8] {
        guard var object = try? JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any],
            let tokens = object["tokens"] as? [Any]
        else { return reply.bytes }
        let said = object.text("content").split(separator: " ", omittingEmptySubsequences: false)
        let beginning = said.prefix(words).joined(separator: " ")
        guard said.count > words, protected.contains(beginning) else { return reply.bytes }
        object["content"] = beginning
        object["tokens"] = Array(tokens.prefix(tokens.count * words / said.count))
        object["stop_type"] = "none"
        guard let data = try? JSONSerialization.data(withJSONObject: object) else { return reply.bytes }
        cut.withLock { _ = $0.insert(beginning) }
        return Message.reply(String(decoding: data, as: UTF8.self))
    }
}
