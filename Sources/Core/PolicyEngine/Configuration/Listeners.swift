/// The listeners of a gateway; at least one.
package struct Listeners: Hashable, Sendable {
    package var postgres: ListenerConfiguration?
    package var console: ListenerConfiguration?
    package var consoleTerms = ConsoleTerms()
}

extension Listeners {
    static func read(_ field: Field) -> Listeners? {
        guard var map = MappingReader(field) else { return nil }
        let postgres = map.optional("postgres") { ListenerConfiguration.read($0) }
        var terms = ConsoleTerms()
        let console = map.optional("console") { field in
            ListenerConfiguration.read(field) { terms = ConsoleTerms.read(&$0) }.flatMap { console in
                guard let other = postgres?.address, other.port != 0, other == console.address else { return console }
                return field.fail("`postgres` listens on \(other), too: each listener needs an address of its own")
            }
        }
        let isEmpty = !map.has("postgres") && !map.has("console")
        for key in ["mysql", "ssh", "kubernetes"] {
            map.refuse(key, "is not supported yet by this version")
        }
        map.finish()
        guard !isEmpty else { return field.fail("names no listener: give postgres or console") }
        return Listeners(postgres: postgres, console: console, consoleTerms: terms)
    }
}
