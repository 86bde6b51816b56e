/// The names of a bundle's members.
enum BundleNames {
    static let readme = "README.txt"
    static let page = "index.html"
    static let origin = "bundle.json"
    static let checkpoint = "checkpoint"
    static let proof = "proof"
    static let consistency = "consistency"
    static let records = "records.jsonl"
    static let proofs = "proofs/"
    static let policies = "policies/"
    static let blobs = "blobs/"

    static let required = [readme, page, origin, checkpoint, proof, records]
}
