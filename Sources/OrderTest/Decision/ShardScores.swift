/// How well each mover of a shard fits in each place: ln p of its beginning after the anchor before the place, plus ln p of
/// the beginning of the anchor behind the place after its end, in nats.
struct ShardScores: Sendable {
    /// Fit, by place and mover.
    let fit: [[Double]]
    /// For each place, the mover that stands there in the published order.
    let published: [Int]

    /// For every order of the movers the sum of the fits, and the number of the published order among them.
    ///
    /// The means of places and movers are taken off first: they add the same to every order, and large numbers with them.
    ///
    /// - Complexity: O(places! × places).
    var totals: (ofOrders: [Double], published: Int) {
        let count = Double(fit.count)
        let places = fit.map { $0.reduce(0, +) / count }
        let movers = fit.indices.map { mover in fit.reduce(0) { $0 + $1[mover] } / count }
        let mean = places.reduce(0, +) / count
        let orders = Arrangements.all(fit.count)
        let sums = orders.map { order in
            order.enumerated().reduce(0) {
                $0 + fit[$1.offset][$1.element] - places[$1.offset] - movers[$1.element] + mean
            }
        }
        return (sums, orders.firstIndex(of: published) ?? 0)
    }

    /// How much better a mover fits in its published place than in another, per pair of neighbours, in nats.
    ///
    /// The mean of the published fits minus the mean of the others, halved because a fit is about two pairs.
    var lift: Double {
        let count = Double(fit.count)
        let all = fit.reduce(0) { $0 + $1.reduce(0, +) }
        let own = published.enumerated().reduce(0) { $0 + fit[$1.offset][$1.element] }
        return (own / count - (all - own) / (count * (count - 1))) / 2
    }
}
