"""The graph: the files of a workspace read, checked and kept, in memory or on disk."""
