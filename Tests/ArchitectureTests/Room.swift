/// A target of the package: where its sources stand, and every module that they may import.
struct Room: Hashable, Sendable {
    var name: String
    /// Its folder below `Sources`.
    var folder: String
    /// Other rooms that it may import.
    var rooms: Set<String>
    /// Modules of packages, and of the toolchain, that it may import.
    var modules: Set<String>

    init(_ folder: String, rooms: Set<String> = [], modules: Set<String> = []) {
        self.name = folder.split(separator: "/").last.map(String.init) ?? folder
        self.folder = folder
        self.rooms = rooms
        self.modules = modules
    }

    /// The layer is the first folder: `Core`, `Wire`, `Service`, `Storage`, `Gateway`, `Console`, `App`.
    var layer: String {
        folder.split(separator: "/").first.map(String.init) ?? folder
    }
}
