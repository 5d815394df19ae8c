import PrefixLearning
import Testing

@Suite struct LearningBudgetTests {
    @Test(arguments: [
        ("2000", LearningBudget.calls(2000)), ("1", .calls(1)), ("90s", .time(seconds: 90)),
        ("10m", .time(seconds: 600)),
        ("1h", .time(seconds: 3600)),
    ])
    func whatPeopleWrite(_ text: String, _ budget: LearningBudget) {
        #expect(LearningBudget(argument: text) == budget)
        #expect(LearningBudget(argument: budget.description) == budget)
    }

    @Test(arguments: [
        "", "0", "-1", "1.5", "s", "0s", "10 m", "1e3", "10d", "٣", "99999999999999999999", "1000000001", "h1",
    ])
    func whatIsNoBudget(_ text: String) {
        #expect(LearningBudget(argument: text) == nil)
    }
}
