/// The interval of a difference of rates, suspect − control, from the arms' score intervals (Newcombe, 1998, method 10).
///
/// d − √((p₁−l₁)² + (u₀−p₀)²) … d + √((u₁−p₁)² + (p₀−l₀)²), with the ends l, u of ``wilson(_:alpha:)``. Covers about as
/// often as stated, stays within −1 … 1, and is never degenerate: 0/n against 0/m gives [−z²/(m+z²), z²/(n+z²)].
///
/// - Parameters:
///   - table: Hits and trials of both arms; the arms and the units must be independent.
///   - alpha: The probability left outside, half of it on each side; strictly between 0 and 1.
/// - Throws: ``StatisticsError/outOfRange(name:value:requirement:)`` for `alpha` outside its range.
public func newcombeDifference(_ table: Table2x2, alpha: Double = 0.05) throws(StatisticsError) -> ConfidenceInterval {
    let suspect = try wilson(table.suspect, alpha: alpha)
    let control = try wilson(table.control, alpha: alpha)
    let (suspectRate, controlRate) = (table.suspect.rate, table.control.rate)
    let difference = suspectRate - controlRate
    let below = hypotenuse(suspectRate - suspect.lower, control.upper - controlRate)
    let above = hypotenuse(suspect.upper - suspectRate, controlRate - control.lower)
    return ConfidenceInterval(
        lower: max(-1, difference - below), upper: min(1, difference + above), confidence: 1 - alpha,
        method: .newcombeHybrid)
}

private func hypotenuse(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
