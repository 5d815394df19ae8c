/// The probability that a suspect document scores above a control document, ties counting one half.
///
/// This is the area under the ROC curve and the Mann–Whitney statistic with midranks, divided by the number of pairs.
/// The sum is taken in whole numbers.
///
/// - Parameters:
///   - scores: One finite score per document.
///   - isSuspect: The arm of each document.
/// - Returns: The area; one half when an arm is empty.
/// - Complexity: O(n log n).
func rankArea(scores: [Float], isSuspect: [Bool]) -> Double {
    var keys = zip(scores, isSuspect).map { score, suspect in
        UInt64(orderedBits(score)) << 1 | (suspect ? 1 : 0)
    }
    keys.sort()
    var doubledWins = 0
    var controlsBelow = 0
    var suspects = 0
    var start = 0
    while start < keys.count {
        var end = start
        var tiedSuspects = 0
        while end < keys.count, keys[end] >> 1 == keys[start] >> 1 {
            tiedSuspects += Int(keys[end] & 1)
            end += 1
        }
        let tiedControls = end - start - tiedSuspects
        doubledWins += tiedSuspects * (2 * controlsBelow + tiedControls)
        controlsBelow += tiedControls
        suspects += tiedSuspects
        start = end
    }
    guard suspects > 0, controlsBelow > 0 else { return 0.5 }
    return Double(doubledWins) / (2 * Double(suspects) * Double(controlsBelow))
}

/// Bits that are ordered as the numbers are; both zeros give the same bits.
private func orderedBits(_ score: Float) -> UInt32 {
    let bits = (score + 0).bitPattern
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
}
