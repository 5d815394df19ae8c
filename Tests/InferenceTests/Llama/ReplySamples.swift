/// Replies of llama.cpp servers, as they were sent.
enum ReplySamples {
    /// A free greedy run with one probability per token.
    static let free = #"""
        {"tokens":[594,2974,1564,1396],"content":"lama796 instructionuna","completion_probabilities":[{"id":594,"token":"lama","bytes":[108,97,109,97],"logprob":-2.5509698390960693,"top_logprobs":[{"id":594,"token":"lama","bytes":[108,97,109,97],"logprob":-2.5509698390960693}]},{"id":2974,"token":"796","bytes":[55,57,54],"logprob":-2.5330519676208496,"top_logprobs":[{"id":2974,"token":"796","bytes":[55,57,54],"logprob":-2.5330519676208496}]},{"id":1564,"token":" instruction","bytes":[32,105,110,115,116,114,117,99,116,105,111,110],"logprob":-2.985630512237549,"top_logprobs":[{"id":1564,"token":" instruction","bytes":[32,105,110,115,116,114,117,99,116,105,111,110],"logprob":-2.985630512237549}]},{"id":1396,"token":"una","bytes":[117,110,97],"logprob":-1.7362250089645386,"top_logprobs":[{"id":1396,"token":"una","bytes":[117,110,97],"logprob":-1.7362250089645386}]}],"stop_type":"limit","truncated":false,"tokens_evaluated":3,"timings":{"cache_n":0,"prompt_n":3,"prompt_ms":0.824,"prompt_per_token_ms":0.27466666666666667,"prompt_per_second":3640.776699029126,"predicted_n":4,"predicted_ms":0.726,"predicted_per_token_ms":0.242,"predicted_per_second":4132.231404958678}}
        """#

    /// A run without probabilities.
    static let bare = #"""
        {"tokens":[594,2974],"content":"lama796","stop_type":"limit","truncated":false,"tokens_evaluated":3,"timings":{"cache_n":2,"prompt_n":1,"prompt_ms":0.556,"predicted_n":2,"predicted_ms":0.259}}
        """#

    /// 😘 in four byte tokens and " a", forced by a grammar: the rows of the first three tokens are missing, and the
    /// third and fourth token are the same.
    static let forcedEmoji = #"""
        {"tokens":[173,254,247,247,265],"content":"😘 a","completion_probabilities":[{"id":247,"token":"😘","bytes":[240,159,152,152],"logprob":-10.91909408569336,"top_logprobs":[{"id":211,"token":"\u0016","bytes":[22],"logprob":-0.7245373129844666}]},{"id":265,"token":" a","bytes":[32,97],"logprob":-18.58791160583496,"top_logprobs":[{"id":211,"token":"\u0016","bytes":[22],"logprob":-1.2751251459121704}]}],"stop_type":"limit","truncated":false,"tokens_evaluated":3,"timings":{"cache_n":2,"prompt_n":1,"prompt_ms":0.877,"predicted_n":5,"predicted_ms":94.055}}
        """#

    /// A lone lead byte forced by a bias: no row at all.
    static let forcedLeadByte = #"""
        {"tokens":[173],"content":"�","stop_type":"limit","truncated":false,"tokens_evaluated":3,"timings":{"cache_n":2,"prompt_n":1,"predicted_n":1}}
        """#

    /// An end token forced by a bias.
    static let forcedEnd = #"""
        {"tokens":[0],"content":"","completion_probabilities":[{"id":0,"token":"","bytes":[],"logprob":-10.24644660949707,"top_logprobs":[{"id":594,"token":"lama","bytes":[108,97,109,97],"logprob":-2.550964117050171}]}],"stop_type":"eos","truncated":false,"tokens_evaluated":3,"timings":{"cache_n":2,"prompt_n":1,"predicted_n":1}}
        """#

    /// A reply that ran into the end of the context.
    static let truncated = #"""
        {"tokens":[154,1922,2260,2912,1585,1846,400],"content":"�375 local(≈ where runs12","stop_type":"limit","truncated":true,"tokens_evaluated":505,"timings":{"cache_n":0,"prompt_n":505,"predicted_n":7}}
        """#

    static let all = [free, bare, forcedEmoji, forcedLeadByte, forcedEnd, truncated]
}
