/// Times the comparison of replies with articles and the search of replies in a corpus, on one core.
///
///     overlap-benchmark pairs [PAIRS]
///     overlap-benchmark corpus [MEGABYTES]
@main
enum OverlapBenchmark {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let size = arguments.dropFirst().first.flatMap { Int($0) }
        switch arguments.first {
        case "pairs": PairBenchmark(pairs: size ?? 100_000).run()
        case "corpus": CorpusBenchmark(megabytes: size ?? 100).run()
        default: print("usage: overlap-benchmark pairs [PAIRS] | corpus [MEGABYTES]")
        }
    }
}
