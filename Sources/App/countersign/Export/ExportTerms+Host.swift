internal import AuditExport
internal import Foundation

extension ExportTerms {
    /// What an encoder has to know of this machine and this program.
    static func here(
        statements: Statements,
        origin: String? = nil,
        enterprise: UInt32 = documentationNumber,
        limit: Int? = nil
    ) -> ExportTerms {
        ExportTerms(
            statements: statements,
            version: Version.current,
            origin: origin,
            host: ProcessInfo.processInfo.hostName,
            process: ProcessInfo.processInfo.processIdentifier,
            enterprise: enterprise,
            limit: limit
        )
    }
}
