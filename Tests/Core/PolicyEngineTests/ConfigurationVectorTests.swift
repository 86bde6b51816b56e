import PolicyEngine
import Testing

@Suite("Configuration files, good and bad")
struct ConfigurationVectorTests {
    @Test("Every error names its line and what to write instead", arguments: ConfigurationVector.load("errors.txt"))
    func errors(_ vector: ConfigurationVector) throws {
        let yaml = try #require(vector.yaml, "a text to replace does not occur once")
        #expect(vector.found == vector.expected)
        #expect(Configuration.parse(yaml, file: "F").configuration == nil)
    }

    @Test("What is weak is accepted with a warning", arguments: ConfigurationVector.load("warnings.txt"))
    func warnings(_ vector: ConfigurationVector) throws {
        let yaml = try #require(vector.yaml, "a text to replace does not occur once")
        #expect(vector.found == vector.expected)
        let isAccepted = vector.expected.allSatisfy { $0.contains(": warning: ") }
        #expect((Configuration.parse(yaml, file: "F").configuration != nil) == isAccepted)
    }

    @Test("The vectors are there")
    func count() {
        #expect(ConfigurationVector.load("errors.txt").count > 60)
        #expect(ConfigurationVector.load("warnings.txt").count > 12)
    }
}
