/// The languages in which refusals are found.
public enum RefusalLanguage: String, Codable, Hashable, Sendable, CaseIterable {
    /// English.
    case english
    /// German.
    case german
    /// French.
    case french
    /// Spanish.
    case spanish
}

/// Phrases that stand one after the other in a sentence that declines.
struct RefusalRule: Sendable {
    /// One of several phrases, and how near it must follow the one before.
    struct Step: Sendable {
        /// The phrases, word by word; a word that ends with `*` stands for all that begin so.
        let phrases: [[String]]
        /// Most words between the end of the phrase before and the beginning of this one.
        let reach: Int

        /// Takes phrases that are separated by `|`.
        init(_ phrases: String, within reach: Int = 60) {
            self.phrases = phrases.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
            self.reach = reach
        }
    }

    let language: RefusalLanguage
    let name: String
    let steps: [Step]

    init(_ language: RefusalLanguage, _ name: String, _ steps: Step...) {
        self.language = language
        self.name = name
        self.steps = steps
    }

    /// Stands after the last word of a sentence; no text has such a word.
    static let sentenceEnd = "¶"

    /// All rules, language by language.
    static let all = english + german + french + spanish

    /// Whether the steps stand in a sentence in their order.
    ///
    /// - Parameter sentence: Words in lower case with straight apostrophes.
    func matches(_ sentence: [String]) -> Bool { matches(sentence, from: 0, step: 0) }

    private func matches(_ sentence: [String], from start: Int, step: Int) -> Bool {
        guard step < steps.count else { return true }
        let last = min(sentence.count, start + steps[step].reach)
        guard start <= last else { return false }
        for place in start...last {
            for phrase in steps[step].phrases where Self.stands(phrase, in: sentence, at: place) {
                if matches(sentence, from: place + phrase.count, step: step + 1) { return true }
            }
        }
        return false
    }

    private static func stands(_ phrase: [String], in sentence: [String], at place: Int) -> Bool {
        guard place + phrase.count <= sentence.count else { return false }
        return zip(phrase, sentence[place...]).allSatisfy { expected, word in
            expected.last == "*" ? word.hasPrefix(expected.dropLast()) : word == expected
        }
    }
}
