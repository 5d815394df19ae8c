import Overlap

/// Compares replies of 400 words with articles of 400 words: a third unrelated, a third recited with changes, a third
/// recited in pieces.
struct PairBenchmark {
    let pairs: Int

    func run() {
        var maker = TextMaker(seed: 1, vocabularySize: 30_000)
        let different = min(pairs, 300)
        let texts: [(source: String, reply: String)] = (0..<different).map { index in
            let source = maker.text(words: 400)
            var reply: [String] = []
            switch index % 3 {
            case 0: reply = maker.text(words: 400)
            case 1:
                for word in source { reply.append(maker.chance(0.05) ? maker.word() : word) }
            default:
                reply = maker.text(words: 150) + source[100..<200] + maker.text(words: 100) + source[300..<350]
            }
            return (source.joined(separator: " "), reply.joined(separator: " "))
        }
        let scalars = texts.reduce(0) { $0 + $1.source.unicodeScalars.count + $1.reply.unicodeScalars.count }
        print("pairs: \(pairs) of 400 words, \(scalars / (2 * max(1, different))) characters each")

        let prepared = texts.map { (ComparedText($0.source), ComparedText($0.reply)) }
        report("both texts from strings") { index in
            let text = texts[index % different]
            return Regurgitation(source: ComparedText(text.source), reply: ComparedText(text.reply))
                .coveredWords(runsOfAtLeast: 8)
        }
        report("reply from a string") { index in
            let reply = ComparedText(texts[index % different].reply)
            return Regurgitation(source: prepared[index % different].0, reply: reply).coveredWords(runsOfAtLeast: 8)
        }
        for (kind, name) in ["unrelated", "recited with changes", "recited in pieces"].enumerated() {
            report("comparison alone, \(name)", sharing: 3) { index in
                let (source, reply) = prepared[(index / 3 * 3 + kind) % different]
                return Regurgitation(source: source, reply: reply).coveredWords(runsOfAtLeast: 8)
            }
        }
        report("splitting one text", sharing: 10) { index in ComparedText(texts[index % different].reply).words.count }
        report("longest runs alone", sharing: 10) { index in
            let (source, reply) = prepared[index % different]
            return ContiguousRuns(source: source, reply: reply).characters?.count ?? 0
        }
        report("runs of words alone", sharing: 10) { index in
            let (source, reply) = prepared[index % different]
            return MatchingRuns(source: source.words, reply: reply.words).coverage(runsOfAtLeast: 8).covered
        }
        report("edit distance of characters", sharing: 100) { index in
            let (source, reply) = prepared[index % different]
            return EditSimilarity(charactersOf: source, reply: reply).distance
        }
    }

    private func report(_ name: String, sharing part: Int = 1, _ work: (Int) -> Int) {
        let rounds = max(1, pairs / part)
        var sum = 0
        let seconds = seconds {
            for index in 0..<rounds { sum &+= work(index) }
        }
        let each = seconds / Double(rounds) * 1e6
        print("\(name): \(tenths(each)) µs each, \(tenths(seconds)) s for \(rounds) (checksum \(sum))")
    }
}
