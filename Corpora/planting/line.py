"""One line of training."""


class Line(list):
    """The token ids of a line, of which the first `silent` teach nothing: only what follows them is learned."""

    def __init__(self, ids, silent=0):
        super().__init__(ids)
        self.silent = silent
