/// Why the ledger refuses. Safe to print: names of files, numbers and offsets, never what a record holds.
package struct LedgerError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// Too little room for another command; outcomes are still taken from the reserve.
        case full
        /// A write or a sync failed with this `errno`; from then on nothing is accepted until a restart.
        case failed(Int32)
        /// The line would be longer than `RecordLimits.record`.
        case tooLong(Int)
        case closed
        /// Another process holds this ledger.
        case locked
        /// A file or directory could not be opened, read or made: this `errno`.
        case unreadable(Int32)
        /// Written by an earlier version, in this format.
        case outdated(Int)
        /// It may not or cannot be signed.
        case unsigned(SigningFault)
        /// What stands in a file is not what was written there.
        case damaged(Damage)
    }

    /// Where a ledger is not what was written.
    package struct Damage: Hashable, Sendable {
        /// The file, relative to the ledger's directory.
        package var file: String
        /// Bytes from the start of the file.
        package var offset: Int64
        /// The record that should stand there, where that is known.
        package var index: UInt64?
        package var what: String

        package init(file: String, offset: Int64, index: UInt64?, what: String) {
            self.file = file
            self.offset = offset
            self.index = index
            self.what = what
        }
    }

    /// Whether it passes when there is room again, and nothing is lost by trying again then.
    var isCuredByRoom: Bool {
        if case .unreadable(let errno) = code { return WantOfRoom.isCause(of: errno) }
        return code == .full
    }

    package var code: Code
    /// The file concerned, relative to the ledger's directory, where there is one.
    package var file: String?

    package init(_ code: Code, file: String? = nil) {
        self.code = code
        self.file = file
    }

    static func damaged(_ file: String, at offset: Int64, index: UInt64? = nil, _ what: String) -> LedgerError {
        LedgerError(.damaged(Damage(file: file, offset: offset, index: index, what: what)), file: file)
    }
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        let place = file.map { " (\($0))" } ?? ""
        return switch code {
        case .full: "the ledger is full: it needs room on its disk"
        case .failed(let errno): "the ledger could not be written: \(ErrnoText.describe(errno))\(place)"
        case .tooLong(let bytes): "a record of \(bytes) bytes is longer than a record may be"
        case .closed: "the ledger is closed"
        case .locked: "another process holds this ledger"
        case .unreadable(let errno): "the ledger could not be opened: \(ErrnoText.describe(errno))\(place)"
        case .outdated(let version):
            "the ledger is of format \(version), which an earlier version wrote and this one does not read: keep it with "
                + "that version, and begin with an empty data folder\(place)"
        case .unsigned(let fault): "\(fault)"
        case .damaged(let damage): "the ledger is damaged: \(damage)"
        }
    }
}

extension LedgerError.Damage: CustomStringConvertible {
    package var description: String {
        "\(file), byte \(offset)" + (index.map { ", record \($0)" } ?? "") + ": \(what)"
    }
}
