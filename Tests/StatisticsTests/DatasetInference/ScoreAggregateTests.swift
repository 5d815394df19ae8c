import Testing

@testable import Statistics

@Suite struct ScoreAggregateTests {
    @Test func regressionAgreesWithReferenceValues() throws {
        for row in try ScoreOracles.rows("logistic") {
            let model = try RidgeLogistic(
                first: row.table("suspect").map { $0.compactMap { $0 } },
                second: row.table("control").map { $0.compactMap { $0 } }, penalty: row.number("penalty"))
            #expect(isClose(model.intercept, try row.number("intercept"), 1e-9), "\(model)")
            for (weight, expected) in zip(model.weights, try row.numbers("weights")) {
                #expect(isClose(weight, expected, 1e-9), "\(weight) \(expected)")
            }
        }
    }

    @Test func aggregateAgreesWithReferenceValues() throws {
        for row in try ScoreOracles.rows("aggregate") {
            let fold = LearningFold(suspect: try row.table("suspect"), control: try row.table("control"))
            let aggregate = try ScoreAggregate(fold)
            for (term, expected) in zip(aggregate.terms, try row.numbers("weights")) {
                #expect(isClose(term.weight, expected, 1e-8), "\(term.weight) \(expected)")
            }
            for (rows, name) in [(fold.suspect, "suspect_scores"), (fold.control, "control_scores")] {
                for (row, expected) in zip(rows, try row.numbers(name)) {
                    #expect(abs(aggregate.score(row) - expected) < 1e-8, "\(aggregate.score(row)) \(expected)")
                }
            }
        }
    }

    @Test func separatedArmsAndExtremeNumbersStayFinite() throws {
        let fold = LearningFold(
            suspect: (0..<20).map { [1e100 - Double($0) * 1e98, Double($0) + 100, nil] },
            control: (0..<20).map { [-1e100 + Double($0) * 1e98, -Double($0) - 100, nil] })
        for penalty in [1e-6, 1, 1e9] {
            let aggregate = try ScoreAggregate(fold, penalty: penalty)
            #expect(aggregate.terms.allSatisfy { $0.weight.isFinite }, "\(penalty)")
            #expect(aggregate.terms[0].weight > 0 && aggregate.terms[2].weight == 0)
            #expect(aggregate.score([1e100, 1e100, 1e100]).isFinite)
            #expect(aggregate.score([nil, nil, nil]) == 0)
            #expect(aggregate.score([]) == 0)
        }
        #expect(throws: StatisticsError.self) { try ScoreAggregate(fold, penalty: 0) }
        #expect(throws: StatisticsError.self) { try ScoreAggregate(fold, penalty: .nan) }
        #expect(throws: StatisticsError.self) { try ScoreAggregate(LearningFold(suspect: [], control: [[1]])) }
    }

    @Test func outliersAreCutAndNotDropped() throws {
        var suspect: [[Double?]] = (0..<40).map { [Double($0)] }
        let control: [[Double?]] = (0..<40).map { [Double($0) - 5] }
        let calm = try ScoreAggregate(LearningFold(suspect: suspect, control: control))
        suspect[39] = [1e30]
        let wild = try ScoreAggregate(LearningFold(suspect: suspect, control: control))
        #expect(abs(wild.terms[0].weight - calm.terms[0].weight) < 0.05)
        #expect(wild.score([1e30]) == wild.score([wild.terms[0].highest]))
    }
}
