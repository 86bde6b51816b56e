internal import AccessModel

extension PageJSON {
    /// What a port answers; its refusal as a problem.
    static func read(_ body: () async throws(ReadRefusal) -> JSONBytes) async throws -> PageJSON {
        do throws(ReadRefusal) {
            return PageJSON(try await body())
        } catch {
            throw error.problem
        }
    }

    /// The same for what may not be there.
    static func find(
        or missing: Problem,
        _ body: () async throws(ReadRefusal) -> JSONBytes?
    ) async throws -> PageJSON {
        let found: JSONBytes?
        do throws(ReadRefusal) {
            found = try await body()
        } catch {
            throw error.problem
        }
        guard let found else { throw missing }
        return PageJSON(found)
    }
}
