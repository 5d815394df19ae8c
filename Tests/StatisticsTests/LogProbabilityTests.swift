import Foundation
import Testing

@testable import Statistics

@Suite struct LogProbabilityTests {
    @Test func refusesWhatIsNotAProbability() {
        #expect(throws: StatisticsError.self) { try LogProbability(ln: .nan) }
        #expect(throws: StatisticsError.self) { try LogProbability(ln: 1e-6) }
        #expect(throws: StatisticsError.self) { try LogProbability(ln: .infinity) }
        #expect(throws: StatisticsError.self) { try LogProbability(1.5) }
        #expect(throws: StatisticsError.self) { try LogProbability(-0.1) }
        #expect(throws: StatisticsError.self) { try LogProbability(.nan) }
    }

    @Test func roundsTinyPositiveLogarithmsToCertainty() throws {
        #expect(try LogProbability(ln: 1e-12) == .certain)
        #expect(try LogProbability(ln: -0.0).ln.sign == .plus)
        #expect(try LogProbability(0) == .impossible)
    }

    @Test func ordersAndComplements() throws {
        let small = try LogProbability(ln: -1404.79)
        #expect(LogProbability.impossible < small)
        #expect(small < .certain)
        #expect(small.value == 0)
        #expect(try LogProbability(0.25).complement.value == 0.75)
        #expect(LogProbability.certain.complement == .impossible)
    }

    @Test func survivesJSONIncludingZero() throws {
        let values = [LogProbability.certain, .impossible, try LogProbability(ln: -1404.7900558171386)]
        let data = try JSONEncoder().encode(values)
        #expect(String(decoding: data, as: UTF8.self) == #"[0,"-inf",-1404.7900558171386]"#)
        #expect(try JSONDecoder().decode([LogProbability].self, from: data) == values)
    }

    @Test(arguments: [#"["inf"]"#, "[0.5]", #"["nan"]"#, "[null]"])
    func refusesBrokenJSON(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([LogProbability].self, from: Data(text.utf8))
        }
    }

    @Test func printsDigitsBelowTheRangeOfDoubles() throws {
        #expect(try LogProbability(ln: -1404.7900558171385608).description == "8.08e-611")
        #expect(try LogProbability(0.05).description == "0.0500")
        #expect(try LogProbability(0.00496).description == "0.00496")
        #expect(try LogProbability(0.9996).description == "1")
        #expect(try LogProbability(0.675).description == "0.675")
        #expect(LogProbability.certain.description == "1")
        #expect(LogProbability.impossible.description == "0")
        #expect(try LogProbability(ln: .log(9.999e-10)).description == "1.00e-9")
    }
}

extension Double {
    fileprivate static func log(_ x: Double) -> Double { Foundation.log(x) }
}
