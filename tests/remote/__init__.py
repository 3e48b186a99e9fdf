"""The graph on a server: pushed and asked."""
