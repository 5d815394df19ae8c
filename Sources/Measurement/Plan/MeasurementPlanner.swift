import Audit
import Corpus
import Inference
import PrefixLearning
import Randomness

/// Turns documents into a plan.
public struct MeasurementPlanner: Sendable {
    private let options: MeasureOptions
    private let suspect: [Document]
    private let control: [Document]?

    /// Creates a planner.
    ///
    /// - Parameters:
    ///   - suspect: The documents that may have been memorized.
    ///   - control: Held-out documents from the same source, which show what comes back by chance; or `nil`.
    ///   - options: What the user set.
    /// - Throws: ``MeasurementError/invalidOption(name:value:requirement:)`` for settings out of range.
    public init(suspect: [Document], control: [Document]? = nil, options: MeasureOptions) throws(MeasurementError) {
        try options.validate()
        self.suspect = suspect.sorted { $0.id < $1.id }
        self.control = control?.sorted { $0.id < $1.id }
        self.options = options
    }

    /// A text that stands for the corpus when servers are calibrated: the document of middle length.
    public var sample: String? {
        let byLength = suspect.sorted { ($0.text.utf8.count, $0.id) < ($1.text.utf8.count, $1.id) }
        return byLength.isEmpty ? nil : byLength[byLength.count / 2].text
    }

    /// Tokenizes the documents, puts the probes and freezes the plan.
    ///
    /// - Parameters:
    ///   - target: The name of the model.
    ///   - model: Its identity, as its servers give it.
    ///   - leading: What the tokenizer puts before every text.
    ///   - elicitations: What is put around prefixes beside nothing, in tokens of this model; of several with one name
    ///     the first counts.
    ///   - tokenize: Tokenizes many texts by the model's tokenizer, keeping their order.
    /// - Throws: ``MeasurementError`` when no document holds a window, or what `tokenize` throws.
    public func prepare(
        target: TargetName, model: String, leading: [TokenID], elicitations: [Elicitation] = [],
        tokenize: ([Document]) async throws -> [TokenizedText]
    ) async throws -> MeasurementPreparation {
        var excluded = DuplicateScreen(suspect: suspect, control: control ?? []).excluded.map {
            UnmeasuredDocument(arm: $0.arm, document: $0.document, reason: $0.reason)
        }
        var documents: [MeasuredDocument] = []
        var longest = 0
        for (arm, members) in [(Arm.suspect, suspect), (.control, control ?? [])] {
            let gone = Set(excluded.lazy.filter { $0.arm == arm }.map(\.document))
            let kept = members.filter { !gone.contains($0.id) }
            for (document, tokens) in zip(kept, try await tokenize(kept)) {
                let borders = UnitBorders(text: document.text, tokenized: tokens, unit: options.grid.unit)
                longest = max(longest, borders.count)
                let prepared = MeasuredDocument(
                    arm: arm, document: document, tokens: tokens,
                    windows: options.grid.windows(ofLength: borders.count), borders: borders)
                if prepared.windows.isEmpty {
                    excluded.append(UnmeasuredDocument(arm: arm, document: document.id, reason: .tooShort))
                } else {
                    documents.append(prepared)
                }
            }
        }
        guard documents.contains(where: { $0.arm == .suspect }) else {
            throw MeasurementError.documentsTooShort(
                longest: longest, needed: (options.grid.prefixLengths.first ?? 0) + options.grid.suffixLength,
                unit: options.grid.unit)
        }
        // A server that drifts must not make a difference between the arms.
        var generator = SeededGenerator(seed: options.seed, stream: "order of documents")
        documents.shuffle(with: &generator)
        var names: Set<PromptID> = [.none]
        let others = elicitations.filter { names.insert($0.id).inserted }
        let plan = MeasurementPlan(
            options, target: target, model: model, elicitations: [.none(leading: leading)] + others,
            suspect: Self.armPlan(documents, .suspect),
            control: control == nil ? nil : Self.armPlan(documents, .control),
            conditions: Self.conditions(documents, elicitations: [.none] + others.map(\.id)),
            probes: Self.digest(documents))
        return MeasurementPreparation(
            plan: plan, documents: documents,
            excluded: excluded.sorted { ($0.arm.rawValue, $0.document) < ($1.arm.rawValue, $1.document) })
    }

    private static func armPlan(_ documents: [MeasuredDocument], _ arm: Arm) -> AuditPlan.ArmPlan {
        let members = documents.filter { $0.arm == arm }.sorted { $0.document.id < $1.document.id }
        return AuditPlan.ArmPlan(
            documents: members.count, windows: members.reduce(0) { $0 + $1.windows.count },
            sha256: sha256Hex(ofTexts: members.flatMap { [$0.document.id.rawValue, $0.document.text] }))
    }

    private static func conditions(
        _ documents: [MeasuredDocument], elicitations: [PromptID]
    ) -> [MeasurementPlan.ConditionPlan] {
        var windows: [ProbeCondition: Int] = [:]
        var members: [ProbeCondition: Int] = [:]
        for document in documents {
            let here = elicitations.flatMap { elicitation in
                document.windows.map {
                    ProbeCondition(elicitation: elicitation, prefixLength: $0.prefixLength, place: $0.place)
                }
            }
            for condition in here { windows[condition, default: 0] += 1 }
            for condition in Set(here) { members[condition, default: 0] += 1 }
        }
        return windows.keys.sorted().map { condition in
            MeasurementPlan.ConditionPlan(
                condition: condition, documents: members[condition] ?? 0, probes: windows[condition] ?? 0)
        }
    }

    private static func digest(_ documents: [MeasuredDocument]) -> String {
        var text = ""
        for document in documents {
            let name = document.document.id.rawValue
            text += "\n\(document.arm.rawValue) \(name.utf8.count):\(name)"
            for window in document.windows.indices {
                let place = document.place(window)
                text += " \(place.prefixTokens.lowerBound)"
                for token in document.tokens.tokens[place.prefixTokens.lowerBound..<place.suffixTokens.upperBound] {
                    text += ",\(token.rawValue)"
                }
            }
        }
        return sha256Hex(text.utf8)
    }
}
