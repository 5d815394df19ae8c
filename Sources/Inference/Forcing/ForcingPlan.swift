import Corpus

/// One request of a forced score.
enum ForcingStep: Hashable, Sendable {
    /// Force a range of suffix tokens by a grammar; rows come back for all of them but `withheld`.
    case grammar(Range<Int>, grammar: String, favouring: [TokenID], withheld: [Int])
    /// Force one suffix token by a bias; its row comes back.
    case single(Int)
    /// Read one suffix token's probability from the full list at its position, because its own row never comes back.
    case lookUp(Int)
}

/// Decides, from the bytes of the tokens alone, which requests a stretch of suffix needs.
///
/// Two server behaviours make this necessary. A token literal in a grammar cannot match a token that is only part of
/// a UTF-8 character (some builds answer with an error, others end their process), and the server withholds the
/// probability row of every token after which the reply ends inside a character. Characters that span tokens are
/// therefore forced as character literals, with a bias towards the tokens that the true tokenization uses, and the
/// rows that will not come back are asked for one by one.
struct ForcingPlan {
    let suffix: TokenizedText

    /// Requests that score the given tokens one at a time.
    func singleSteps(_ range: Range<Int>) -> [ForcingStep] { range.map(singleStep) }

    /// The request that scores one token.
    func singleStep(_ index: Int) -> ForcingStep {
        withholdsRow(after: suffix.piece(index)) ? .lookUp(index) : .single(index)
    }

    /// Requests that score the given tokens by grammars as far as grammars can.
    func grammarSteps(_ range: Range<Int>) -> [ForcingStep] {
        var steps: [ForcingStep] = []
        var extra: [ForcingStep] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let stretch = grammarStretch(from: index, limit: range.upperBound)
            guard let stretch else {
                steps.append(singleStep(index))
                index += 1
                continue
            }
            if stretch.range.count == 1 {
                steps.append(singleStep(index))
            } else {
                steps.append(
                    .grammar(
                        stretch.range, grammar: stretch.grammar, favouring: stretch.favoured,
                        withheld: stretch.withheld))
                extra += stretch.withheld.map(singleStep)
            }
            index = stretch.range.upperBound
        }
        return steps + extra
    }

    private struct Stretch {
        var range: Range<Int>
        var grammar: String
        var favoured: [TokenID]
        var withheld: [Int]
    }

    /// The longest run of tokens from `start` that begins and ends between characters and that a grammar can force.
    private func grammarStretch(from start: Int, limit: Int) -> Stretch? {
        var rule = "root ::="
        var favoured: Set<TokenID> = []
        var withheld: [Int] = []
        var index = start
        while index < limit {
            if isWholeCharacters(index) {
                // Appended in pieces: an interpolation would make a string for each token first.
                rule += " <["
                rule += String(suffix.tokens[index].rawValue)
                rule += "]>"
                index += 1
                continue
            }
            guard let group = characterGroup(from: index, limit: limit), let text = wholeCharacters(group) else {
                break
            }
            rule += " " + literal(text)
            favoured.formUnion(suffix.tokens[group])
            for member in group {
                let generated = suffix.bytes(ofTokens: start..<member + 1)
                if withholdsRow(after: generated) { withheld.append(member) }
            }
            index = group.upperBound
        }
        guard index > start else { return nil }
        return Stretch(
            range: start..<index, grammar: rule, favoured: favoured.sorted(), withheld: withheld)
    }

    /// The shortest run of tokens from `start` whose bytes are whole characters, if it is short.
    private func characterGroup(from start: Int, limit: Int) -> Range<Int>? {
        // A character has at most four bytes, so a run that has not closed after eight tokens never will.
        for end in (start + 1)...(start + 8) where end <= limit {
            if wholeCharacters(start..<end) != nil { return start..<end }
        }
        return nil
    }

    /// Whether a token is made of whole characters.
    private func isWholeCharacters(_ index: Int) -> Bool {
        let piece = suffix.piece(index)
        if !piece.isEmpty, piece.allSatisfy({ $0 < 0x80 }) { return true }
        return wholeCharacters(index..<index + 1) != nil
    }

    /// The text of a range of tokens if it is valid, non-empty UTF-8 by itself.
    private func wholeCharacters(_ range: Range<Int>) -> String? {
        let bytes = suffix.bytes(ofTokens: range)
        guard !bytes.isEmpty, range.allSatisfy({ !suffix.piece($0).isEmpty }) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A GBNF literal that matches exactly the given text.
    private func literal(_ text: String) -> String {
        let escapes = text.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return "\"" + escapes.joined() + "\""
    }

    /// Tells whether a server holds back the row of the token that ends a reply with these bytes: the last four bytes
    /// hold a lead byte whose character is not complete.
    func withholdsRow(after generated: ArraySlice<UInt8>) -> Bool {
        for (distance, byte) in generated.suffix(4).reversed().enumerated() {
            let length: Int
            switch byte {
            case 0xC0...0xDF: length = 2
            case 0xE0...0xEF: length = 3
            case 0xF0...0xF7: length = 4
            default: continue
            }
            if distance + 1 < length { return true }
        }
        return false
    }
}
