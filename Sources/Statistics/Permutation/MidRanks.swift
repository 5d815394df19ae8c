/// The doubled midranks of pooled values: whole numbers, equal for ties.
///
/// - Returns: For each value twice the average of the places its tie group takes, counted from 1.
func doubledMidRanks(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Int](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start
        while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
        for place in start...end { ranks[order[place]] = start + end + 2 }
        start = end + 1
    }
    return ranks
}
