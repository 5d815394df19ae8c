import Testing

@testable import rote

@Suite struct ProgressTests {
    @Test func rateAndRemainingTimeFollowTheLastHalfMinute() {
        var meter = ProgressMeter(total: 1000, completed: 100, at: .zero)
        #expect(meter.rate(at: .milliseconds(100)) == nil)
        for second in 1...60 {
            meter.record(completed: 100 + second * 10, at: .seconds(second))
        }
        #expect(meter.rate(at: .seconds(60)) == 10)
        #expect(meter.remaining(at: .seconds(60)) == .seconds(30))
        // The server stalls: the rate falls instead of staying what it was.
        for second in 61...80 { meter.advance(to: .seconds(second)) }
        let rate = meter.rate(at: .seconds(80)) ?? 0
        #expect(abs(rate - 10.0 / 3) < 0.1)
        for second in 81...120 { meter.advance(to: .seconds(second)) }
        #expect(meter.rate(at: .seconds(120)) == 0)
        #expect(meter.remaining(at: .seconds(120)) == nil)
    }

    @Test func memoryIsBounded() {
        var meter = ProgressMeter(total: nil, at: .zero)
        for step in 1...100_000 { meter.record(completed: step, at: .milliseconds(step)) }
        #expect(Mirror(reflecting: meter).children.contains { ($0.value as? [Any])?.count ?? 0 <= 70 })
        #expect(abs((meter.rate(at: .seconds(100)) ?? 0) - 1000) < 1)
    }

    @Test func theLineSaysWhatIsKnown() {
        func line(_ meter: ProgressMeter, _ note: String = "", at time: Duration, isLast: Bool = false) -> String {
            ProgressDisplay.line(
                label: "probing", unit: "windows", meter: meter, note: note, at: time, isLast: isLast)
        }
        var meter = ProgressMeter(total: 4000, at: .zero)
        #expect(line(meter, at: .zero) == "probing 0/4,000 windows (0.0%)")
        meter.record(completed: 120, at: .seconds(15))
        #expect(
            line(meter, "2 failed", at: .seconds(15))
                == "probing 120/4,000 windows (3.0%), 8.0/s, 8 min 05 s left, 2 failed")
        #expect(line(meter, at: .seconds(16), isLast: true) == "probing 120/4,000 windows (3.0%), took 16.0 s")
        #expect(line(ProgressMeter(total: nil, at: .zero), at: .zero) == "probing 0 windows")
        #expect(line(ProgressMeter(total: 0, at: .zero), at: .zero) == "probing 0/0 windows")
    }
}
