import Randomness

/// Writes texts whose words are as unequally frequent as those of natural text (Zipf, 1935).
struct TextMaker {
    private var generator: SeededGenerator
    private let vocabulary: [String]
    private let cumulative: [Double]

    init(seed: UInt64, vocabularySize: Int) {
        generator = SeededGenerator(seed: seed, stream: "overlap-benchmark")
        var vocabulary: [String] = []
        var cumulative: [Double] = []
        var sum = 0.0
        for rank in 0..<vocabularySize {
            let length = rank < 100 ? 2 + rank % 3 : 4 + generator.next(below: 7)
            var letters: [UInt8] = []
            for _ in 0..<length { letters.append(UInt8(97 + generator.next(below: 26))) }
            vocabulary.append(String(decoding: letters, as: UTF8.self))
            sum += 1 / (Double(rank) + 2.7)
            cumulative.append(sum)
        }
        self.vocabulary = vocabulary
        self.cumulative = cumulative
    }

    mutating func word() -> String {
        let point = generator.nextUnit() * (cumulative.last ?? 0)
        var low = 0
        var high = cumulative.count - 1
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] < point { low = middle + 1 } else { high = middle }
        }
        return vocabulary[low]
    }

    mutating func chance(_ probability: Double) -> Bool { generator.nextUnit() < probability }

    /// A number from 0 to 1, more often near 0.
    mutating func squaredUnit() -> Double {
        let unit = generator.nextUnit()
        return unit * unit
    }

    mutating func text(words: Int) -> [String] {
        (0..<words).map { _ in
            let word = word()
            return chance(0.1) ? word + (chance(0.5) ? "," : ".") : word
        }
    }
}
