"""A server to talk to: where it is, who asks, how long to wait."""

from dataclasses import dataclass, field

from sosei_graph.remote.addresses import checked
from sosei_graph.remote.client import Login, Patience


@dataclass(frozen=True)
class Server:
    """A SPARQL server. `url` is the address of its graph store to push, of its queries to ask.

    `queries` says where queries go where that does not follow from the address of the graph store.
    """

    url: str
    queries: str | None = None
    login: Login | None = None
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        checked(self.url)
        if self.queries is not None:
            checked(self.queries)
