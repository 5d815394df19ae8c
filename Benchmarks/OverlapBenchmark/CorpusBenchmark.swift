import Overlap

/// Indexes a corpus of articles of 400 words and looks up replies of 400 words of three kinds.
struct CorpusBenchmark {
    let megabytes: Int

    func run() {
        // Frequent words repeat as they do in natural text; a pool of phrases adds runs that many documents share.
        var maker = TextMaker(seed: 2, vocabularySize: 200_000)
        let phrases = (0..<20_000).map { _ in maker.text(words: 7).joined(separator: " ") }
        var documents: [String] = []
        var bytes = 0
        while bytes < megabytes << 20 {
            var text: [String] = []
            for _ in 0..<20 {
                text += maker.text(words: 13)
                text.append(phrases[Int(Double(phrases.count) * maker.squaredUnit())])
            }
            documents.append(text.joined(separator: " "))
            bytes += documents[documents.count - 1].utf8.count
        }
        var replies: [[String]] = []
        for number in 0..<300 {
            let source = documents[number * 7919 % documents.count].split(separator: " ").map(String.init)
            switch number % 3 {
            case 0: replies.append(source)
            case 1: replies.append(source.map { maker.chance(0.05) ? maker.word() : $0 })
            default:
                replies.append(
                    (0..<20).flatMap { _ in maker.text(words: 13) + [phrases[Int(20_000 * maker.squaredUnit())]] })
            }
        }
        print("corpus: \(bytes >> 20) MiB in \(documents.count) documents; memory before: \(peakMemory())")

        var index: CorpusIndex?
        let indexing = seconds { index = CorpusIndex(documents: documents) }
        print("indexing for runs of 8 words: \(tenths(indexing)) s")
        guard let index else { return }
        print("words: \(index.wordCount); peak memory with the texts: \(peakMemory())")
        for (kind, name) in ["recited", "recited with changes", "new"].enumerated() {
            var slowest = 0.0
            var sum = 0.0
            var found = 0
            for number in stride(from: kind, to: replies.count, by: 3) {
                let reply = words(of: replies[number].joined(separator: " "))
                let took = seconds { found += index.matches(of: reply).matches.count }
                slowest = max(slowest, took)
                sum += took
            }
            print(
                "look-up of a reply, \(name): mean \(tenths(sum * 1e6 / 100)) µs, slowest \(tenths(slowest * 1e6)) µs, "
                    + "\(tenths(Double(found) / 100)) matches")
        }
        var boilerplate: BoilerplateIndex?
        let took = seconds { boilerplate = BoilerplateIndex(documents: documents) }
        print(
            "boilerplate of 8 words in 3 documents: \(tenths(took)) s, \(boilerplate?.count ?? 0) stretches, \(peakMemory())"
        )
        characters(documents: documents, replies: replies.map { $0.joined(separator: " ") })
    }

    private func characters(documents: [String], replies: [String]) {
        var index: CharacterCorpusIndex?
        let indexing = seconds {
            index = CharacterCorpusIndex(documents: documents, minimumCharacters: 50)
        }
        print("indexing for runs of 50 characters: \(tenths(indexing)) s")
        guard let index else { return }
        var found = 0
        let took = seconds { for reply in replies { found += index.matches(of: reply).matches.count } }
        print("look-up of a reply: mean \(tenths(took * 1e6 / Double(replies.count))) µs; peak memory: \(peakMemory())")
        print("matches: \(found)")
    }
}
