/// Reads carriers from a text file: one sentence per line, empty lines left out.
public enum CarrierFile {
    /// Largest file, in bytes.
    static let largestByteCount = 1 << 20

    /// Reads all carriers of a file.
    ///
    /// - Parameter path: A UTF-8 text file.
    /// - Returns: At least one carrier, no two the same.
    /// - Throws: ``CanaryError``, naming file and line.
    public static func read(_ path: String) throws(CanaryError) -> [Carrier] {
        let bytes = try readWholeFile(path, limit: largestByteCount)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .unreadable(path: path, reason: "not UTF-8 text; save the carriers as UTF-8")
        }
        var carriers: [Carrier] = []
        var seen: Set<Carrier> = []
        // A byte order mark is no part of the first sentence.
        let body = text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        for (index, line) in body.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let sentence = String(line.last == "\r" ? line.dropLast() : line)
            guard sentence.contains(where: { !$0.isWhitespace }) else { continue }
            let place = "\(path):\(index + 1)"
            let carrier: Carrier
            do throws(CarrierProblem) { carrier = try Carrier(sentence) } catch {
                throw .invalidCarrier(place: place, problem: error)
            }
            guard seen.insert(carrier).inserted else { throw .invalidCarrier(place: place, problem: .repeated) }
            carriers.append(carrier)
        }
        guard !carriers.isEmpty else { throw .noCarriers(path: path) }
        return carriers
    }
}
