import Corpus

/// What prompts do for suspect documents beyond what they do for any text.
///
/// From each lift the prompt's mean lift on control documents is taken off, the same for every document.
struct OwnLifts {
    /// The places of the suspect documents in the table.
    let documents: [Int]
    /// The lift of every prompt on each of ``documents``, in probability per token; nil where unknown.
    let rows: [[Double?]]

    /// Takes lifts from a table, those of some documents alone.
    ///
    /// - Complexity: O(documents × prompts).
    init(_ table: LiftTable, among places: [Int]) {
        func lifts(_ document: Int) -> [Double?] {
            table.prompts.indices.map { table.lift(prompt: $0, document: document)?.value }
        }
        let controls = places.filter { table.documents[$0].arm == .control }.map(lifts)
        let onAnyText = table.prompts.indices.map { prompt in steadiedMean(controls.compactMap { $0[prompt] }) }
        documents = places.filter { table.documents[$0].arm == .suspect }
        rows = documents.map { document in
            zip(lifts(document), onAnyText).map { lift, common in lift.map { $0 - common } }
        }
    }
}

/// The mean of some lifts and four lifts of 0: few lifts are pulled towards that of the empty prompt.
func steadiedMean(_ lifts: [Double]) -> Double { lifts.reduce(0, +) / Double(lifts.count + 4) }
