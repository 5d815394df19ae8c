import Corpus

/// Summaries that name no document: every number stays, names and values are replaced.
extension MeasurementSummary {
    /// The summary without names of documents, values of metadata and error texts of servers.
    ///
    /// Names of models stay, and so do names of fields, which the user typed.
    ///
    /// - Parameters:
    ///   - word: What stands for a name or a value; the same for the same text.
    ///   - error: What stands for an error text.
    /// - Complexity: O(probes + documents).
    public func redacted(word: (String) -> String, error: (String) -> String) -> MeasurementSummary {
        MeasurementSummary(
            alpha: alpha, targets: targets.map { TargetSummary($0, word: word, error: error) },
            differences: differences)
    }

    private init(alpha: Double, targets: [TargetSummary], differences: [PairedDifference]) {
        self.alpha = alpha
        self.targets = targets
        self.differences = differences
    }
}

extension TargetSummary {
    fileprivate init(_ other: TargetSummary, word: (String) -> String, error: (String) -> String) {
        target = other.target
        model = other.model
        planHash = other.planHash
        chain = other.chain
        isFinished = other.isFinished
        planned = other.planned
        requests = other.requests
        cells = other.cells
        replyClasses = other.replyClasses
        lengthCurves = other.lengthCurves
        presets = other.presets.map { PresetRate($0, word: word) }
        groups = other.groups.map { GroupTable($0, word: word) }
        documents = other.documents.map { DocumentRow($0, word: word) }
        probes = other.probes.map { ProbeRow($0, word: word, error: error) }
    }
}

extension GroupTable {
    fileprivate init(_ other: GroupTable, word: (String) -> String) {
        field = other.field
        groups = other.groups.map { group in
            Group(
                value: group.value.map(word), arm: group.arm, documents: group.documents, probes: group.probes,
                longestWords: group.longestWords, coveredShare: group.coveredShare)
        }
    }
}

extension PresetRate {
    fileprivate init(_ other: PresetRate, word: (String) -> String) {
        preset = other.preset
        group = other.group.map { Group(field: $0.field, value: $0.value.map(word)) }
        arm = other.arm
        elicitation = other.elicitation
        prefixLength = other.prefixLength
        probes = other.probes
        documents = other.documents
        entries = other.entries
    }
}

extension DocumentRow {
    fileprivate init(_ other: DocumentRow, word: (String) -> String) {
        arm = other.arm
        document = DocumentID(rawValue: word(other.document.rawValue))
        fields = other.fields.mapValues(word)
        words = other.words
        probes = other.probes
        failures = other.failures
        regurgitatingProbes = other.regurgitatingProbes
        refusedProbes = other.refusedProbes
        exactSuffixes = other.exactSuffixes
        longestCharacters = other.longestCharacters
        longestWords = other.longestWords
        longestTokens = other.longestTokens
        coveredWords = other.coveredWords
        nearVerbatimWords = other.nearVerbatimWords
        largestSuffixProbability = other.largestSuffixProbability
        elsewhere = other.elsewhere
    }
}

extension ProbeRow {
    fileprivate init(_ other: ProbeRow, word: (String) -> String, error: (String) -> String) {
        arm = other.arm
        document = DocumentID(rawValue: word(other.document.rawValue))
        condition = other.condition
        start = other.start
        prefixBytes = other.prefixBytes
        suffixBytes = other.suffixBytes
        failure = other.failure.map(error)
        replyClass = other.replyClass
        reply = other.reply
        samples = other.samples
        regurgitatingSamples = other.regurgitatingSamples
        ln = other.ln
        lnIsBound = other.lnIsBound
        nearVerbatimBound = other.nearVerbatimBound
        elsewhere = other.elsewhere.map {
            CorpusRecital(
                arm: $0.arm, document: DocumentID(rawValue: word($0.document.rawValue)), words: $0.words,
                bytes: $0.bytes)
        }
    }
}
