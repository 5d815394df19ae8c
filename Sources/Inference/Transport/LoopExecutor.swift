import Dispatch

/// Runs tasks on the event loop's own thread.
///
/// A task that sends one request after another is resumed by the event loop each time. On the shared pool of threads
/// every reply then wakes one of them, and every next request wakes the loop: two changes of thread for each request,
/// which cost more than building the request and reading the reply. On this executor there are none. It suits work
/// that mostly waits for its server; whatever computes or writes for longer belongs elsewhere, since the transport's
/// requests wait meanwhile.
public final class LoopExecutor: TaskExecutor {
    private let inbox: TransportInbox

    init(inbox: TransportInbox) {
        self.inbox = inbox
    }

    /// Leaves a piece of a task to the event loop, or to the shared pool once the transport has been shut down.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !inbox.post(.run(job, self)) { runElsewhere(job) }
    }

    /// Runs a piece of a task now; called on the event loop's thread.
    func run(_ job: UnownedJob) {
        job.runSynchronously(on: asUnownedTaskExecutor())
    }

    /// Runs a piece of a task that the event loop has no more time for, so that no task is left hanging.
    func runElsewhere(_ job: UnownedJob) {
        DispatchQueue.global().async { self.run(job) }
    }
}
