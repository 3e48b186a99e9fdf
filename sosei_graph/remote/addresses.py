"""The two addresses of a SPARQL server: its graph store, and where queries go."""

from urllib.parse import urlsplit

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

#: How the path of a graph store ends → how that of the same server's queries does.
_SIBLINGS = {
    "/sparql-graph-crud-auth": "/sparql-auth",  # Virtuoso
    "/sparql-graph-crud": "/sparql",  # Virtuoso
    "/rdf-graphs/service": "",  # RDF4J, GraphDB
    "/gsp": "",  # Neptune
    "/store": "/query",  # Oxigraph
    "/data": "/sparql",  # Fuseki
}
EXAMPLES = "Oxigraph …/store, Virtuoso …/sparql-graph-crud-auth, Fuseki …/DATASET/data"
QUERY_EXAMPLES = "Oxigraph …/query, Virtuoso …/sparql, Fuseki …/DATASET/sparql"


def checked(url: str) -> str:
    """The address as it was given; one that is no http(s) address, or holds a password, is a `SoseiError`."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SoseiError(
            Text("サーバーのアドレスとして使えません", "this is no address of a server"),
            where=url,
            hint=Text("http:// か https:// で始まるもの", "one that begins with http:// or https://"),
        )
    if parts.username is not None or parts.password is not None:
        raise SoseiError(
            Text(
                "アドレスに利用者名やパスワードを含めないでください", "the address must not hold a password"
            ),
            where=f"{parts.scheme}://…@{parts.hostname}",
            hint=Text(
                "--user と環境変数 SOSEI_PASSWORD を使ってください",
                "use --user and the variable SOSEI_PASSWORD",
            ),
        )
    return url


def query_address(store: str) -> str:
    """Where the server of a graph store takes queries: known by its path, else the same address."""
    parts = urlsplit(store)
    path = parts.path.rstrip("/")
    for ending, sibling in _SIBLINGS.items():
        if path.endswith(ending):
            return parts._replace(path=path.removesuffix(ending) + sibling).geturl()
    return store
