/// How many pairs of equal elements are looked at one by one before a method that is linear for every text takes over.
///
/// The pairs of natural text are a few per word and cost about a nanosecond each; a suffix automaton costs about a
/// hundred nanoseconds per element. The limit keeps the worst case linear.
enum PairBudget {
    static func allowed(_ sourceCount: Int, _ replyCount: Int) -> Int {
        64 * (sourceCount + replyCount)
    }
}
