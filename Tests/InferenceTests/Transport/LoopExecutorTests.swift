import Synchronization
import Testing

@testable import Inference

@Suite("Tasks on the event loop's thread")
struct LoopExecutorTests {
    @Test("tasks that hop off and on again all run to their end", .timeLimit(.minutes(1)))
    func tasksFinish() async {
        let transport = HTTPTransport(maximumInFlight: 2)
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 0..<50 {
                group.addTask(executorPreference: transport.executor) {
                    await Task.yield()
                    let doubled = await withTaskExecutorPreference(globalConcurrentExecutor) { 2 * number }
                    await Task.yield()
                    return doubled
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 2450)
    }

    @Test("a task that only yields does not keep the loop from its shutdown", .timeLimit(.minutes(1)))
    func busyTaskDoesNotBlockShutdown() async {
        let transport = HTTPTransport(maximumInFlight: 1)
        let yields = Atomic(0)
        let busy = Task(executorPreference: transport.executor) {
            while !Task.isCancelled {
                yields.wrappingAdd(1, ordering: .relaxed)
                await Task.yield()
            }
        }
        while yields.load(ordering: .relaxed) < 100 { await Task.yield() }
        transport.shutDown()
        let request = HTTPRequest(method: .get, url: "http://127.0.0.1:9/")
        await #expect(throws: TransportError.self) { try await transport.send(request) }
        busy.cancel()
        await busy.value
    }

    @Test("tasks outlive the transport they were started on", .timeLimit(.minutes(1)))
    func tasksOutliveTheLoop() async {
        let transport = HTTPTransport(maximumInFlight: 1)
        transport.shutDown()
        let value = await Task(executorPreference: transport.executor) {
            await Task.yield()
            return 7
        }.value
        #expect(value == 7)
    }
}
