import Inference

/// What a reply was and whether it repeats its source.
public struct ReplyJudgement: Codable, Hashable, Sendable {
    /// What the reply was.
    public let replyClass: ReplyClass
    /// Whether it repeats enough of its source.
    public let regurgitates: Bool
    /// Words of the run inside which the reply was cut off, so that this length is only a lower bound; `nil` when the
    /// reply did not end inside a run, or ended by itself.
    public let censoredWords: Int?

    /// The judgement on a probe that got no usable answer.
    public static let noAnswer = ReplyJudgement(replyClass: .transportError, regurgitates: false, censoredWords: nil)

    /// Judges a reply: first what it repeats, then how it ended, then what it said.
    ///
    /// - Parameters:
    ///   - visible: The visible part of the reply.
    ///   - stop: Why the server ended it.
    ///   - repetition: What it repeats of its source.
    ///   - trailingWordsElsewhere: Words of the run of another document of the corpus with which it ends: a filter that
    ///     knows the corpus ends that as well.
    ///   - threshold: From which length on a repetition counts.
    /// - Complexity: O(*n*) in the reply's length.
    public init(
        visible: String, stop: StopReason, repetition: Repetition, trailingWordsElsewhere: Int = 0,
        threshold: RegurgitationThreshold
    ) {
        regurgitates = repetition.reaches(threshold)
        let isMatchingAtItsEnd = repetition.trailingWords >= Self.leastTrailingWords
        switch stop {
        case .limit, .word, .unknown: censoredWords = isMatchingAtItsEnd ? repetition.trailingWords : nil
        case .endOfText: censoredWords = nil
        }
        replyClass = Self.replyClass(
            of: visible, stop: stop,
            isMatchingAtItsEnd: isMatchingAtItsEnd || trailingWordsElsewhere >= Self.leastTrailingWords,
            regurgitates: regurgitates)
    }

    private init(replyClass: ReplyClass, regurgitates: Bool, censoredWords: Int?) {
        self.replyClass = replyClass
        self.regurgitates = regurgitates
        self.censoredWords = censoredWords
    }

    /// Words that a reply must share with its source at its very end to be taken for cut off inside a match; fewer
    /// stand there by chance.
    public static let leastTrailingWords = 5

    private static func replyClass(
        of visible: String, stop: StopReason, isMatchingAtItsEnd: Bool, regurgitates: Bool
    ) -> ReplyClass {
        let isEmpty = visible.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
        if !regurgitates, !isEmpty, Refusal.find(in: visible) != nil { return .refused }
        switch stop {
        case .limit: return isEmpty ? .empty : .cutByLength
        case .endOfText: return isEmpty ? .empty : .answered
        case .word, .unknown:
            if isMatchingAtItsEnd { return .filteredMidMatch }
            return isEmpty ? .empty : .stopped
        }
    }

    /// The lengths by which a reply is judged.
    public struct Repetition: Hashable, Sendable {
        /// Words of the longest run shared with the source.
        public let words: Int
        /// Unicode scalars of the longest run shared with the source.
        public let characters: Int
        /// Tokens of the longest run shared with the source.
        public let tokens: Int
        /// Words of the run with which the reply ends.
        public let trailingWords: Int
        /// Whether every token of the expected suffix came at its place, whatever its length.
        public let isWholeSuffix: Bool

        /// Puts the lengths together.
        public init(words: Int, characters: Int, tokens: Int, trailingWords: Int, isWholeSuffix: Bool) {
            self.words = words
            self.characters = characters
            self.tokens = tokens
            self.trailingWords = trailingWords
            self.isWholeSuffix = isWholeSuffix
        }

        /// Whether one of the lengths reaches a threshold.
        public func reaches(_ threshold: RegurgitationThreshold) -> Bool {
            words >= threshold.words || characters >= threshold.characters || tokens >= threshold.tokens
                || isWholeSuffix
        }
    }
}
