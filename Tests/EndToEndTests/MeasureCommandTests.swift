import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `rote measure` as far as it needs no server: every mistake is one clear line.
@Suite struct MeasureRefusalTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func refused(_ options: [String]) async throws -> Ending {
        var command = try scratch.measure(4, "a=http://127.0.0.1:1")
        command.shape = []
        command.options = ["--quiet", "--wait", "1s"] + options
        return try await rote(command.arguments)
    }

    @Test(arguments: [
        (["--preset", "magic"], ["magic", "carlini-50"]), (["--target", "http://127.0.0.1:1"], ["NAME=URL"]),
        (["--target", "=x.gguf"], ["NAME=URL"]), (["--target", "b="], ["NAME=URL"]),
        (["--target", "../b=x.gguf"], ["NAME=URL"]), (["--target", "a=http://127.0.0.1:2"], ["two models", "a"]),
        (["--prefix-lengths", "50,,7"], ["--prefix-lengths 50,,7", "whole numbers"]),
        (["--prefix-lengths", "many"], ["--prefix-lengths many", "whole numbers"]),
        (["--prefix-lengths", "99999999999999999999"], ["whole numbers"]), (["--prefix-lengths", "0"], ["from 1"]),
        (["--stride", "-1"], ["--stride"]), (["--windows-per-document", "0"], ["--windows-per-document"]),
        (["--preset", "carlini-50", "--stride", "7"], ["--stride", "--preset"]),
        (["--threshold-words", "0"], ["--threshold-words 0", "at least 1"]),
        (["--draws", "3", "--temperature", "0"], ["--temperature"]), (["--prompt", "nobody"], ["nobody"]),
        (["--near-verbatim", "-1"], ["--near-verbatim"]), (["--output", "report.doc"], ["report.doc", ".html"]),
        (["--server", "http://127.0.0.1:1"], ["--target", "--server"]),
        (["--document", "a"], ["--document", "--evidence"]),
        (["--evidence", "e", "--redact"], ["--evidence", "redact"]),
    ])
    func wrongCommandLines(_ options: [String], _ facts: [String]) async throws {
        let ending = try await refused(options)
        expectError(ending, 64, naming: facts[0], facts.last ?? "")
        #expect(!exists(scratch("run")))
    }

    @Test func whatABundleCannotBeMadeOfIsSaidBeforeAnythingIsAsked() async throws {
        // Nothing listens there, so whatever is asked fails.
        let url = "http://127.0.0.1:\(try Socket.freePort())"
        var command = try scratch.measure(4, "a=\(url)")
        let taken = scratch("evidence/a")
        try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
        command.options = ["--quiet", "--evidence", scratch("evidence")]
        expectError(try await rote(command.arguments), 2, naming: taken, "exists already")
        command.options = ["--quiet", "--evidence", scratch("elsewhere"), "--document", "nobody"]
        expectError(try await rote(command.arguments), 2, naming: "nobody", "check")
        #expect(!exists(command.run) && !exists(scratch("elsewhere")))
    }

    @Test func aServerThatIsDown() async throws {
        let url = "http://127.0.0.1:\(try Socket.freePort())"
        var command = try scratch.measure(4, "a=\(url)")
        command.options = ["--quiet", "--wait", "1s"]
        expectError(try await rote(command.arguments), 75, naming: url)
    }
}

extension WithRealServer {
    /// `rote measure` on models that were trained on documents, and on their twins that were not.
    @Suite struct MeasureCommandTests {
        @Test func whatWasRepeatedComesBackAndTheTwinIsClean() async throws {
            let scratch = try Scratch()
            var command = try scratch.measure(
                30, "planted=\(DemoCorpus.planted)", "clean=\(DemoCorpus.clean)",
                options: ["--by", "repetitions", "--likelihood", "--threshold-words", "10"])
            let formats = ["html", "md", "json", "jsonl", "documents.csv", "probes.csv", "junit.xml"]
            for format in formats { command.options += ["--output", scratch("report.\(format)")] }
            let targets = try await command.summary()
            #expect(targets.map { $0.text("target") } == ["planted", "clean"])
            for target in targets {
                #expect(target["isFinished"] as? Bool == true && target.count("planned") == 60)
                #expect(target.rate("failed", "suspect").count("hits") == 0)
                #expect(target.rate("regurgitates", "control").count("hits") == 0, "\(target.text("target"))")
            }
            #expect(targets[1].rate("regurgitates", "suspect").count("hits") == 0)
            #expect(targets[0].rate("regurgitates", "suspect").count("hits") > 0)
            // The more often a text was repeated, the more of such texts come back.
            let groups = (targets[0].objects("groups").first?.objects("groups") ?? []).filter {
                $0.text("arm") == "suspect"
            }
            let shares = groups.compactMap { group -> (Int, Double)? in
                let documents = group.object("documents")
                guard let repetitions = Int(group.text("value")) else { return nil }
                return (repetitions, documents.number("hits") / documents.number("trials"))
            }
            #expect(shares.map(\.0) == shares.map(\.0).sorted() && shares.count >= 4, "\(shares)")
            #expect(shares.first?.1 == 0 && (shares.last?.1 ?? 0) >= 0.5, "\(shares)")
            #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.1 <= $1.1 + 0.35 }, "\(shares)")
            for format in formats { #expect(try !bytes(of: scratch("report.\(format)")).isEmpty, "\(format)") }
            let lines = try String(contentsOfFile: scratch("report.jsonl"), encoding: .utf8)
            #expect(lines.split(separator: "\n").count == 120)
            // Without texts, from the same journals and without asking again.
            let texts = try DemoCorpus.suspect(0..<30).map { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                return object?.text("id") ?? ""
            }
            command.options += ["--redact"]
            let before = TestJournal.lineCount("\(command.run)/planted")
            _ = try await command.summary()
            #expect(TestJournal.lineCount("\(command.run)/planted") == before)
            for format in formats {
                let text = try String(contentsOfFile: scratch("report.\(format)"), encoding: .utf8)
                #expect(!texts.contains { text.contains($0) }, "a name is in the report as \(format)")
            }
        }

        /// Every preset on articles of which a model was trained on some 0, 1, 4, 16 and 64 times: short ones where its
        /// windows fit, long ones where they do not.
        @Test(arguments: [
            ("cooper-books", "harbour-gazette"), ("hayes-np", "harbour-gazette"), ("carlini-50", "harbour-gazette"),
            ("pythia-32", "harbour-gazette"), ("freeman-nyt", "long-reads"), ("copybench-literal", "long-reads"),
            ("mueller-160", "long-reads"), ("ahmed-nv", "long-reads"), ("msr", "long-reads"),
        ])
        func everyPresetRisesWithRepetitions(_ preset: String, _ corpus: String) async throws {
            let scratch = try Scratch()
            let folder = "\(Places.corpora)/\(corpus)"
            let command = MeasureCommand(
                suspect: try scratch.graded(folder, most: 8, others: corpus == "long-reads" ? 3 : 8),
                control: try scratch.write(
                    lines: String(contentsOfFile: "\(folder)/control.jsonl", encoding: .utf8)
                        .split(separator: "\n").prefix(8).map(String.init), to: "control.jsonl"),
                run: scratch("run"),
                targets: ["planted=\(folder)/model-planted.gguf", "clean=\(folder)/model-clean.gguf"],
                shape: ["--preset", preset],
                options: [
                    "--windows-per-document", "1", "--by", "repetitions", "--output", scratch("report.md"),
                ])
            let targets = try await command.summary()
            for target in targets {
                #expect(target["isFinished"] as? Bool == true)
                #expect(target.objects("probes").allSatisfy { $0["failure"] is NSNull || $0["failure"] == nil })
            }
            func numbers(_ target: [String: Any], _ arm: String, _ repetitions: String?) -> [Double] {
                let rates = target.objects("presets").filter { rate in
                    let group = rate["group"] as? [String: Any]
                    return rate.text("preset") == preset && rate.text("arm") == arm
                        && group?["value"] as? String == repetitions && (group != nil) == (repetitions != nil)
                }
                return rates.flatMap { $0.objects("entries") }.map { $0.number("value") }
            }
            let grades = ["0", "1", "4", "16", "64"].map { numbers(targets[0], "suspect", $0) }
            let controls = numbers(targets[0], "control", nil)
            let clean = numbers(targets[1], "suspect", nil)
            #expect(!controls.isEmpty && grades.allSatisfy { $0.count == controls.count })
            for place in controls.indices {
                let curve = grades.map { $0[place] }
                let top = try #require(curve.last)
                #expect(
                    top >= max(controls[place], curve[0], clean[place]), "\(curve) \(controls[place]) \(clean[place])")
                // Runs of five words are common property of such articles; what is longer is not.
                guard place + 1 == controls.count else { continue }
                #expect(top > 2 * max(controls[place], curve[0], clean[place]), "\(curve) \(controls) \(clean)")
                #expect(curve[3] <= top && curve[1] <= max(curve[3], 0.5 * top), "\(curve)")
            }
            let page = try String(contentsOfFile: scratch("report.md"), encoding: .utf8)
            #expect(page.contains("Defined by ") && page.contains("repetitions: 64"))
        }

        @Test func whatCameBackCanBeCheckedAndAskedForAgain() async throws {
            let server = try await TestServer.shared()
            let scratch = try Scratch()
            var command = try scratch.measure(
                30, "planted=\(server.url)",
                options: ["--strict", "--quiet", "--threshold-words", "8", "--evidence", scratch("evidence")])
            _ = try await command.summary()
            let bundle = scratch("evidence/planted")
            let checked = try await rote(["verify", bundle, "--run", "\(command.run)/planted"])
            #expect(checked.status == 0 && checked.output.contains("Everything holds"), "\(checked)")
            let described = try String(contentsOfFile: "\(bundle)/README.txt", encoding: .utf8)
            #expect(described.contains("Verdict of the run: none") && described.contains("16 of 16 tokens came back"))
            let record = try #require(
                try JSONSerialization.jsonObject(with: try Data(contentsOf: URL(filePath: "\(bundle)/bundle.json")))
                    as? [String: Any])
            let windows = record.objects("windows")
            // One window a document was asked about, so each is its document's first, whoever answered when.
            #expect(!windows.isEmpty && windows.allSatisfy { $0.count("window") == 0 })
            for window in windows {
                #expect(window["requestIsRecorded"] as? Bool == true)
                // The same request, sent by anyone, brings the recorded reply.
                var request = URLRequest(url: try #require(URL(string: "\(server.url)/completion")))
                request.httpMethod = "POST"
                let folder = "\(bundle)/\(window.text("directory"))"
                request.httpBody = try Data(contentsOf: URL(filePath: "\(folder)/request.json"))
                let (data, _) = try await URLSession.shared.data(for: request)
                let answer = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
                let reply = try String(contentsOfFile: "\(folder)/reply.txt", encoding: .utf8)
                #expect(answer.text("content") == reply)
            }
            // A document by its name, and wrong ones in one line.
            let name = windows[0].text("document")
            command.options += ["--document", name]
            command.options[command.options.count - 3] = scratch("one")
            _ = try await command.summary()
            #expect(exists(scratch("one/planted/MANIFEST.sha256")))
            command.options[command.options.count - 1] = "nobody"
            command.options[command.options.count - 3] = scratch("none")
            expectError(try await rote(command.arguments), 2, naming: "nobody", "check")
        }

        @Test func aModelThatCannotAnswerIsAnErrorAfterTheReport() async throws {
            let scratch = try Scratch()
            let report = scratch("report.md")
            let command = MeasureCommand(
                suspect: try scratch.longDocuments(2, articles: 8), run: scratch("run"),
                targets: ["planted=\(DemoCorpus.planted)"], shape: ["--preset", "msr"],
                options: ["--windows-per-document", "1", "--quiet", "--output", report])
            // The model sees 512 tokens, and this preset's windows have 332 words.
            expectError(try await rote(command.arguments), 2, naming: "planted: none of", "context too small")
            #expect(try !bytes(of: report).isEmpty)
        }

        @Test func whatIsKilledGoesOnAndCountsTheSame() async throws {
            let scratch = try Scratch()
            let whole = try scratch.measure(
                20, run: "whole", "planted=\(DemoCorpus.planted)", options: ["--strict", "--quiet"])
            let expected = try #require(try await whole.summary().first)
            var killed = whole
            killed.run = scratch("killed")
            let journal = "\(killed.run)/planted"
            for share in [0.6, 0.85] {
                let moment = Int(Double(TestJournal.lineCount("\(whole.run)/planted")) * share)
                let ending = try await rote(killed.arguments + ["--json"]) { process in
                    try await expectSoon { TestJournal.lineCount(journal) >= moment }
                    kill(process, SIGKILL)
                }
                #expect(ending.status == 128 + SIGKILL, "\(ending)")
            }
            let found = try #require(try await killed.summary().first)
            #expect(try found.canonical(without: "chain") == expected.canonical(without: "chain"))
            let other = killed.arguments + ["--seed", "9"]
            expectError(try await rote(other), 2, naming: "another plan", "seed: 1 → 9")
        }

        @Test func aFilterThatCutsInsideAMatchIsSeen() async throws {
            let server = try await TestServer.start(slots: 4)
            let filter = try FaultServer(before: server.port) { request in
                request.path == "/completion" ? .change { Self.cut($0) } : nil
            }
            try await withFaultServer(filter) { filter in
                let scratch = try Scratch()
                var command = try scratch.measure(30, "filtered=\(filter.url)", options: ["--wait", "10s"])
                command.shape = ["--prefix-lengths", "32", "--suffix-length", "32", "--stride", "0"]
                let target = try #require(try await command.summary().first)
                #expect(target.replies("filteredMidMatch", "suspect") > 0)
                #expect(target.replies("filteredMidMatch", "control") == 0)
                #expect(target.rate("cutMidMatch", "suspect").count("hits") > 0)
            }
            try await server.stop()
        }

        @Test func aModelThatDeclinesIsNotCalledClean() async throws {
            let server = try await TestServer.start(slots: 4)
            let decliner = try FaultServer(before: server.port) { request in
                request.path == "/completion" ? .change { Self.decline($0) } : nil
            }
            try await withFaultServer(decliner) { decliner in
                let scratch = try Scratch()
                let command = try scratch.measure(8, "decliner=\(decliner.url)", options: ["--wait", "10s"])
                let target = try #require(try await command.summary().first)
                for arm in ["suspect", "control"] {
                    #expect(target.replies("refused", arm) == 8)
                    #expect(target.rate("refused", arm).count("hits") == 8)
                }
            }
            try await server.stop()
        }

        @Test func oneBadModelAmongTwoIsNamed() async throws {
            let scratch = try Scratch()
            let broken = try scratch.write("this is no model", to: "broken.gguf")
            var command = try scratch.measure(
                4, "planted=\(DemoCorpus.planted)", "broken=\(broken)", options: ["--quiet"])
            let ending = try await rote(command.arguments)
            #expect(ending.status != 0 && ending.messageLines.count == 1, "\(ending)")
            #expect(ending.messages.contains("broken.gguf"), "\(ending)")
            // What was measured before stays, and is not asked again.
            command.targets.removeLast()
            #expect(try await command.summary().first?["isFinished"] as? Bool == true)
        }

        @Test func documentsThatHoldNoWindowAndPlacesThatCannotBeWritten() async throws {
            let scratch = try Scratch()
            var command = try scratch.measure(4, "planted=\(DemoCorpus.planted)", options: ["--quiet"])
            command.shape = ["--prefix-lengths", "5000"]
            expectError(try await rote(command.arguments), 2, naming: "documents too short", "5050")
            command = try scratch.measure(4, run: "written", "planted=\(DemoCorpus.planted)", options: ["--quiet"])
            command.options += ["--output", scratch("nowhere/report.html")]
            let ending = try await rote(command.arguments)
            #expect(ending.status == 2 && ending.messages.contains("nowhere"), "\(ending)")
            #expect(ending.messageLines.count == 1, "\(ending)")
        }

        /// A reply that a filter ends half-way, without saying why.
        private static func cut(_ reply: Message) -> [UInt8] {
            changed(reply) { object in
                guard let tokens = object["tokens"] as? [Any], tokens.count > 20 else { return }
                let text = object.text("content")
                let words = text.split(separator: " ", omittingEmptySubsequences: false)
                object["content"] = words.prefix(words.count / 2).joined(separator: " ")
                object["tokens"] = Array(tokens.prefix(tokens.count / 2))
                object["stop_type"] = "none"
            }
        }

        /// A reply in which the model declines.
        private static func decline(_ reply: Message) -> [UInt8] {
            changed(reply) { object in
                guard let tokens = object["tokens"] as? [Any], tokens.count > 1 else { return }
                object["content"] = "I'm sorry, but I can't reproduce that article, because it is under copyright."
                object["tokens"] = Array(tokens.prefix(1))
                object["stop_type"] = "eos"
            }
        }

        private static func changed(_ reply: Message, _ change: (inout [String: Any]) -> Void) -> [UInt8] {
            guard var object = try? JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any] else {
                return reply.bytes
            }
            change(&object)
            guard let data = try? JSONSerialization.data(withJSONObject: object) else { return reply.bytes }
            return Message.reply(String(decoding: data, as: UTF8.self))
        }
    }
}
