"""A graph on a server: pushed there, and asked there as it is asked here. Any SPARQL 1.1 server will do."""

from sosei_graph.remote.asking import ask, ask_file, connect
from sosei_graph.remote.client import Login, Patience
from sosei_graph.remote.copying import copied
from sosei_graph.remote.pushing import Different, Progress, PushResult, push
from sosei_graph.remote.server import Server
from sosei_graph.remote.store import RemoteStore

__all__ = [
    "Different",
    "Login",
    "Patience",
    "Progress",
    "PushResult",
    "RemoteStore",
    "Server",
    "ask",
    "ask_file",
    "connect",
    "copied",
    "push",
]
