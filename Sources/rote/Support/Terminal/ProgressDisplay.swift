import Synchronization

/// Shows how far a stage has come: one updating line on a terminal, a plain line every ten seconds elsewhere, nothing
/// with `--quiet`.
///
/// ``update(completed:note:)`` only stores numbers and may be called from any task as often as there is news; a task of
/// the display's own draws them, so a stalled stage is seen to stall.
final class ProgressDisplay: Sendable {
    private static let terminalPause = Duration.milliseconds(200)
    private static let plainPause = Duration.seconds(10)

    private let console: Console
    private let label: String
    private let unit: String
    private let state: Mutex<State>
    private let start = ContinuousClock.now

    private struct State {
        var meter: ProgressMeter
        var note = ""
        var ticker: Task<Void, Never>?
        var isFinished = false
    }

    /// Starts to show a stage.
    ///
    /// - Parameters:
    ///   - console: Where to draw.
    ///   - label: What is being done, for example `probing`.
    ///   - unit: What is counted, in the plural, for example `windows`.
    ///   - total: How many there are, if that is known.
    ///   - completed: How many an earlier process had done.
    init(_ console: Console, label: String, unit: String, total: Int?, completed: Int = 0) {
        self.console = console
        self.label = label
        self.unit = unit
        state = Mutex(State(meter: ProgressMeter(total: total, completed: completed, at: .zero)))
        guard console.verbosity > .quiet else { return }
        let pause = console.messages.isTerminal ? Self.terminalPause : Self.plainPause
        let ticker = Task { [weak self] in
            while (try? await Task.sleep(for: pause)) != nil, let self {
                self.draw()
            }
        }
        state.withLock { $0.ticker = ticker }
    }

    deinit {
        let (wasFinished, ticker) = state.withLock { ($0.isFinished, $0.ticker) }
        ticker?.cancel()
        // A stage that ended by an error leaves its line to the message.
        if !wasFinished { console.showStatus("") }
    }

    /// Stores the present state.
    ///
    /// - Parameters:
    ///   - completed: How many are done, earlier processes included.
    ///   - note: What else is worth a glance, for example `3 failed, ln p −4.2`; `nil` keeps the last one.
    func update(completed: Int, note: String? = nil) {
        let now = ContinuousClock.now - start
        state.withLock { state in
            state.meter.record(completed: completed, at: now)
            if let note { state.note = note }
        }
    }

    /// Removes the updating line and leaves a last plain one.
    func finish() {
        let (wasFinished, ticker) = state.withLock { state in
            defer { state.isFinished = true }
            return (state.isFinished, state.ticker)
        }
        guard !wasFinished else { return }
        ticker?.cancel()
        console.showStatus("")
        console.note(line(at: ContinuousClock.now - start, isLast: true))
    }

    private func draw() {
        let now = ContinuousClock.now - start
        let isFinished = state.withLock { state in
            state.meter.advance(to: now)
            return state.isFinished
        }
        guard !isFinished else { return }
        let text = line(at: now, isLast: false)
        if console.messages.isTerminal {
            console.showStatus(text)
        } else {
            console.note(text)
        }
    }

    private func line(at now: Duration, isLast: Bool) -> String {
        let (meter, note) = state.withLock { ($0.meter, $0.note) }
        return Self.line(label: label, unit: unit, meter: meter, note: note, at: now, isLast: isLast)
    }

    /// The text of one drawing, for example `probing 120/4,000 windows (3.0%), 8.3/s, 7 min 48 s left, 2 failed`.
    static func line(
        label: String, unit: String, meter: ProgressMeter, note: String, at now: Duration, isLast: Bool
    ) -> String {
        var text = "\(label) \(HumanFormat.count(meter.completed))"
        if let total = meter.total {
            text += "/\(HumanFormat.count(total)) \(unit)"
            if total > 0 { text += " (\(HumanFormat.percent(Double(meter.completed) / Double(total))))" }
        } else {
            text += " \(unit)"
        }
        if isLast {
            text += ", took \(HumanFormat.duration(meter.elapsed(at: now)))"
        } else {
            if let rate = meter.rate(at: now) { text += ", \(HumanFormat.rate(rate))" }
            if let remaining = meter.remaining(at: now) { text += ", \(HumanFormat.roughDuration(remaining)) left" }
        }
        return note.isEmpty ? text : text + ", " + note
    }
}
