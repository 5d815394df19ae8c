import Corpus

/// The candidates of one learning, each once, and why others are not among them.
struct CandidatePool {
    private(set) var candidates: [Candidate] = []
    private(set) var notices: [String] = []
    private var ids: Set<PromptID> = [.none]
    private var renderings: Set<[[TokenID]]> = []
    private let screen: LeakageFilter
    private let room: Int

    /// Opens a pool; the empty prompt is in it from the start.
    ///
    /// - Parameters:
    ///   - screen: Finds pieces of any document.
    ///   - leading: What the model's tokenizer puts before every text, which is the empty prompt.
    ///   - room: The most tokens that may be put around a prefix.
    init(screen: LeakageFilter, leading: [TokenID], room: Int) {
        self.screen = screen
        self.room = room
        renderings = [[leading, []]]
    }

    /// The candidate of a name.
    subscript(id: PromptID) -> Candidate? { candidates.first { $0.id == id } }

    /// Takes candidates in, apart from those that give away a document, are too long, or are there already.
    mutating func add(_ new: [Candidate]) {
        for candidate in new {
            if candidate.mostTokens > room {
                notices.append("\(candidate.id) is left out: it adds \(candidate.mostTokens) tokens, \(room) fit")
            } else if let leak = leak(candidate) {
                notices.append(leak.description)
            } else if let common = candidate.common, !renderings.insert([common.before, common.after]).inserted {
                continue
            } else if ids.insert(candidate.id).inserted {
                candidates.append(candidate)
            }
        }
    }

    /// Adds sentences for the user.
    mutating func note(_ sentences: [String]) { notices += sentences }

    /// Why a candidate gives a document away, if it does.
    private func leak(_ candidate: Candidate) -> Leak? {
        do throws(Leak) {
            try screen.check(candidate.template)
            if let common = candidate.common { try screen.check(common) }
            for document in candidate.own.keys.sorted(by: {
                ($0.arm.rawValue, $0.document) < ($1.arm.rawValue, $1.document)
            }) {
                if let own = candidate.own[document] { try screen.check(own) }
            }
            return nil
        } catch { return error }
    }
}
