import Testing

/// Everything that needs a real llama.cpp server and a model, one test after the other: the server uses the whole
/// machine, and tests beside each other would only make each other late.
@Suite(.serialized, .timeLimit(.minutes(15))) enum WithRealServer {}
