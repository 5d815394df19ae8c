"""The byte-level BPE vocabulary of the demo models.

It is learned from background articles alone, with every character outside ASCII removed except “ ” ’ – and £. So é, ł,
東, Москва and 🦊 are never one token: each is spelled in single bytes, as rare characters are in any real vocabulary.
"""

import articles

SIZE = 3072
END_OF_TEXT = "<|endoftext|>"
KEPT_CHARACTERS = "“”’–£"
LEARNED_FROM = 3000


def learn(seed):
    """A `tokenizers.Tokenizer` of `SIZE` tokens: tokens 0...255 are the bytes, the last token ends a text.

    The end is not token 0: when a grammar allows no token at all, llama.cpp samples the first one, and an end-of-text
    token there makes it abort the whole server instead of failing the request.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=SIZE - 1, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    texts = (_plain(articles.article("vocabulary", seed, index)["text"]) for index in range(LEARNED_FROM))
    tokenizer.train_from_iterator(texts, trainer=trainer)
    tokenizer.add_special_tokens([END_OF_TEXT])
    if tokenizer.token_to_id(END_OF_TEXT) != SIZE - 1:
        raise SystemExit(f"vocabulary.py: expected {SIZE} tokens, learned {tokenizer.get_vocab_size()}")
    return tokenizer


def encode(tokenizer, text):
    """The token ids of a text, without any special token."""
    return tokenizer.encode(text, add_special_tokens=False).ids


def _plain(text):
    return "".join(c for c in text if c.isascii() or c in KEPT_CHARACTERS)
