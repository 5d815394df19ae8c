import Testing

@testable import Statistics

@Suite struct DesignEffectTests {
    @Test func dividesDocuments() throws {
        let effect = try DesignEffect(documentsPerCluster: 6, correlation: 0.1)
        #expect(effect.value == 1.5)
        #expect(effect.effective(240) == 160 && effect.effective(241) == 160 && effect.effective(1) == 1)
        #expect(DesignEffect.none.effective(.max) == .max)
        #expect(try DesignEffect(1.0.nextUp).effective(.max) > 0)
        #expect(try DesignEffect(.greatestFiniteMagnitude).effective(1000) == 1)
        #expect(try DesignEffect(documentsPerCluster: 1, correlation: 1) == .none)
        for (size, correlation) in [(0.5, 0.1), (.nan, 0.1), (.infinity, 0), (3, -0.1), (3, 1.1), (3, .nan)] {
            #expect(throws: StatisticsError.self) {
                try DesignEffect(documentsPerCluster: size, correlation: correlation)
            }
        }
    }
}
