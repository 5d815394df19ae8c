import Testing

@testable import rote

@Suite struct HumanFormatTests {
    @Test func counts() {
        let cases = [
            (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (100_000, "100,000"),
            (Int.min, "-9,223,372,036,854,775,808"),
        ]
        for (value, text) in cases { #expect(HumanFormat.count(value) == text) }
    }

    @Test func bytes() {
        let cases = [
            (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1_572_864, "1.5 MiB"), (1_048_575, "1.0 MiB"),
            (-2048, "-2.0 KiB"), (Int.max, "8.0 EiB"), (Int.min, "-8.0 EiB"),
        ]
        for (value, text) in cases { #expect(HumanFormat.bytes(value) == text) }
    }

    @Test func durations() {
        let cases: [(Duration, String)] = [
            (.zero, "0.000 s"), (.milliseconds(7), "0.007 s"), (.milliseconds(350), "0.35 s"), (.seconds(1), "1.0 s"),
            (.milliseconds(59_949), "59.9 s"), (.milliseconds(59_960), "1 min 00 s"), (.seconds(245), "4 min 05 s"),
            (.seconds(3600), "1 h 00 min"), (.seconds(12_000), "3 h 20 min"), (.seconds(187_300), "2 d 4 h"),
            (.seconds(-245), "-4 min 05 s"),
        ]
        for (value, text) in cases { #expect(HumanFormat.duration(value) == text) }
        #expect(HumanFormat.duration(.seconds(Int64.max)).hasSuffix(" h"))
        #expect(HumanFormat.roughDuration(.milliseconds(30)) == "1 s")
        #expect(HumanFormat.roughDuration(.milliseconds(48_600)) == "49 s")
        #expect(HumanFormat.roughDuration(.seconds(245)) == "4 min 05 s")
    }

    @Test func percentagesNeverRoundToNothingOrAll() {
        let cases = [
            (0, "0.0%"), (0.123, "12.3%"), (0.0001, "<0.1%"), (0.9999, ">99.9%"), (1, "100.0%"), (1.5, "150.0%"),
            (.nan, "nan"), (-0.5, "-50.0%"),
        ]
        for (value, text) in cases { #expect(HumanFormat.percent(value) == text) }
        #expect(HumanFormat.percent(0.12345, places: 3) == "12.345%")
        #expect(HumanFormat.percent(0.001, places: 0) == "<1%")
    }

    @Test func ratesAndDecimals() {
        #expect(HumanFormat.rate(0.25) == "0.25/s")
        #expect(HumanFormat.rate(8.3) == "8.3/s")
        #expect(HumanFormat.rate(1240.4) == "1,240/s")
        #expect(HumanFormat.rate(1e300) == "?/s")
        #expect(HumanFormat.rate(.nan) == "?/s")
        #expect(HumanFormat.decimal(-0.04, places: 1) == "0.0")
        #expect(HumanFormat.decimal(-0.05, places: 1) == "-0.1")
        #expect(HumanFormat.decimal(2.5, places: 0) == "3")
        #expect(HumanFormat.decimal(0.000_000_001, places: 9) == "0.000000001")
        #expect(HumanFormat.decimal(1e300, places: 2) == "1e+300")
        #expect(HumanFormat.decimal(-.infinity, places: 2) == "-inf")
    }
}
