"""The vocabulary itself: its terms, its style, its profile, and the closed namespace for Python code."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.term import Node

import sosei_graph.vocab
from sosei_graph.vocab import BASE, NS, PREFIXES, SOSEI, TERMS

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology" / "sosei.ttl"
ALIGNMENTS = ROOT / "ontology" / "alignments.ttl"
STYLE = ROOT / "shapes" / "ontology-style.ttl"
SCHEMES = sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
DATA = sorted((ROOT / "data").rglob("*.ttl"))
EXAMPLES = ROOT / "tests" / "shapes" / "OntologyStyle"
VALID = sorted(EXAMPLES.glob("valid-*.ttl"))
INVALID = sorted(EXAMPLES.glob("invalid-*.ttl"))

#: The OWL terms the ontology may use; all of them stand for named classes and properties only.
ALLOWED_OWL = {
    OWL.AnnotationProperty,
    OWL.Class,
    OWL.DatatypeProperty,
    OWL.ObjectProperty,
    OWL.Ontology,
    OWL.TransitiveProperty,
    OWL.disjointWith,
    OWL.inverseOf,
    OWL.priorVersion,
    OWL.versionIRI,
    OWL.versionInfo,
}

#: Those datatypes of https://www.w3.org/TR/owl2-profiles/#Entities_3 that the ontology needs.
RL_DATATYPES = {
    RDFS.Literal,
    RDF.PlainLiteral,
    *(URIRef(PREFIXES["xsd"] + name) for name in ("string", "boolean", "integer", "decimal")),
}

Found = set[tuple[Node | None, Node | None, Node | None]]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY)


@pytest.fixture(scope="module")
def style() -> Graph:
    return Graph().parse(STYLE)


def results(data: Graph, shapes: Graph) -> Found:
    """Shape, focus node and path of each result, whatever its severity."""
    _, report, _ = validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    return expected(report.subjects(RDF.type, SH.ValidationResult), report)


def expected(nodes: Iterable[Node], graph: Graph) -> Found:
    return {
        (graph.value(node, SH.sourceShape), graph.value(node, SH.focusNode), graph.value(node, SH.resultPath))
        for node in nodes
    }


def above(graph: Graph, classes: Iterable[Node]) -> set[Node]:
    return {upper for cls in classes for upper in graph.transitive_objects(cls, RDFS.subClassOf) if upper}


def rule_names(style: Graph) -> list[str]:
    """The shapes with a target, in the spelling of the file names."""
    targets = {SH.targetClass, SH.targetSubjectsOf}
    names = {str(shape).rsplit("/", 1)[1] for target in targets for shape in style.subjects(target)}
    return sorted(re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower() for name in names)


# Terms and the namespace


def test_terms_are_those_the_ontology_declares(ontology: Graph) -> None:
    """`TERMS` lists every term of the ontology and nothing else, each once and sorted."""
    declared = {str(term)[len(NS) :] for term in ontology.subjects(RDF.type) if str(term).startswith(NS)}
    assert list(TERMS) == sorted(declared)


def test_each_term_is_an_attribute_of_the_namespace() -> None:
    """Every term of the vocabulary is found as an attribute and gives its IRI."""
    assert {name: getattr(SOSEI, name) for name in TERMS} == {name: URIRef(NS + name) for name in TERMS}


def test_a_misspelt_term_raises() -> None:
    """A name that the ontology does not declare is an error where it is written, not a silence later."""
    with pytest.raises(AttributeError, match="numericVlaue"):
        SOSEI.numericVlaue  # noqa: B018
    with pytest.raises(AttributeError, match="hasbaseline"):
        SOSEI["hasbaseline"]


def test_an_unknown_name_of_the_module_raises() -> None:
    """The module makes `SOSEI` on demand and no other name."""
    with pytest.raises(AttributeError, match="no attribute 'SOSSEI'"):
        getattr(sosei_graph.vocab, "SOSSEI")  # noqa: B009


def test_the_namespace_is_made_once() -> None:
    """Asking for `SOSEI` again gives the same class."""
    assert sosei_graph.vocab.SOSEI is SOSEI


def test_importing_the_vocabulary_does_not_import_rdflib() -> None:
    """The command line reads prefixes and terms without waiting for rdflib."""
    code = "import sys, sosei_graph.vocab as v; v.PREFIXES, v.TERMS; print('rdflib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_prefixes_are_unambiguous() -> None:
    """No two prefixes stand for the same namespace, and those of the project lie below its base."""
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert PREFIXES["sosei"] == NS
    assert NS.startswith(BASE)


@pytest.mark.parametrize("path", [ONTOLOGY, STYLE, *SCHEMES, *DATA], ids=lambda path: path.stem)
def test_a_file_uses_the_prefixes_of_the_project(path: Path) -> None:
    """A prefix means the same in every Turtle file and in `PREFIXES`."""
    text = path.read_text(encoding="utf-8")
    declared = dict(re.findall(r"^@prefix ([\w-]*): <([^>]*)> \.", text, re.MULTILINE))
    assert declared.items() <= PREFIXES.items()


# Syntax, style and profile


@pytest.mark.parametrize("path", [ONTOLOGY, ALIGNMENTS, STYLE, *VALID, *INVALID], ids=lambda path: path.stem)
def test_both_parsers_read_the_same(path: Path) -> None:
    """The file means the same to rdflib and to Oxigraph."""
    triples = set(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    assert len(Graph().parse(path)) == len(triples) > 0


def test_the_ontology_follows_its_style(ontology: Graph, style: Graph) -> None:
    """The ontology breaks none of its own rules, not even those that only warn."""
    assert not results(ontology, style)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_concept_scheme_follows_the_style(path: Path, style: Graph) -> None:
    """Every concept has its names, its definition and its scheme."""
    assert not results(Graph().parse(path), style)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_example_passes(path: Path, style: Graph) -> None:
    """What the rule allows is not reported, by this rule or another."""
    assert not results(Graph().parse(path), style)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_fires_its_shape(path: Path, style: Graph) -> None:
    """The shape, focus node and path that the example names are reported, and nothing else."""
    graph = Graph().parse(path)
    expectations = set(graph.subjects(SH.sourceShape))
    wanted = expected(expectations, graph)
    assert len(wanted) == 1
    for node in expectations:
        graph.remove((node, None, None))
    assert results(graph, style) == wanted


def test_every_rule_has_a_valid_and_an_invalid_example(style: Graph) -> None:
    """Each shape with a target has examples that are named after it, and each example belongs to a shape."""
    rules = rule_names(style)
    for rule in rules:
        shape = f"/{''.join(part.capitalize() for part in rule.split('-'))}"
        fired = [path for path in INVALID if path.stem.startswith(f"invalid-{rule}")]
        named = [str(next(Graph().parse(path).objects(None, SH.sourceShape))) for path in fired]
        assert any(iri.endswith(shape) for iri in named), f"no invalid example for {rule}"
    assert sorted(path.stem.removeprefix("valid-") for path in VALID) == rules


def test_every_rule_speaks_both_languages_and_states_its_severity(style: Graph) -> None:
    """A finding of a rule can be shown in Japanese and English."""
    for shape in {*style.subjects(SH.targetClass), *style.subjects(SH.targetSubjectsOf)}:
        assert sorted(message.language for message in style.objects(shape, SH.message)) == ["en", "ja"]  # type: ignore[attr-defined]
        assert style.value(shape, SH.severity) in {SH.Violation, SH.Warning}


def test_the_ontology_uses_only_owl_of_the_rl_profile(ontology: Graph) -> None:
    """Beyond RDFS there are inverse, transitive and disjoint names: nothing that OWL 2 RL forbids."""
    used = {term for triple in ontology for term in triple if str(term).startswith(str(OWL))}
    assert used <= ALLOWED_OWL


def test_the_ontology_has_no_class_expressions(ontology: Graph) -> None:
    """Every axiom is about named things: no union, complement or restriction hides in a blank node."""
    assert not [triple for triple in ontology if any(isinstance(term, BNode) for term in triple)]


def test_the_datatypes_are_those_of_the_rl_profile(ontology: Graph) -> None:
    """A datatype property has a datatype that OWL 2 RL knows, an object property none."""
    for term in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        assert set(ontology.objects(term, RDFS.range)) <= RL_DATATYPES, term
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        assert not set(ontology.objects(term, RDFS.range)) & RL_DATATYPES, term


def test_axioms_name_declared_things(ontology: Graph) -> None:
    """Whatever an axiom names is declared in the file, so that any OWL tool reads it as meant."""
    declared = set(ontology.subjects(RDF.type)) | RL_DATATYPES | {RDFS.label}
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith)
    for axiom in axioms:
        for subject, value in ontology.subject_objects(axiom):
            assert {subject, value} <= declared


def test_the_ontology_has_the_label_axiom_for_concepts(ontology: Graph) -> None:
    """The name of a concept is also found as its rdfs:label."""
    assert (SKOS.prefLabel, RDFS.subPropertyOf, RDFS.label) in ontology


# What the axioms say about the data


@pytest.fixture(scope="module")
def known(ontology: Graph) -> Graph:
    graph = Graph()
    for triple in ontology:
        graph.add(triple)
    for path in (*SCHEMES, *DATA):
        graph.parse(path)
    return graph


def test_domains_and_ranges_say_nothing_new(ontology: Graph, known: Graph) -> None:
    """No domain or range gives a described thing a class that its description does not have already."""
    surprises = []
    for axiom, end in ((RDFS.domain, 0), (RDFS.range, 2)):
        for term, cls in ontology.subject_objects(axiom):
            if (term, RDF.type, OWL.ObjectProperty) not in ontology and axiom == RDFS.range:
                continue
            for triple in known.triples((None, term, None)):
                stated = set(known.objects(triple[end], RDF.type))
                if cls not in above(ontology, stated):
                    surprises.append((triple[end], term, cls))
    assert not surprises


def test_nothing_is_in_two_disjoint_classes(ontology: Graph, known: Graph) -> None:
    """The classes that exclude each other do so in the data."""
    for one, other in ontology.subject_objects(OWL.disjointWith):
        both = [
            node
            for node in set(known.subjects(RDF.type))
            if {one, other} <= above(ontology, known.objects(node, RDF.type))
        ]
        assert not both


# Alignments


def test_alignments_are_loose_and_about_terms_of_the_ontology() -> None:
    """The mappings only point from declared terms to other vocabularies: no axiom slips in with them."""
    graph = Graph().parse(ALIGNMENTS)
    assert set(graph.predicates()) == {SKOS.closeMatch, RDFS.seeAlso}
    assert set(graph.subjects()) <= {URIRef(NS + name) for name in TERMS} | {URIRef(NS.rstrip("#"))}
    assert not [value for value in graph.objects() if str(value).startswith(BASE)]
