/// Numbers in sentences, the same in every locale.
enum Wording {
    /// A share as a percentage with three significant digits.
    static func percent(_ share: Double) -> String {
        let percent = abs(share * 100)
        let decimals =
            percent >= 99.95 || percent == 0
            ? 0 : percent >= 9.995 ? 1 : percent >= 0.9995 ? 2 : percent >= 0.09995 ? 3 : 4
        return fixed(share * 100, decimals) + " %"
    }

    /// A difference of log-probabilities.
    static func nats(_ value: Double) -> String { fixed(value, 4) + " nat" }

    /// A number with a fixed number of decimals.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(sign)\(scaled / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// A count with its noun.
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
