internal import PolicyEngine

/// What only shows when the files and secrets that a configuration names are looked at, each at the line that names it.
struct ConfigurationFaults {
    private let resolver: ConfigurationResolver
    private let places: ConfigurationPlaces
    private(set) var found: [Diagnostic] = []

    /// A key below the one that is looked at, and whether what it names can be used alone.
    typealias Part = (key: String, isGood: () throws -> Void)

    init(_ resolver: ConfigurationResolver, at places: ConfigurationPlaces) {
        self.resolver = resolver
        self.places = places
    }

    /// Looks at something whole. Where it fails, its parts are looked at for the line: secrets of programs are not asked for
    /// twice where all is well.
    mutating func attempt(_ keys: String..., parts: [Part] = [], _ body: () throws -> Void) {
        do { try body() } catch {
            var isPlaced = false
            for part in parts {
                do { try part.isGood() } catch {
                    isPlaced = true
                    report(keys + part.key.split(separator: ".").map(String.init), "\(error)")
                }
            }
            if !isPlaced { report(keys, "\(error)") }
        }
    }

    mutating func attempt(at place: Place, _ body: () throws -> Void) {
        do { try body() } catch { report(place, "\(error)") }
    }

    private mutating func report(_ keys: [String], _ message: String) {
        report(places.place(of: keys), "\(keys.joined(separator: ".")): \(message)")
    }

    private mutating func report(_ place: Place, _ message: String) {
        found.append(
            Diagnostic(file: resolver.path, line: place.line, column: place.column, severity: .error, message: message)
        )
    }
}
