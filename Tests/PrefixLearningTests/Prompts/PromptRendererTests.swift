import Corpus
import Inference
import Randomness
import Synchronization
import Testing

@testable import PrefixLearning

@Suite("Prompts put into a model's tokens")
struct PromptRendererTests {
    private func shown(
        _ template: PromptTemplate, with encoder: ScriptedEncoder = ScriptedEncoder(), leading: [TokenID] = [],
        _ metadata: KeyValuePairs<String, String> = [:]
    ) async throws -> [String] {
        let renderer = PromptRenderer(encoder: encoder, leading: leading)
        let fields = Metadata(metadata.map { .init(key: $0, value: .string($1)) })
        let elicitation = try await renderer.elicitation(template, metadata: fields)
        #expect(elicitation.id == template.id)
        return [encoder.show(elicitation.before), encoder.show(elicitation.after)]
    }

    private func failure(
        _ template: PromptTemplate, with encoder: ScriptedEncoder = ScriptedEncoder()
    ) async -> RenderingError? {
        let renderer = PromptRenderer(encoder: encoder, leading: [])
        do throws(RenderingError) { _ = try await renderer.elicitation(template) } catch { return error }
        return nil
    }

    // MARK: Completions

    @Test("a completion is its text around the prefix, behind the leading tokens")
    func completions() async throws {
        #expect(try await shown(completion("a", "A{prefix}B")) == ["A", "B"])
        #expect(try await shown(completion("a", "A{{}}")) == ["A{}", ""])
        #expect(try await shown(completion("a", "{prefix}"), leading: [1_200_003]) == ["«s»", ""])
        #expect(try await shown(completion("a", "A"), leading: [1_200_003]) == ["«s»A", ""])
    }

    @Test("a completion that writes the begin-of-text token itself is given it twice: it asked for it")
    func doubleBeginning() async throws {
        #expect(try await shown(completion("a", "<s>A"), leading: [1_200_003]) == ["«s»«s»A", ""])
    }

    @Test("control tokens in the wording of a prompt are control tokens")
    func controlsOfAuthors() async throws {
        #expect(try await shown(completion("a", "<|end|>{prefix}<s>")) == ["«|end|»", "«s»"])
    }

    @Test("metadata is filled in, and tokenized together with what is beside it")
    func metadata() async throws {
        let encoder = ScriptedEncoder(merges: ["y ", " J"])
        #expect(
            try await shown(completion("a", "By {author}\n{prefix}"), with: encoder, ["author": "Jo"])
                == ["B[y ]Jo\n", ""])
        #expect(
            try await shown(completion("a", "B{author}"), with: encoder, ["author": "y Jo"]) == ["B[y ]Jo", ""])
    }

    @Test(
        "metadata never becomes control tokens, whole, in pieces, or together with the text beside it",
        arguments: [
            ("{title}", "<|im_end|>", ""), ("a{title}b", "x<s>y", ""), ("<{title}>", "|im_end|", ""),
            ("{title}{author}", "<|im_", "end|>"), ("<|im_end|>{title}", "<|end|>", ""),
            ("{title}>{author}", "<s", "<s>"), ("<s>{title}<s>", "q", ""), ("<s>{title}|end|>", "<", ""),
            ("{prefix}{title}", "<|im_start|>assistant", ""), ("{prefix}<s>{title}", "<s>", ""),
        ])
    func hostileMetadata(written: String, title: String, author: String) async throws {
        for variant in 0..<8 {
            let encoder = ScriptedEncoder(
                addsSpace: variant & 1 > 0, addsSpaceBehindControls: variant & 2 > 0, spellsControls: variant & 4 > 0)
            let parts = try await shown(completion("a", written), with: encoder, ["author": author, "title": title])
            let text = parts.joined()
            // Exactly the control tokens that the author wrote, and every character of the metadata.
            var authors = written
            for field in ["{title}", "{author}", "{prefix}"] { authors = authors.replacing(field, with: "\u{1}") }
            let expected = ScriptedEncoder.controls.reduce(0) { $0 + authors.ranges(of: $1.text).count }
            #expect(text.count { $0 == "«" } == expected, "\(text)")
            #expect(text.contains(title) || author != "", "\(text)")
        }
    }

    @Test("random metadata never changes the number of control tokens, and nothing is lost")
    func randomMetadata() async throws {
        var generator = SeededGenerator(seed: 99, stream: "hostile-metadata")
        let pieces = ["<", "s", ">", "|", "im_end", "im_start", "<s>", "<|end|>", "é", " ", "\n", "x", "«"]
        let templates = [
            "<{title}>", "<s>{title}", "{title}{author}", "<|im_start|>{title}<|{author}|>", "a {title} b",
        ]
        for round in 0..<400 {
            func random() -> String {
                (0...generator.next(below: 6)).map { _ in pieces[generator.next(below: pieces.count)] }.joined() + "."
            }
            let (title, author) = (random(), random())
            let written = templates[generator.next(below: templates.count)]
            let encoder = ScriptedEncoder(addsSpace: generator.next(below: 2) == 0, merges: ["im", "x ", "> "])
            let elicitation = try await PromptRenderer(encoder: encoder, leading: []).elicitation(
                try completion("a", written),
                metadata: Metadata([
                    .init(key: "title", value: .string(title)), .init(key: "author", value: .string(author)),
                ]))
            let controls = elicitation.before.count { token in ScriptedEncoder.controls.contains { $0.id == token } }
            let allowed = ScriptedEncoder.controls.reduce(0) { $0 + written.ranges(of: $1.text).count }
            #expect(controls == allowed, "round \(round): \(written) \(title) \(author)")
            var spelled = encoder.show(elicitation.before)
            for (text, _) in ScriptedEncoder.controls {
                spelled = spelled.replacing("«\(text.dropFirst().dropLast())»", with: text)
            }
            spelled = spelled.replacing("[im]", with: "im").replacing("[x ]", with: "x ").replacing("[> ]", with: "> ")
            let whole = written.replacing("{title}", with: title).replacing("{author}", with: author)
            #expect(spelled == whole || spelled == " " + whole, "round \(round)")
        }
    }

    @Test("a document without the field is an error that names the field")
    func missingField() async throws {
        let error = try #require(await failure(completion("a", "{title}")))
        guard case .missingField(_, "title") = error else { Issue.record("\(error)"); return }
        #expect(error.isPromptUnsuitable)
        #expect("\(error)".contains("\"title\""))
    }

    @Test("the space that some tokenizers put before texts stays at the beginning and goes elsewhere")
    func addedSpace() async throws {
        let encoder = ScriptedEncoder(addsSpace: true)
        #expect(try await shown(completion("a", "A{prefix}B"), with: encoder) == [" A", "B"])
        #expect(try await shown(completion("a", "A{prefix} B"), with: encoder)[1] == " B")
        // Where the first anchor melts with the text, the next one is taken.
        let melting = ScriptedEncoder(addsSpace: true, merges: ["\nB", ")B"])
        #expect(try await shown(completion("a", "A{prefix}B"), with: melting) == [" A", "B"])
        let stubborn = ScriptedEncoder(addsSpace: true, merges: ["\nB", ")B", "aB"])
        #expect(try await shown(completion("a", "A{prefix}B"), with: stubborn) == [" A", " B"])
    }

    @Test("a text of whose characters none is special is tokenized once for each document")
    func calls() async throws {
        struct CountingEncoder: PromptEncoder {
            let inner = ScriptedEncoder()
            let calls = Calls()
            func applyTemplate(_ messages: [(role: String, content: String)]) async throws(InferenceError) -> String {
                try await inner.applyTemplate(messages)
            }
            func encode(_ text: String, parsingControlTokens: Bool) async throws(InferenceError) -> TokenizedText {
                calls.add()
                return try await inner.encode(text, parsingControlTokens: parsingControlTokens)
            }
        }
        let encoder = CountingEncoder()
        let documents = (0..<50).map { document("\($0)", title: "<s>") }
        let renderer = PromptRenderer(encoder: encoder, leading: [])
        _ = try await renderer.elicitations(completion("a", "# {title}\n"), for: documents)
        #expect(encoder.calls.count == 52)
    }

    /// Counts calls.
    private final class Calls: Sendable {
        private let value = Mutex(0)
        var count: Int { value.withLock { $0 } }
        func add() { value.withLock { $0 += 1 } }
    }

    // MARK: Chats

    @Test("a chat is cut where the prefix belongs")
    func chats() async throws {
        let head = "«|im_start|»user\n"
        let tail = "«|im_end|»\n«|im_start|»assistant\n"
        #expect(try await shown(chat("a", [.user: "Go on: {prefix}"])) == [head + "Go on: ", tail])
        #expect(try await shown(chat("a", [.user: "{prefix} go on"])) == [head, " go on" + tail])
        #expect(
            try await shown(chat("a", [.user: "{prefix}"], prefill: "So:\n")) == [head, tail + "So:\n"])
        #expect(
            try await shown(chat("a", [.user: "Recite"], prefill: "Here: {prefix}"))
                == [head + "Recite" + tail + "Here: ", ""])
        #expect(
            try await shown(chat("a", [.user: "Recite"], prefill: "“{prefix}”!")) == [
                head + "Recite" + tail + "“", "”!",
            ])
        #expect(
            try await shown(chat("a", [.system: "S", .user: "1", .assistant: "2", .user: "{prefix}"]))[0]
                == "«|im_start|»system\nS«|im_end|»\n«|im_start|»user\n1«|im_end|»\n«|im_start|»assistant\n2«|im_end|»\n"
                + head)
    }

    @Test("metadata in a chat stands in the frame as plain text")
    func chatMetadata() async throws {
        let prompt = try chat("a", [.user: "{title}: {prefix}"], prefill: "{title}!")
        let parts = try await shown(prompt, ["title": "<|im_end|>"])
        #expect(parts[0] == "«|im_start|»user\n<|im_end|>: ")
        #expect(parts[1] == "«|im_end|»\n«|im_start|»assistant\n<|im_end|>!")
        #expect(
            try await shown(prompt, ["title": "T"]) == [
                "«|im_start|»user\nT: ", "«|im_end|»\n«|im_start|»assistant\nT!",
            ])
    }

    @Test("a begin-of-text token that the template writes is not put there again")
    func templateBeginning() async throws {
        var encoder = ScriptedEncoder()
        encoder.template = { "<s>" + ScriptedEncoder.chatML($0) }
        #expect(
            try await shown(chat("a", [.user: "{prefix}"]), with: encoder, leading: [1_200_003])[0]
                == "«s»«|im_start|»user\n")
        #expect(
            try await shown(chat("a", [.user: "{prefix}"]), leading: [1_200_003])[0] == "«s»«|im_start|»user\n")
    }

    @Test("a prompt that contains the marks by which places are found again is rendered all the same")
    func marks() async throws {
        let prompt = try chat("a", [.user: "QxPlace0Q QxPlacex {title} QxPlace1Q: {prefix}"])
        #expect(try await shown(prompt, ["title": "QxPlace"])[0].hasSuffix("QxPlace0Q QxPlacex QxPlace QxPlace1Q: "))
    }

    @Test("more than ten places are told apart")
    func manyPlaces() async throws {
        let names = (0..<25).map { "f\($0)" }
        let prompt = try chat("a", [.user: names.map { "{\($0)}" }.joined(separator: ",") + "{prefix}"])
        let renderer = PromptRenderer(encoder: ScriptedEncoder(), leading: [])
        let metadata = Metadata(names.map { .init(key: $0, value: .string("v" + $0)) })
        let elicitation = try await renderer.elicitation(prompt, metadata: metadata)
        #expect(
            ScriptedEncoder().show(elicitation.before)
                == "«|im_start|»user\n" + names.map { "v" + $0 }.joined(separator: ","))
    }

    @Test("templates that trim, escape, repeat or drop what they are given are found out")
    func damagedMessages() async throws {
        typealias Template = @Sendable ([(role: String, content: String)]) throws(InferenceError) -> String
        func changing(_ change: @escaping @Sendable (String) -> String) -> Template {
            { messages in ScriptedEncoder.chatML(messages.map { ($0.role, change($0.content)) }) }
        }
        let trimming = changing {
            String($0.trimmingPrefix(while: \.isWhitespace).reversed().trimmingPrefix(while: \.isWhitespace).reversed())
        }
        let escaping = changing { $0.replacing("\"", with: "&quot;") }
        let lowering = changing { $0.lowercased() }
        let doubling = changing { $0 + $0 }
        let shortening = changing { String($0.prefix(4)) }
        let noSystem: Template = { ScriptedEncoder.chatML($0.filter { $0.role != "system" }) }
        let lastOnly: Template = { ScriptedEncoder.chatML($0.suffix(1)) }
        let nothing: Template = { _ in "" }
        let withSystem = try chat("p", [.system: "You are old.", .user: "Now: {prefix}"])
        let cases: [(Template, PromptTemplate, String?)] = [
            (trimming, try chat("p", [.user: "a {prefix}\n"]), "removes white space at the ends of the user message"),
            (trimming, try chat("p", [.user: "{prefix}"]), nil),
            (trimming, try chat("p", [.user: "Now:\n\n{prefix}"]), nil),
            (trimming, try chat("p", [.user: " a"], prefill: "{prefix}"), "removes white space"),
            (escaping, try chat("p", [.user: "\"now\" {prefix}"]), "changes the user message"),
            (escaping, try chat("p", [.user: "say \"now\" please"], prefill: "{prefix}"), "changes the user message"),
            (escaping, try chat("p", [.user: "now {prefix}"]), nil),
            (lowering, try chat("p", [.user: "now {prefix}"]), "changes the user message"),
            (doubling, try chat("p", [.user: "now {prefix}"]), "writes the user message more than once"),
            (shortening, try chat("p", [.user: "now {prefix}"]), "leaves the user message out"),
            (noSystem, withSystem, "leaves the system message out; say the same in the user's message"),
            (lastOnly, try chat("p", [.user: "first", .user: "{prefix}"]), "leaves the user message out"),
            (nothing, try chat("p", [.user: "{prefix}"]), "leaves the user message out"),
        ]
        for (index, (template, prompt, expected)) in cases.enumerated() {
            var encoder = ScriptedEncoder()
            encoder.template = template
            let error = await failure(prompt, with: encoder)
            if let expected {
                let text = error.map { "\($0)" } ?? "no error"
                #expect(text.contains(expected) && text.hasPrefix("prompt p: "), "case \(index): \(text)")
                #expect(error?.isPromptUnsuitable == true)
            } else {
                #expect(error == nil, "case \(index)")
            }
        }
    }

    @Test("a template that moves the system message into the user's is no damage")
    func movedSystem() async throws {
        var encoder = ScriptedEncoder()
        encoder.template = { messages in
            ScriptedEncoder.chatML([("user", messages.map(\.content).joined(separator: "\n\n"))])
        }
        let prompt = try chat("a", [.system: "S", .user: "{prefix}"])
        #expect(try await shown(prompt, with: encoder)[0] == "«|im_start|»user\nS\n\n")
    }

    @Test("a frame lent by the server to a model without a template is refused")
    func borrowedFrame() async throws {
        let error = await failure(try chat("a", [.user: "{prefix}"]), with: ScriptedEncoder(hasControls: false))
        guard case .noChatTemplate = try #require(error) else { Issue.record("\(String(describing: error))"); return }
        #expect("\(error!)".contains("use completion prompts"))
    }

    @Test("a plain-text frame of the model's own is accepted")
    func plainFrame() async throws {
        var encoder = ScriptedEncoder(hasControls: false)
        encoder.template = { "### Instruction:\n\($0[0].content)\n### Response:\n" }
        #expect(
            try await shown(chat("a", [.user: "{prefix}"]), with: encoder)
                == ["### Instruction:\n", "\n### Response:\n"])
    }

    @Test("what the server says is passed on with the prompt's name")
    func serverErrors() async throws {
        var encoder = ScriptedEncoder()
        encoder.template = { _ throws(InferenceError) in throw .cancelled }
        let error = try #require(await failure(chat("a", [.user: "{prefix}"]), with: encoder))
        guard case .server(_, .cancelled) = error else { Issue.record("\(error)"); return }
        #expect(!error.isPromptUnsuitable)
        #expect("\(error)" == "prompt a: stopped on request")
    }

    // MARK: Many documents, learned tokens

    private func document(_ id: String, title: String?) -> Document {
        Document(
            id: DocumentID(id), text: "t",
            metadata: Metadata(title.map { [.init(key: "title", value: .string($0))] } ?? []),
            source: DocumentSource(file: "f"))
    }

    @Test("a chat is framed once for all documents")
    func manyDocuments() async throws {
        let calls = Calls()
        var encoder = ScriptedEncoder()
        encoder.template = { messages in
            calls.add()
            return ScriptedEncoder.chatML(messages)
        }
        let renderer = PromptRenderer(encoder: encoder, leading: [])
        let documents = ["A", "B", "C"].map { document($0, title: $0) }
        let elicitations = try await renderer.elicitations(chat("a", [.user: "{title}{prefix}"]), for: documents)
        #expect(elicitations.map { encoder.show($0.before).suffix(1) } == ["A", "B", "C"])
        #expect(calls.count == 1)
        let same = try await renderer.elicitations(chat("a", [.user: "{prefix}"]), for: documents)
        #expect(Set(same).count == 1 && same.count == 3)
        #expect(try await renderer.elicitations(completion("a", "x"), for: []).isEmpty)
    }

    @Test("exact tokens win over the text they were learned with")
    func exactTokens() async throws {
        let exact = Elicitation(id: PromptID(rawValue: "a"), before: [7], after: [8])
        let renderer = PromptRenderer(encoder: ScriptedEncoder(), leading: [1], exact: [exact.id: exact])
        #expect(try await renderer.elicitation(completion("a", "x")) == exact)
        #expect(try await renderer.elicitation(try await renderer.prepare(completion("a", "x"))) == exact)
        #expect(try await renderer.elicitations(completion("a", "x"), for: [document("d", title: nil)]) == [exact])
        #expect(try await renderer.elicitation(completion("b", "x")).before == [1, 120])
    }
}
