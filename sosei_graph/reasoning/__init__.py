"""What follows from the graph: OWL 2 RL over the axioms of the ontology, and the rules of the workspace."""
