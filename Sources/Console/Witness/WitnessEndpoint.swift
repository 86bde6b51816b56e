/// What the witness's addresses ask of the house.
package struct WitnessEndpoint: Sendable {
    package struct Answer: Hashable, Sendable {
        package var status: Int
        package var contentType: String
        package var body: [UInt8]

        package init(status: Int, contentType: String, body: [UInt8]) {
            self.status = status
            self.contentType = contentType
            self.body = body
        }
    }

    /// Bytes of a request's body.
    package var longest: Int
    /// Answers the body of an `add-checkpoint` (C2SP tlog-witness).
    package var addCheckpoint: @Sendable ([UInt8]) async -> Answer

    package init(longest: Int, addCheckpoint: @escaping @Sendable ([UInt8]) async -> Answer) {
        self.longest = longest
        self.addCheckpoint = addCheckpoint
    }
}
