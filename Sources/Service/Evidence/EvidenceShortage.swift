/// Why a bundle cannot be made.
package enum EvidenceShortage: Error, Hashable, Sendable, CustomStringConvertible {
    case tooMany(Int)
    case tooLong
    case notARecord(UInt64)

    package var description: String {
        switch self {
        case .tooMany(let count):
            "\(count) records are more than a bundle holds (\(EvidenceBundle.mostRecords)): ask for fewer"
        case .tooLong: "the records and their texts are longer than a bundle may be: ask for fewer"
        case .notARecord(let index): "entry \(index) of the log is no record: see `countersign ledger verify`"
        }
    }
}
