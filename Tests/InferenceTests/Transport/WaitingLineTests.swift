import Randomness
import Testing

@testable import Inference

@Suite("The waiting line and reply headers")
struct WaitingLineTests {
    @Test("behaves like a plain list under random use", arguments: [UInt64(1), 2, 3, 4])
    func againstModel(seed: UInt64) {
        var generator = SeededGenerator(seed: seed, stream: "waiting-line")
        var line = WaitingLine<Int>()
        var model: [Int] = []
        for step in 0..<5_000 {
            // The mix drifts, so that the line grows to hundreds and empties again.
            let growing = (step / 500) % 2 == 0
            switch generator.next(below: 10) {
            case 0..<(growing ? 6 : 2):
                line.append(step, id: UInt64(step))
                model.append(step)
            case 6..<8:
                let expected = model.isEmpty ? nil : model.removeFirst()
                #expect(line.popFirst() == expected, "seed \(seed), step \(step)")
            default:
                let id = step == 0 ? 0 : generator.next(below: step)
                let index = model.firstIndex(of: id)
                #expect(line.remove(id: UInt64(id)) == index.map { model.remove(at: $0) }, "seed \(seed), step \(step)")
            }
            #expect(line.count == model.count)
        }
        #expect(line.all == model)
    }

    @Test("cancelled elements leave nothing behind")
    func noLeak() {
        var line = WaitingLine<Int>()
        line.append(-1, id: 0)
        for id in 1...100_000 as ClosedRange<UInt64> {
            line.append(1, id: id)
            #expect(line.remove(id: id) == 1)
        }
        #expect(line.remembered <= 64)
        #expect(line.popFirst() == -1)
        #expect(line.isEmpty)
    }

    @Test("headers are found without regard to case and survive nonsense")
    func headers() {
        let block =
            "Content-Type: text/html\r\nX-Empty:\r\nnonsense\r\nRETRY-AFTER:  5 \t\r\nRetry-After: 9\r\n: x\n\r\n"
        let headers = HTTPHeaders(block: Array(block.utf8))
        #expect(headers["retry-after"] == "5")
        #expect(headers["x-empty"] == "")
        #expect(headers["absent"] == nil)
        #expect(headers.all.count == 5)
        #expect(HTTPHeaders(block: [0xFF, 0x3A, 0xFE, 0x0A]).all.count == 1)
    }
}
