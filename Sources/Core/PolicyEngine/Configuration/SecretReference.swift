/// Where a secret is kept. The configuration holds no secret itself, so this may be printed.
package enum SecretReference: Hashable, Sendable {
    /// A path; relative to the folder of the configuration file.
    case file(String)
    /// The name of an environment variable of the gateway.
    case env(String)
    /// A program with its arguments, run without a shell; the secret is what it writes, without a final newline.
    case command([String])
}

extension SecretReference {
    /// `{file: …}`, `{env: …}` or `{command: […]}`. What stands there instead may be the secret: it is never shown.
    static func read(_ field: Field) -> SecretReference? {
        guard case .mapping = field.node.content else {
            return field.fail("a secret is given by reference: {file: …}, {env: …} or {command: […]}")
        }
        guard var map = MappingReader(field) else { return nil }
        let file = map.optional("file") { $0.line() }
        let env = map.optional("env") { field in
            field.line(limit: 256).flatMap { name in
                name.contains("=") ? field.fail("no name of an environment variable") : name
            }
        }
        let command = map.optional("command") { $0.list(of: "words") { $0.text() } }
        map.finish()
        guard ["file", "env", "command"].filter(map.has).count == 1 else {
            return field.fail("expected exactly one of file, env and command")
        }
        return file.map(SecretReference.file) ?? env.map(SecretReference.env) ?? command.map(SecretReference.command)
    }
}
