/// How often and how long a request is tried again.
public struct RetryPolicy: Sendable, Hashable {
    /// The most attempts, the first one included; replies that say the model is still loading do not count.
    public var maximumAttempts: Int
    /// The upper end of the first wait; it doubles with every further failure.
    public var firstDelay: Duration
    /// The longest wait between two attempts, whatever the server asks for in `Retry-After`.
    public var maximumDelay: Duration
    /// How long a server may go on saying that its model is loading.
    public var loadingDeadline: Duration
    /// The wait between two questions to a server whose model is loading.
    public var loadingDelay: Duration
    /// The time allowed for all attempts and waits of one request together.
    public var totalDeadline: Duration

    /// Creates a policy; the defaults suit a batch job that talks to a local server.
    ///
    /// - Parameters:
    ///   - maximumAttempts: The most attempts, the first one included; less than 1 means 1.
    ///   - firstDelay: The upper end of the first wait.
    ///   - maximumDelay: The longest wait between two attempts.
    ///   - loadingDeadline: How long a server may go on saying that its model is loading.
    ///   - loadingDelay: The wait between two questions to a server whose model is loading.
    ///   - totalDeadline: The time allowed for all attempts and waits together.
    public init(
        maximumAttempts: Int = 5, firstDelay: Duration = .milliseconds(500), maximumDelay: Duration = .seconds(30),
        loadingDeadline: Duration = .seconds(600), loadingDelay: Duration = .milliseconds(500),
        totalDeadline: Duration = .seconds(1800)
    ) {
        self.maximumAttempts = max(1, maximumAttempts)
        self.firstDelay = firstDelay
        self.maximumDelay = maximumDelay
        self.loadingDeadline = loadingDeadline
        self.loadingDelay = loadingDelay
        self.totalDeadline = totalDeadline
    }

    /// One attempt and no more, for questions whose failure is itself the answer.
    public static let never = RetryPolicy(maximumAttempts: 1, loadingDeadline: .zero)
}
