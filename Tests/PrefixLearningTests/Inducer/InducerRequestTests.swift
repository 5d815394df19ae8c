import Corpus
import PrefixLearning
import Testing

@Suite struct InducerRequestTests {
    private func example(_ text: String, _ prompt: String, _ reward: Double) throws -> InducerExample {
        InducerExample(
            document: ArmedDocument(arm: .suspect, document: DocumentID(text)), text: text, prompt: prompt,
            reward: try #require(Lift(value: reward)))
    }

    private func request() throws -> InducerRequest {
        InducerRequest(
            text: "It rained.", corpus: "weather reports",
            demonstrations: Demonstrations(
                best: try [example("It snowed.", "METEO\nDaily", 0.5), example("It hailed.", "Weather desk", 1.234)],
                worst: [try example("It blew.", "Recipe:", -0.2)]))
    }

    @Test func theBestDemonstrationStandsNextToTheTask() throws {
        let messages = try request().messages
        #expect(messages.map(\.role) == [.system, .user])
        #expect(messages[0].text.contains("The texts are weather reports."))
        #expect(
            messages[1].text == """
                TEXT START
                It blew.
                TEXT END
                HEADER THAT FAILED (-0.20): Recipe:

                TEXT START
                It snowed.
                TEXT END
                GOOD HEADER (+0.50): METEO / Daily

                TEXT START
                It hailed.
                TEXT END
                GOOD HEADER (+1.23): Weather desk

                TEXT START
                It rained.
                TEXT END
                Write one short header or lead-in of at most 40 tokens that would stand before this text in its \
                original source. Do not quote or continue the text. Answer with the header alone.
                """)
    }

    @Test func aModelThatContinuesGetsPairs() throws {
        #expect(
            try request().completionPrompt
                == "It snowed.\n### Header: METEO / Daily\n\n" + "It hailed.\n### Header: Weather desk\n\n"
                + "It rained.\n### Header:"
        )
    }

    @Test func drawsTakeTemperaturesInTurnAndSeedsDiffer() {
        let sampling = InducerSampling()
        let draws = sampling.draws(count: 8, round: 1, document: 5, seed: 9)
        #expect(draws.map(\.temperature) == [0.7, 1.1, 0.7, 1.1, 0.7, 1.1, 0.7, 1.1])
        #expect(Set(draws.map(\.seed)).count == 8)
        #expect(draws == sampling.draws(count: 8, round: 1, document: 5, seed: 9))
        #expect(draws != sampling.draws(count: 8, round: 2, document: 5, seed: 9))
        #expect(sampling.draws(count: -1, round: 0, document: 0, seed: 0).isEmpty)
        #expect(InducerSampling(temperatures: [.nan, -1]).temperatures == [0.7, 1.1])
    }
}
