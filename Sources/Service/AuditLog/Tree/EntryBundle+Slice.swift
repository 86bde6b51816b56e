import TransparencyLog

extension EntryBundle {
    /// Appends an entry that is part of a larger buffer, without a copy of its own.
    static func append(_ entry: ArraySlice<UInt8>, to bundle: inout [UInt8]) throws(TileError) {
        // `withUnsafeBytes` does not carry a typed error.
        let failure: TileError? = entry.withUnsafeBytes { raw in
            do throws(TileError) {
                try append(raw, to: &bundle)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
}
