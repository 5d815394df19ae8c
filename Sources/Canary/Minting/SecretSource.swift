import Randomness

/// Draws the siblings of canaries and the choice among them, all from one key.
///
/// The key is bound to the design first, so that no part of a secret file can be changed without changing every secret.
struct SecretSource {
    private let key: CanaryKey
    private let design: CanaryDesign

    init(_ key: CanaryKey, _ design: CanaryDesign) {
        // Every carrier with its length: no two designs have the same text.
        let carriers = design.carriers.map { "\($0.text.utf8.count):\($0.text)" }.joined()
        self.key = key.derived(
            for: "rote canaries 1\n\(design.count)\n\(design.references)\n\(design.secret.bits)\n"
                + "\(SecretLength.alphabet)\n\(design.repetitions)\n\(carriers)")
        self.design = design
    }

    /// The secrets of one canary: drawn alike, no two the same.
    ///
    /// A secret that was drawn before is drawn again, which treats all siblings alike and so leaves each uniform.
    func siblings(ofCanary canary: Int) -> [String] {
        var secrets: [String] = []
        var seen: Set<String> = []
        var draw = 0
        while secrets.count < design.siblings {
            let secret = secret("secret \(canary) \(draw)")
            if seen.insert(secret).inserted { secrets.append(secret) }
            draw += 1
        }
        return secrets
    }

    /// Which sibling of a canary is published, all being equally likely.
    func published(ofCanary canary: Int) -> Int {
        let seed = key.output("published \(canary)").prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var generator = SeededGenerator(seed: seed, stream: "canary-published")
        return generator.next(below: design.siblings)
    }

    /// The alphabet has 2⁵ characters, so five bits are one character without any bias.
    private func secret(_ label: String) -> String {
        let alphabet = Array(SecretLength.alphabet.utf8)
        var text: [UInt8] = []
        var block = 0
        while text.count < design.secret.characters {
            let bytes = key.output("\(label) \(block)")
            text += bytes.prefix(design.secret.characters - text.count).map { alphabet[Int($0 & 31)] }
            block += 1
        }
        return String(decoding: text, as: UTF8.self)
    }
}
