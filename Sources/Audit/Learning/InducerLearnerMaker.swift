import PrefixLearning

/// Prepares an inducer's learning with what a race has found out already.
struct InducerLearnerMaker: Sendable {
    let race: Learned
    let bench: LearningBench

    /// Creates the learner of one writer.
    func learner(_ writer: any HeaderWriter) throws -> InducerLearner {
        try InducerLearner(
            bench: bench, heldBack: race.heldBack, writer: writer, known: race.leaderExamples,
            bareScores: race.bareScores, level: PrefixLearner.sharedLevel)
    }
}
