import Foundation
import Statistics

/// Numbers for people, the same in every locale, and never a word that is no number.
package enum ReportNumber {
    /// What stands where a number is missing or has no value.
    package static let none = "none"

    /// A whole number with commas between thousands.
    package static func count(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A number of an axis as a whole number, with commas between thousands.
    package static func whole(_ value: Double) -> String {
        count(Int(exactly: value.rounded()) ?? (value < 0 ? .min : .max))
    }

    /// A number with a fixed number of decimals.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return none }
        let text = String(format: "%.\(decimals)f", value)
        return text.hasPrefix("-") && !text.contains { "123456789".contains($0) } ? String(text.dropFirst()) : text
    }

    /// A number with a fixed number of decimals and always a sign, except for zero.
    package static func signed(_ value: Double, _ decimals: Int) -> String {
        let text = fixed(value, decimals)
        return value > 0 && text.contains { "123456789".contains($0) } ? "+" + text : text
    }

    /// A number with a fixed number of significant digits, without an exponent unless it is very small or large.
    package static func significant(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite else { return none }
        guard value != 0 else { return "0" }
        let scientific = String(format: "%.\(digits - 1)e", value)
        guard let exponent = scientific.split(separator: "e").last.flatMap({ Int($0) }) else { return scientific }
        return (-7..<15).contains(exponent) ? fixed(value, max(0, digits - 1 - exponent)) : scientific
    }

    /// A share as a percentage with three significant digits; not quite all is never shown as all.
    package static func percent(_ share: Double) -> String {
        if share == 1 { return "100 %" }
        let text = significant(share * 100, 3)
        return (text == "100" && share < 1 ? "over 99.9" : text) + " %"
    }

    /// A share that a person has set, as a percentage with as many digits as it needs, at most six.
    package static func setting(percent share: Double) -> String { trimmed(significant(share * 100, 6)) + " %" }

    /// A number that a person has set, with as many digits as it needs, at most six.
    package static func setting(_ value: Double) -> String { trimmed(significant(value, 6)) }

    /// A difference of shares, in percentage points with one decimal and a sign.
    package static func points(_ difference: Double) -> String { signed(difference * 100, 1) }

    /// A probability with three significant digits, also where it is too small for a `Double`.
    package static func probability(_ value: LogProbability) -> String {
        if value == .certain { return "1" }
        return value.ln > -7 ? significant(value.value, 3) : value.description
    }

    /// The logarithm of a probability, in nats.
    package static func ln(_ value: LogProbability) -> String {
        value.ln.isFinite ? fixed(value.ln, 4) : "below every number"
    }

    /// A coordinate of a drawing: at most two decimals, and 0 for what is no number.
    package static func coordinate(_ value: Double) -> String { value.isFinite ? trimmed(fixed(value, 2)) : "0" }

    private static func trimmed(_ number: String) -> String {
        guard number.contains("."), !number.contains("e") else { return number }
        let kept = number.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(kept.reversed())
    }
}
