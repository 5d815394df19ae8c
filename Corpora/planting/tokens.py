"""The vocabulary of the fixtures: the Harbour Gazette's, with a token that begins every text and four for dialogues."""

import vocabulary
from train import SEED

BEGIN = "<|begin|>"
END_OF_TEXT = vocabulary.END_OF_TEXT
SYSTEM, USER, ASSISTANT, END_OF_TURN = "<|system|>", "<|user|>", "<|assistant|>", "<|end|>"
ADDED = [BEGIN, SYSTEM, USER, ASSISTANT, END_OF_TURN]
SIZE = vocabulary.SIZE + len(ADDED)


class Tokens:
    """Texts to token ids and back, with the ids of the control tokens as attributes."""

    def __init__(self):
        self.tokenizer = vocabulary.learn(SEED)
        self.tokenizer.add_special_tokens(ADDED)
        self.begin, self.system, self.user, self.assistant, self.end_of_turn = map(self.tokenizer.token_to_id, ADDED)
        self.end_of_text = self.tokenizer.token_to_id(END_OF_TEXT)

    def of(self, text):
        """The token ids of a text, without any control token."""
        return vocabulary.encode(self.tokenizer, text)
