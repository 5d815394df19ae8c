import ArgumentParser
import Audit
import Canary
import Foundation

/// `rote canary mint`: draws canaries.
struct CanaryMintVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mint",
        abstract: "Draw canaries: a file to plant, and a secret file to test with later.",
        discussion: """
            Prints the commitment: the SHA-256 of the secret file. Make it public, with a date, before the texts are \
            planted; it shows later that siblings and choice were fixed by then. Keep the secret file to yourself: \
            without it there is no test, and who knows it can spoil the test. Files are never overwritten.
            """)

    @Option(help: ArgumentHelp("Number of canaries (default: 10).", valueName: "n"))
    var count: Int?

    @Option(help: ArgumentHelp("Unpublished siblings of each canary (default: 999).", valueName: "n"))
    var references: Int?

    @Option(help: ArgumentHelp("Least number of random bits in a secret (default: 60).", valueName: "n"))
    var bits: Int?

    @Option(help: ArgumentHelp("How often each canary is to be planted (default: 1).", valueName: "n"))
    var repetitions: Int?

    @Option(help: ArgumentHelp("Error rate that the test is to have (default: 0.01).", valueName: "p"))
    var alpha: Double?

    @Option(
        help: ArgumentHelp(
            "Sentences to plant, one per line, each with {secret} in it; or the word default (default: default).",
            valueName: "file"))
    var carrier: String?

    @Option(help: ArgumentHelp("The secret file to write.", valueName: "file"))
    var secret: String?

    @Option(help: ArgumentHelp("The file of texts to plant to write; a note is written beside it.", valueName: "file"))
    var publish: String?

    // Not a setting: a seed that is left in a configuration file would make every later key guessable.
    @Option(
        help: ArgumentHelp(
            "For tests and replay only: whoever guesses it knows all secrets (default: the system's random source).",
            valueName: "n"))
    var seed: UInt64?

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run() async throws {
        var (settings, console, json) = try output.open()
        let secretPath = try settings.require(secret, key: "secret")
        let publishPath = try settings.require(publish, key: "publish")
        let carrierFile = try settings.resolve(carrier, key: "carrier", default: "default")
        let levels = try CanaryLevels(alpha: try settings.resolve(alpha, key: "alpha", default: 0.01))
        let design = try CanaryDesign(
            count: try settings.resolve(count, key: "count", default: 10),
            references: try settings.resolve(references, key: "references", default: 999),
            secret: SecretLength(bits: try settings.resolve(bits, key: "bits", default: 60)),
            repetitions: try settings.resolve(repetitions, key: "repetitions", default: 1),
            carriers: carrierFile == "default" ? Carrier.standard : try CarrierFile.read(carrierFile))
        try design.requirePower(at: levels)
        let files = try MintedFiles(secret: secretPath, publish: publishPath)
        if seed != nil { console.warning("--seed: whoever guesses it knows all secrets; use it for tests only") }
        if design.count > design.carriers.count {
            console.warning(
                "\(design.count) canaries share \(design.carriers.count) carriers: after one beginning a model can write "
                    + "out only one secret; give more sentences with --carrier for the full evidence")
        }
        let key = seed.map { CanaryKey(seed: $0) } ?? CanaryKey.random()
        let commitment = try files.write(CanarySet(minting: design, with: key))
        console.note(
            "\(design.count) canaries of \(design.secret.characters) random characters (\(design.secret.bits) bits), "
                + "\(design.references) references each")
        console.note("plant every line of \(files.publish); keep \(files.secret) secret and safe")
        console.note("make the commitment public, with a date, before planting: it also stands in \(files.note)")
        guard json else { return try console.data("commitment \(commitment.sha256)") }
        let event = Minted(
            commitment: commitment.sha256, canaries: design.count, references: design.references,
            bits: design.secret.bits, repetitions: design.repetitions, secret: files.secret, publish: files.publish,
            note: files.note)
        try console.data(String(decoding: try CanonicalJSON.encode(event), as: UTF8.self))
    }

    /// The object that `rote canary mint --json` prints.
    private struct Minted: Encodable {
        let event = "canaries-minted"
        let schema = 1
        let commitment: String
        let canaries: Int
        let references: Int
        let bits: Int
        let repetitions: Int
        let secret: String
        let publish: String
        let note: String
    }
}
