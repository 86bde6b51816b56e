/// The portals of a session by name. Nearly every driver uses the unnamed one alone, which needs no look-up.
struct PortalTable {
    private var unnamed: Portal?
    private var named: [String: Portal] = [:]

    var count: Int { named.count + (unnamed == nil ? 0 : 1) }
    var isEmpty: Bool { unnamed == nil && named.isEmpty }

    subscript(name: String) -> Portal? {
        get { name.isEmpty ? unnamed : named[name] }
        set { if name.isEmpty { unnamed = newValue } else { named[name] = newValue } }
    }

    mutating func removeAll() {
        unnamed = nil
        if !named.isEmpty { named.removeAll(keepingCapacity: true) }
    }
}
