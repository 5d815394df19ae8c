import Foundation

/// What learning prefixes gains and costs, on documents that nothing was learned from.
///
/// Runs a server for the model of each fixture, learns, elicits the documents held out and prints a table; every request
/// to a model is counted, those of learning included.
@main
enum PrefixBenchmark {
    static func main() async {
        do throws(UsageError) {
            let options = try BenchmarkOptions(Array(CommandLine.arguments.dropFirst()))
            do { try await run(options) } catch {
                FileHandle.standardError.write(Data("\(error)\n".utf8))
                exit(1)
            }
        } catch {
            FileHandle.standardError.write(Data("\(error.reason)\n\n\(BenchmarkOptions.usage)\n".utf8))
            exit(64)
        }
    }

    /// Writes a line at once, also when the output is a file: a run takes minutes.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    private static func run(_ options: BenchmarkOptions) async throws {
        var rows: [Measurement] = []
        for path in options.fixtures {
            guard let fixture = Fixture(path: path, model: options.model) else {
                say("\(path): no model there, left out")
                continue
            }
            rows += try await fixture.serve(slots: options.slots) { workshop in
                var rows: [Measurement] = []
                for seed in 1...UInt64(options.seeds) {
                    let found = try await FixtureRun(workshop, options, seed: seed).measurements()
                    for row in found { say(row.line) }
                    rows += found
                }
                return rows
            }
        }
        let table = SummaryTable(rows)
        say(table.text)
        if let path = options.output {
            try Measurement.csv(rows).write(toFile: path, atomically: true, encoding: .utf8)
        }
    }
}
