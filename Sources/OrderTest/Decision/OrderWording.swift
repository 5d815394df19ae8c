import Statistics

/// The sentences of a verdict on a published order.
struct OrderWording {
    private let header: OrderRunHeader
    private let sightings: OrderSightings

    init(_ header: OrderRunHeader, _ sightings: OrderSightings) {
        self.header = header
        self.sightings = sightings
    }

    func reason(
        gates: [OrderGate], test: TestResult?, effect: OrderEffect?, firstPlaces: Int, ordersOfShard: Int, complete: Int
    ) -> String {
        if let failed = gates.first(where: { !$0.passed }) {
            return "the gate \(failed.gate.rawValue) failed: \(failed.detail)"
        }
        guard let test, let effect else {
            let (asked, planned) = (sightings.asked.count, header.plan.questions)
            return asked < planned
                ? "\(asked) of \(planned) questions were asked; repeat the command to ask the others"
                : "no shard has all its scores"
        }
        let hundredths = (abs(effect.lift) * 100).rounded() / 100
        return
            "a document is on average \(hundredths) nat \(effect.lift >= 0 ? "easier" : "harder") to begin after its "
            + "published neighbour than after others, and in \(firstPlaces) of \(count(complete, "shard")) the published "
            + "order is the best of \(ordersOfShard); by luck so much or more has the probability \(test.pValue)"
    }

    func proves(_ answer: OrderVerdict.Answer) -> String {
        switch answer {
        case .memorized:
            "The model depends on the published order: it saw the documents in that order. False alarms have a probability "
                + "of at most \(header.plan.alpha), whatever the model, if the published order was drawn at random and "
                + "independently of it."
        case .inconclusive, .invalid: "Nothing."
        }
    }

    func doesNotProve(_ answer: OrderVerdict.Answer) -> String {
        switch answer {
        case .memorized:
            "That any document can be extracted, who trained the model, or from which copy; and nothing at all if the "
                + "documents stand in an order that somebody chose (by date, topic, source or chapter) and no field tells."
        case .inconclusive:
            "That the model has not seen the documents: training that shuffles them, or shows them once, leaves no trace "
                + "of their order."
        case .invalid: "Anything: documents that stand in an order of some meaning are no evidence either way."
        }
    }

    func caveats(_ answer: OrderVerdict.Answer, incompleteShards: Int) -> [String] {
        var caveats: [String] = []
        if incompleteShards > 0 {
            caveats.append(
                "\(count(incompleteShards, "shard")) without all scores, which count for nothing"
                    + (sightings.lastFailure.map { " (last failure: \($0))" } ?? "")
                    + "; what failed is not asked again, because a second look would raise the error rate")
        }
        if !header.plan.ignoredFields.isEmpty {
            caveats.append(
                "declared, and not checked: \(header.plan.ignoredFields.joined(separator: ", ")) was numbered after the "
                    + "documents had been put in a random order")
        }
        if header.droppedDuplicates > 0, answer != .invalid {
            caveats.append(
                "\(count(header.droppedDuplicates, "record")) repeated the text of an earlier one and took no part, which "
                    + "makes the order of the rest a little less than random")
        }
        if sightings.isCensored {
            caveats.append(
                "some tokens were less probable than the server can represent and count as the least that it can; the "
                    + "test stays valid")
        }
        return caveats
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
