import Randomness

/// Pairs of sequences that share much, little or nothing, and repeat themselves much or little.
enum RandomSequences {
    static func pair(longest: Int, with generator: inout SeededGenerator) -> (source: [Int], reply: [Int]) {
        let alphabet = [1, 2, 3, 6, 30, 400][generator.next(below: 6)]
        let source = (0..<generator.next(below: longest + 1)).map { _ in generator.next(below: alphabet) }
        var reply: [Int] = []
        switch generator.next(below: 4) {
        case 0:  // something else
            reply = (0..<generator.next(below: longest + 1)).map { _ in generator.next(below: alphabet) }
        case 1:  // the same with changes
            for element in source {
                switch generator.next(below: 12) {
                case 0: break
                case 1: reply.append(generator.next(below: alphabet))
                case 2: reply += [element, generator.next(below: alphabet)]
                default: reply.append(element)
                }
            }
        case 2:  // pieces in any order
            for _ in 0..<generator.next(below: 6) where !source.isEmpty {
                let start = generator.next(below: source.count)
                reply += source[start..<start + generator.next(below: source.count - start + 1)]
                reply.append(generator.next(below: alphabet + 2))
            }
        default:  // a loop
            if !source.isEmpty {
                let piece = source.prefix(1 + generator.next(below: min(5, source.count)))
                while reply.count < longest / 2 { reply += piece }
            }
        }
        return (source, Array(reply.prefix(2 * longest)))
    }
}
