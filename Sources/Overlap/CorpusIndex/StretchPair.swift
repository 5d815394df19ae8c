/// The symbols of a corpus and of a reply, to be compared where a sampled stretch may stand in both.
struct StretchPair<Symbol: Equatable> {
    let symbols: UnsafeBufferPointer<Symbol>
    let reply: UnsafeBufferPointer<Symbol>
    let sampling: StretchSampling

    /// Whether a sample's stretch stands in the reply and is the first of its run that does, so that a run is followed
    /// once, however many samples it holds.
    func isFirstOfRun(_ place: Int, _ replyPlace: Int) -> Bool {
        for offset in 0..<sampling.stretch where symbols[place + offset] != reply[replyPlace + offset] { return false }
        guard place >= sampling.stride, replyPlace >= sampling.stride else { return true }
        // If all symbols back to the sample before are equal, that sample's stretch belongs to the same run.
        for offset in 1...sampling.stride where symbols[place - offset] != reply[replyPlace - offset] { return true }
        return false
    }

    /// The longest run that holds a sample's stretch, which stands in both.
    func run(around place: Int, _ replyPlace: Int) -> CommonRun {
        var (start, replyStart) = (place, replyPlace)
        while start > 0, replyStart > 0, symbols[start - 1] == reply[replyStart - 1] {
            start -= 1
            replyStart -= 1
        }
        var (end, replyEnd) = (place + sampling.stretch, replyPlace + sampling.stretch)
        while end < symbols.count, replyEnd < reply.count, symbols[end] == reply[replyEnd] {
            end += 1
            replyEnd += 1
        }
        return CommonRun(source: start..<end, reply: replyStart..<replyEnd)
    }
}
