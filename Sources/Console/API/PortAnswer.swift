internal import AccessModel
internal import Hummingbird

/// What a port answers, with its refusal as a problem.
enum PortAnswer {
    static func read(_ body: () async throws(ReadRefusal) -> JSONBytes) async throws -> JSONBytes {
        do throws(ReadRefusal) {
            return try await body()
        } catch {
            throw error.problem
        }
    }

    /// The same for what may not be there.
    static func find(
        or missing: Problem,
        _ body: () async throws(ReadRefusal) -> JSONBytes?
    ) async throws -> JSONBytes {
        let found: JSONBytes?
        do throws(ReadRefusal) {
            found = try await body()
        } catch {
            throw error.problem
        }
        guard let found else { throw missing }
        return found
    }
}

extension Response {
    static func answer(_ body: () async throws(ReadRefusal) -> JSONBytes) async throws -> Response {
        .json(try await PortAnswer.read(body))
    }

    static func answer(
        or missing: Problem,
        _ body: () async throws(ReadRefusal) -> JSONBytes?
    ) async throws -> Response {
        .json(try await PortAnswer.find(or: missing, body))
    }
}

extension PageJSON {
    static func read(_ body: () async throws(ReadRefusal) -> JSONBytes) async throws -> PageJSON {
        PageJSON(try await PortAnswer.read(body))
    }

    static func find(
        or missing: Problem,
        _ body: () async throws(ReadRefusal) -> JSONBytes?
    ) async throws -> PageJSON {
        PageJSON(try await PortAnswer.find(or: missing, body))
    }
}
