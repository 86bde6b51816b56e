internal import Foundation
internal import PostgresGateway

extension CatalogFile {
    /// Reads a file that psql wrote for `countersign policy catalog`.
    init(at path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("\(path): cannot be read; does it exist, and may this user read it?")
        }
        guard let text = String(validating: data, as: UTF8.self), let file = CatalogFile(text) else {
            throw Failure("\(path): not a whole catalog: make it with `countersign policy catalog | psql -XqAt …`")
        }
        self = file
    }
}
