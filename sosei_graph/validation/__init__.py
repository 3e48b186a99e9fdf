"""What is missing or contradictory: the shapes, the checks across documents, and the report on both."""
