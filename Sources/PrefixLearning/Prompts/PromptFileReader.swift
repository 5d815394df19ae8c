import Corpus

/// Turns the text of one prompt file into typed values.
struct PromptFileReader {
    /// The contents of a file and, for each prompt, where it begins.
    struct Result {
        let file: PromptFile
        let places: [PromptPlace]
    }

    let path: String

    func file(_ text: String) throws(PromptError) -> Result {
        guard !text.allSatisfy(\.isWhitespace) else { throw .empty(path: path) }
        let json: PlacedJSON
        do throws(PlacedJSONError) { json = try PlacedJSON.parse(text) } catch {
            throw .notJSON(place(error.place), column: error.place.column, problem: error.problem)
        }
        guard case .object = json.content else {
            throw .malformed(
                place(json.place),
                problem: .wrongType(key: "the file", expected: "one object in { }", found: json.kindInWords))
        }
        try checkFormat(json)
        do throws(Misplaced) { return try read(json) } catch {
            switch error.problem {
            case .prompt(let id, let problem):
                throw .invalidPrompt(place(error.place), id: id, problem: problem)
            case .file(let problem): throw .malformed(place(error.place), problem: problem)
            case .duplicate(let id, let first):
                throw .duplicateID(id, first: place(first), second: place(error.place))
            case .noPrompts: throw .noPrompts(path: path)
            }
        }
    }

    // MARK: The file

    /// A problem and where it is.
    private struct Misplaced: Error {
        enum Problem {
            case prompt(id: String?, PromptProblem)
            case file(PromptProblem)
            case duplicate(PromptID, first: PlacedJSON.Place)
            case noPrompts
        }
        let place: PlacedJSON.Place
        let problem: Problem
    }

    private func place(_ place: PlacedJSON.Place) -> PromptPlace { PromptPlace(file: path, line: place.line) }

    /// Asked first: what other versions mean by their keys is unknown.
    private func checkFormat(_ json: PlacedJSON) throws(PromptError) {
        guard let format = json["format"] else {
            throw .malformed(place(json.place), problem: .missingKey("format"))
        }
        if case .number(let digits) = format.content {
            guard digits != "\(PromptFile.format)" else { return }
            throw .unknownFormat(place(format.place), found: digits)
        }
        throw .unknownFormat(place(format.place), found: format.kindInWords)
    }

    private func read(_ json: PlacedJSON) throws(Misplaced) -> Result {
        let object = Fields(json) { .file($0) }
        try object.allow(["format", "family", "licence", "provenance", "prompts", "learned", "policy"])
        let family = try object.string("family")
        let licence = try object.string("licence")
        let provenance = try object.string("provenance")
        var prompts: [PromptTemplate] = []
        var firsts: [PromptID: PlacedJSON.Place] = [:]
        let list = try object.list("prompts")
        guard !list.isEmpty else { throw Misplaced(place: json.place, problem: .noPrompts) }
        for element in list {
            let prompt = try prompt(element)
            if let first = firsts.updateValue(element.place, forKey: prompt.id) {
                throw Misplaced(place: element.place, problem: .duplicate(prompt.id, first: first))
            }
            prompts.append(prompt)
        }
        let learned = try json["learned"].map { json throws(Misplaced) in try self.learned(json, of: prompts) }
        let file = PromptFile(
            family: family, licence: licence, provenance: provenance, prompts: prompts, learned: learned,
            policy: json["policy"]?.pretty())
        return Result(file: file, places: list.map { place($0.place) })
    }

    private func learned(_ json: PlacedJSON, of prompts: [PromptTemplate]) throws(Misplaced) -> LearnedRecord {
        func failure(_ problem: PromptProblem) -> Misplaced { Misplaced(place: json.place, problem: .file(problem)) }
        let record: LearnedRecord
        do { record = try json.decode(as: LearnedRecord.self) } catch {
            throw failure(.unreadableRecord("learned", reason: decodingProblem(error)))
        }
        for tokens in record.tokens {
            guard prompts.contains(where: { $0.id == tokens.id }) else {
                throw failure(
                    .unreadableRecord(
                        "learned",
                        reason: "tokens are given for \(quoted(tokens.id.rawValue)), "
                            + "which is no prompt of the file"))
            }
            guard (tokens.before + tokens.after).allSatisfy({ $0.rawValue >= 0 }) else {
                throw failure(.unreadableRecord("learned", reason: "a token is negative"))
            }
        }
        return record
    }

    // MARK: One prompt

    private func prompt(_ json: PlacedJSON) throws(Misplaced) -> PromptTemplate {
        var id: String?
        if case .string(let text) = json["id"]?.content { id = text }
        let object = Fields(json) { .prompt(id: id, $0) }
        guard case .object = json.content else {
            throw object.failure(
                .wrongType(key: "prompts", expected: "a list of objects in { }", found: json.kindInWords))
        }
        let name = PromptID(rawValue: try object.string("id"))
        let written = try object.string("kind")
        guard let kind = PromptKind(rawValue: written) else {
            throw object.failure(.unknownKind(written), at: "kind")
        }
        let common: Set = ["id", "kind", "languages", "note"]
        try object.allow(common.union(kind == .completion ? ["template"] : ["messages", "prefill"]))
        let content: PromptTemplate.Content
        switch kind {
        case .completion: content = .completion(try object.template("template"))
        case .chat, .system: content = .chat(try messages(object), prefill: try object.optionalTemplate("prefill"))
        }
        let languages = try object.optionalStrings("languages")
        let note = try object.optionalString("note")
        let prompt: PromptTemplate
        do throws(PromptProblem) {
            prompt = try PromptTemplate(id: name, content: content, languages: languages, note: note)
        } catch { throw object.failure(error) }
        guard prompt.kind == kind else {
            throw object.failure(.kindDisagrees(kind: kind, hasSystemMessage: prompt.kind == .system))
        }
        return prompt
    }

    private func messages(_ object: Fields) throws(Misplaced) -> [PromptMessage] {
        var messages: [PromptMessage] = []
        for element in try object.list("messages") {
            let message = Fields(element, wrap: object.wrap)
            guard case .object = element.content else {
                throw message.failure(
                    .wrongType(key: "messages", expected: "a list of objects in { }", found: element.kindInWords))
            }
            try message.allow(["role", "content"])
            let written = try message.string("role")
            guard let role = ChatRole(rawValue: written) else {
                throw message.failure(.unknownRole(written), at: "role")
            }
            messages.append(PromptMessage(role: role, content: try message.template("content")))
        }
        return messages
    }

    /// Typed access to the members of an object.
    private struct Fields {
        let json: PlacedJSON
        let wrap: (PromptProblem) -> Misplaced.Problem

        init(_ json: PlacedJSON, wrap: @escaping (PromptProblem) -> Misplaced.Problem) {
            self.json = json
            self.wrap = wrap
        }

        func failure(_ problem: PromptProblem, at key: String? = nil) -> Misplaced {
            Misplaced(place: key.flatMap { json[$0] }?.place ?? json.place, problem: wrap(problem))
        }

        /// A misspelt key would otherwise be passed over in silence.
        func allow(_ keys: Set<String>) throws(Misplaced) {
            guard case .object(let members) = json.content else { return }
            for member in members where !keys.contains(member.key) {
                throw Misplaced(place: member.keyPlace, problem: wrap(.unknownKey(member.key)))
            }
        }

        func string(_ key: String) throws(Misplaced) -> String {
            guard let text = try optionalString(key) else { throw failure(.missingKey(key)) }
            return text
        }

        func optionalString(_ key: String) throws(Misplaced) -> String? {
            guard let value = json[key] else { return nil }
            guard case .string(let text) = value.content else {
                throw failure(.wrongType(key: key, expected: "a string", found: value.kindInWords), at: key)
            }
            return text
        }

        func list(_ key: String) throws(Misplaced) -> [PlacedJSON] {
            guard let value = json[key] else { throw failure(.missingKey(key)) }
            guard case .array(let elements) = value.content else {
                throw failure(.wrongType(key: key, expected: "a list in [ ]", found: value.kindInWords), at: key)
            }
            return elements
        }

        func optionalStrings(_ key: String) throws(Misplaced) -> [String] {
            guard json[key] != nil else { return [] }
            var strings: [String] = []
            for element in try list(key) {
                guard case .string(let text) = element.content else {
                    throw failure(
                        .wrongType(key: key, expected: "a list of strings", found: element.kindInWords), at: key)
                }
                strings.append(text)
            }
            return strings
        }

        func template(_ key: String) throws(Misplaced) -> TemplateText {
            guard let text = try optionalTemplate(key) else { throw failure(.missingKey(key)) }
            return text
        }

        func optionalTemplate(_ key: String) throws(Misplaced) -> TemplateText? {
            guard let written = try optionalString(key) else { return nil }
            // Before reading it: a megabyte of braces is not worth reading.
            let bytes = written.utf8.count
            guard bytes <= PromptTemplate.largestByteCount else {
                throw failure(.tooLong(bytes: bytes, most: PromptTemplate.largestByteCount), at: key)
            }
            do throws(PromptProblem) { return try TemplateText(parsing: written) } catch {
                throw failure(error, at: key)
            }
        }
    }
}

/// What a decoder could not read, in words.
func decodingProblem(_ error: any Error) -> String {
    func path(_ keys: [any CodingKey]) -> String {
        quoted(keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: " → "))
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context): return "\(path(context.codingPath + [key])) is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
        DecodingError.dataCorrupted(let context):
        // Numbers that do not fit come without their path.
        return context.codingPath.isEmpty
            ? "a number in it is out of range" : "\(path(context.codingPath)) holds a value of the wrong kind"
    default: return "it cannot be read"
    }
}
