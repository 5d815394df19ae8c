/// How numbers are written for people, the same on every machine.
///
/// Decimal point, comma between thousands, English units, no locale consulted. Data for programs (JSON, CSV) never passes through here.
enum HumanFormat {
    /// A count with commas, for example `1,234,567`.
    static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return (value < 0 ? "-" : "") + grouped
    }

    /// A number of bytes in binary units, for example `812 B`, `1.5 MiB`.
    static func bytes(_ value: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var size = Double(value.magnitude)
        guard size >= 1024 else { return "\(value) B" }
        var unit = -1
        // 1023.95 would be rounded up to 1024.0 of the smaller unit.
        while size >= 1023.95 && unit < units.count - 1 {
            size /= 1024
            unit += 1
        }
        return (value < 0 ? "-" : "") + decimal(size, places: 1) + " " + units[unit]
    }

    /// A duration in at most two units, for example `0.35 s`, `12.3 s`, `4 min 05 s`, `3 h 20 min`, `2 d 4 h`.
    static func duration(_ value: Duration) -> String {
        let (seconds, attoseconds) = value.components
        if value < .zero {
            let positive = Duration.zero - value
            return "-" + duration(positive)
        }
        let exact = Double(seconds) + Double(attoseconds) * 1e-18
        if exact < 0.9995 { return decimal(exact, places: exact < 0.0995 ? 3 : 2) + " s" }
        if exact < 59.95 { return decimal(exact, places: 1) + " s" }
        let whole = exact < 1e15 ? Int64(exact.rounded()) : seconds
        let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
        if days > 0 { return "\(days) d \(hours) h" }
        if hours > 0 { return "\(hours) h \(twoDigits(minutes)) min" }
        return "\(minutes) min \(twoDigits(whole % 60)) s"
    }

    /// A time that is only estimated, in whole seconds and at least one, for example `49 s`, `4 min 05 s`.
    static func roughDuration(_ value: Duration) -> String {
        let seconds = max(
            1, value.components.seconds + (value.components.attoseconds >= 500_000_000_000_000_000 ? 1 : 0))
        return seconds < 60 ? "\(seconds) s" : duration(.seconds(seconds))
    }

    /// A share between 0 and 1 as a percentage, for example `12.3%`.
    ///
    /// Rounding never turns something into nothing or not quite all into all: `<0.1%` and `>99.9%` stand for those.
    static func percent(_ share: Double, places: Int = 1) -> String {
        guard share.isFinite else { return decimal(share, places: places) }
        let smallest = decimal(pow10(-places), places: places)
        let text = decimal(share * 100, places: places)
        if share > 0 && text == decimal(0, places: places) { return "<\(smallest)%" }
        if share < 1 && text == decimal(100, places: places) {
            return ">\(decimal(100 - pow10(-places), places: places))%"
        }
        return text + "%"
    }

    /// Things per second with about three digits, for example `0.25/s`, `8.3/s`, `1,240/s`.
    static func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite else { return "?/s" }
        if perSecond < 0.9995 { return decimal(perSecond, places: 2) + "/s" }
        if perSecond < 99.95 { return decimal(perSecond, places: 1) + "/s" }
        return (Int(exactly: perSecond.rounded()).map(count) ?? "?") + "/s"
    }

    /// A number with a fixed number of decimals, rounded half away from zero.
    ///
    /// - Parameters:
    ///   - value: Any number; not finite ones are written `nan`, `inf` and `-inf`.
    ///   - places: The number of decimals, 0 to 9.
    static func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite else { return "\(value)" }
        let places = min(max(places, 0), 9)
        let scaled = (value.magnitude * pow10(places)).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e18 else { return "\(value)" }
        let digits = String(UInt64(scaled))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + padded }
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }

    private static func twoDigits(_ value: Int64) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }

    private static func pow10(_ exponent: Int) -> Double {
        var result = 1.0
        for _ in 0..<abs(exponent) { result *= 10 }
        return exponent < 0 ? 1 / result : result
    }
}
