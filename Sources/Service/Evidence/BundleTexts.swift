/// The texts for people that every bundle has. Another wording is another number of `EvidenceOrigin.currentTexts`.
enum BundleTexts {
    static let readme = Array(
        """
        This is evidence from a Countersign gateway: records of its log, and proof that they stand in it.

        To look at it, open index.html in a browser. It needs no network and runs no script.

        To verify it, take the file as you got it, the log's public key from the gateway's operator, and
            countersign-verify FILE.countersign --key KEY
        It needs no network and no configuration. Nothing in this bundle proves itself: only the signature under the
        checkpoint does, made with the key that you got by another way.

        checkpoint        what the log signed (C2SP signed note, tlog-checkpoint), with the cosignatures of witnesses
        records.jsonl     the records, one a line, byte for byte; a leaf of the log is SHA-256(0x00 || line without newline)
        proof             the hashes that lead from all these records to the checkpoint's root
        proofs/           the same for each record alone (C2SP tlog-proof), where they are few
        consistency       the hashes that lead from an older checkpoint to this one, where it was asked for
        policies/         policies that records name, by SHA-256
        blobs/            long texts that records name, by SHA-256
        bundle.json       what was asked for, when, of which program; nothing vouches for this
        docs/reference/bundle-format.md of Countersign describes the format so that you can write a verifier of your own.

        """.utf8
    )
}
