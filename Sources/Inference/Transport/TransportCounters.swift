import Synchronization

/// What a transport has done so far, read at one moment.
public struct TransportCounters: Sendable, Hashable {
    /// Attempts handed to the network.
    public var sent = 0
    /// Attempts that brought a complete reply, whatever its status.
    public var replied = 0
    /// Attempts that ended in a ``TransportError``, including those stopped while they waited for a place.
    public var failed = 0
    /// TCP connections opened.
    public var connectionsOpened = 0
    /// Body bytes of the requests handed to the network.
    public var bytesSent = 0
    /// Header and body bytes received.
    public var bytesReceived = 0
    /// Attempts on the network now.
    public var inFlight = 0
    /// The most attempts that were ever on the network at once.
    public var peakInFlight = 0
    /// Requests that wait for a place now.
    public var waiting = 0
}

/// The counters as the event loop writes them and any thread reads them.
///
/// Only the loop writes, so each counter is exact; a reader may see one counter a moment ahead of another.
final class CounterCells: Sendable {
    let sent = Atomic(0)
    let replied = Atomic(0)
    let failed = Atomic(0)
    let connectionsOpened = Atomic(0)
    let bytesSent = Atomic(0)
    let bytesReceived = Atomic(0)
    let inFlight = Atomic(0)
    let peakInFlight = Atomic(0)
    let waiting = Atomic(0)

    var snapshot: TransportCounters {
        TransportCounters(
            sent: sent.load(ordering: .acquiring), replied: replied.load(ordering: .acquiring),
            failed: failed.load(ordering: .acquiring),
            connectionsOpened: connectionsOpened.load(ordering: .acquiring),
            bytesSent: bytesSent.load(ordering: .acquiring), bytesReceived: bytesReceived.load(ordering: .acquiring),
            inFlight: inFlight.load(ordering: .acquiring), peakInFlight: peakInFlight.load(ordering: .acquiring),
            waiting: waiting.load(ordering: .acquiring))
    }
}
