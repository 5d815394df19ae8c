/// Which stretches of a corpus are entered in an index so that every run of at least some length holds one.
///
/// Of every *s* neighbouring places one is the start of a stretch of *q* elements that is entered. A run of *q* + *s* − 1
/// elements holds one whole, wherever it begins, so the index is *s* times smaller than the corpus and misses nothing.
struct StretchSampling: Hashable, Sendable {
    /// The length of the stretches that are entered, in elements.
    let stretch: Int
    /// The distance of their starts, in elements.
    let stride: Int

    /// Chooses both numbers.
    ///
    /// - Parameters:
    ///   - minimumRun: The length of the runs that must not be missed; less than one counts as one.
    ///   - common: A length up to which stretches are so common in natural text that looking each up would be slow.
    init(minimumRun: Int, common: Int) {
        let minimumRun = max(1, minimumRun)
        stretch = max(min(minimumRun, common), minimumRun / 2 + 1)
        stride = minimumRun - stretch + 1
    }
}
