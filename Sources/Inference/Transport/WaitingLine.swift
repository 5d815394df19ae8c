/// Elements waiting for a place in the order of arrival, any of which can leave early by its id.
///
/// A pure value: the event loop's queue, tested without a loop.
struct WaitingLine<Element> {
    private var elements: [UInt64: Element] = [:]
    /// Ids in order of arrival from `head` on; ids that left early stay here until they reach the head.
    private var order: [UInt64] = []
    private var head = 0

    var count: Int { elements.count }
    var isEmpty: Bool { elements.isEmpty }

    /// Ids kept, those of elements that left early included; at most proportional to `count`.
    var remembered: Int { order.count }

    /// The elements in order of arrival.
    var all: [Element] { order[head...].compactMap { elements[$0] } }

    /// Adds an element at the end.
    ///
    /// - Complexity: O(1) amortised.
    mutating func append(_ element: Element, id: UInt64) {
        elements[id] = element
        order.append(id)
    }

    /// Removes and returns the element that has waited longest.
    ///
    /// - Complexity: O(1) amortised.
    mutating func popFirst() -> Element? {
        while head < order.count {
            let id = order[head]
            head += 1
            if let element = elements.removeValue(forKey: id) {
                dropConsumedIDs()
                return element
            }
        }
        dropConsumedIDs()
        return nil
    }

    /// Removes and returns the element with an id, or returns nil if it is not waiting.
    ///
    /// - Complexity: O(1) amortised.
    mutating func remove(id: UInt64) -> Element? {
        guard let element = elements.removeValue(forKey: id) else { return nil }
        // Ids of the departed may not outnumber those still waiting, or cancelled work would pile up for ever.
        if order.count - head > 2 * elements.count + 32 {
            order = order[head...].filter { elements[$0] != nil }
            head = 0
        }
        return element
    }

    private mutating func dropConsumedIDs() {
        if head == order.count {
            order.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 64, head > order.count / 2 {
            order.removeFirst(head)
            head = 0
        }
    }
}
