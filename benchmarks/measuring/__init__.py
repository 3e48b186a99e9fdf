"""How the benchmarks measure: jobs in processes of their own, their figures, the page and its charts."""
