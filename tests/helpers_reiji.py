"""A tiny workspace of the fictional 例示市 in a folder: vocabulary, governments, a plan and its source."""

import hashlib
from pathlib import Path

from sosei_graph.reasoning.reasoner import infer
from sosei_graph.store.memory import Store
from sosei_graph.workspace import Workspace

PREFIXES = """\
@base <https://w3id.org/sosei/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix sosei: <https://w3id.org/sosei/ns#> .
@prefix gov: <https://w3id.org/sosei/id/gov/> .
@prefix area: <https://w3id.org/sosei/id/area/> .
@prefix doc: <https://w3id.org/sosei/id/doc/> .
@prefix fy: <https://w3id.org/sosei/id/fy/> .
@prefix role: <https://w3id.org/sosei/scheme/role/> .
@prefix theme: <https://w3id.org/sosei/scheme/theme/> .
@prefix indicator: <https://w3id.org/sosei/scheme/indicator/> .
@prefix sdg: <http://metadata.un.org/sdg/> .

"""

_CLASSES = {
    "Document": "文書/document",
    "LocalGovernment": "地方公共団体/local government",
    "Municipality": "市町村/municipality",
    "Prefecture": "都道府県/prefecture",
    "CooperationArea": "圏域/cooperation area",
    "Plan": "計画/plan",
    "ComprehensiveStrategy": "総合戦略/comprehensive strategy",
    "PlanElement": "計画の要素/plan element",
    "Goal": "目標/goal",
    "Indicator": "指標/indicator",
    "KeyPerformanceIndicator": "ＫＰＩ/KPI",
    "StatedQuantity": "記載数量/stated quantity",
    "BaselineValue": "基準値/baseline",
    "TargetValue": "目標値/target",
    "Agreement": "連携協約/agreement",
    "CooperationItem": "取組/cooperation item",
    "RoleAssignment": "役割分担/role assignment",
    "Role": "役割/role",
    "PolicyTheme": "テーマ/theme",
    "ComparableIndicator": "共通指標/comparable indicator",
    "SustainableDevelopmentGoal": "ゴール/goal",
    "SustainableDevelopmentTarget": "ターゲット/target",
    "FiscalYear": "年度/fiscal year",
    "Evidence": "根拠箇所/evidence",
    "Alignment": "対応/alignment",
}
_SUBCLASSES = {
    "Municipality": "LocalGovernment",
    "Prefecture": "LocalGovernment",
    "ComprehensiveStrategy": "Plan",
    "Goal": "PlanElement",
    "KeyPerformanceIndicator": "Indicator",
    "BaselineValue": "StatedQuantity",
    "TargetValue": "StatedQuantity",
}
_OBJECTS = {
    "evidence": "根拠/evidence",
    "states": "定める内容/states",
    "adoptedBy": "策定主体/adopted by",
    "partOf": "属する先/part of",
    "directPartOf": "直接属する先/direct part of",
    "hasPart": "構成要素/has part",
    "hasValue": "値/has value",
    "hasBaseline": "基準値/has baseline",
    "hasTarget": "目標値/has target",
    "indicatorOf": "測る対象/indicator of",
    "contractingParty": "締結団体/contracting party",
    "onItem": "対象の取組/on item",
    "assignee": "担い手/assignee",
    "role": "役割/role",
    "inPrefecture": "属する都道府県/in prefecture",
    "memberOfArea": "属する圏域/member of area",
    "hasTheme": "政策テーマ/has theme",
    "period": "時期/period",
}
_LITERALS = {
    "sha256": "ハッシュ値/SHA-256",
    "fileName": "ファイル名/file name",
    "digest": "箇所のハッシュ値/digest",
    "statedName": "記載された名称/stated name",
    "statedValue": "記載された値/stated value",
    "statedPeriod": "記載された時期/stated period",
    "numericValue": "数値/numeric value",
    "governmentCode": "団体コード/government code",
    "kana": "読み仮名/kana",
    "cumulative": "累計/cumulative",
}
_AXIOMS = """
sosei:partOf a owl:TransitiveProperty ; owl:inverseOf sosei:hasPart .
sosei:directPartOf rdfs:subPropertyOf sosei:partOf .
sosei:hasBaseline rdfs:subPropertyOf sosei:hasValue .
sosei:hasTarget rdfs:subPropertyOf sosei:hasValue .
sosei:evidence rdfs:range sosei:Evidence .
skos:prefLabel rdfs:subPropertyOf rdfs:label .
"""

GOVERNMENTS = """
gov:99 a sosei:Prefecture ; rdfs:label "見本県"@ja, "Mihon Prefecture"@en ; sosei:governmentCode "990001" .
gov:99201 a sosei:Municipality ; rdfs:label "例示市"@ja, "Reiji City"@en ; sosei:governmentCode "992011" ;
    sosei:kana "レイジシ" ; sosei:inPrefecture gov:99 ; sosei:memberOfArea area:reiji .
gov:99202 a sosei:Municipality ; rdfs:label "見本市"@ja, "Mihon City"@en ; sosei:governmentCode "992020" ;
    sosei:kana "ミホンシ" ; sosei:inPrefecture gov:99 .
area:reiji a sosei:CooperationArea ; rdfs:label "例示圏域"@ja, "Reiji area"@en .
"""

SCHEMES = """
theme:childcare a sosei:PolicyTheme ; skos:prefLabel "子育て"@ja, "Childcare"@en ; skos:altLabel "育児"@ja .
indicator:visitors a sosei:ComparableIndicator ; skos:prefLabel "来訪者数"@ja, "Visitors"@en .
role:lead a sosei:Role ; skos:prefLabel "主導"@ja, "lead"@en .
sdg:11 a sosei:SustainableDevelopmentGoal ;
    skos:prefLabel "住み続けられるまちづくりを"@ja, "Sustainable cities"@en .
sdg:11.2 a sosei:SustainableDevelopmentTarget ; skos:prefLabel "交通の改善"@ja, "Transport for all"@en .
fy:2026 a sosei:FiscalYear ; rdfs:label "令和8年度（2026年度）"@ja, "FY2026"@en .
"""

SOURCE = """例示市総合戦略

基本目標① 魅力ある
まちをつくる

指標          現状値   目標値（2026年度）
来訪者数      ▲1,1
13人  12.5万人
利用件数（累計） 535万件 600万件
"""
"""The source of the plan; the name of the goal and the first figure are broken over two lines."""

#: IRI of a node → the facts to write and the pieces of the source it was read from.
_NODES = {
    "plan/99201/strategy": (
        (
            'a sosei:ComprehensiveStrategy ; rdfs:label "例示市総合戦略"@ja, "Reiji strategy"@en ;'
            ' sosei:statedName "例示市総合戦略" ; sosei:adoptedBy gov:99201'
        ),
        ["例示市総合戦略"],
    ),
    "plan/99201/strategy/goal/1": (
        (
            'a sosei:Goal ; rdfs:label "魅力あるまちをつくる"@ja, "An attractive town"@en ;'
            ' sosei:statedName "魅力あるまちをつくる" ; skos:notation "①" ;'
            " sosei:directPartOf <id/plan/99201/strategy>"
        ),
        ["基本目標① 魅力ある\nまちをつくる"],
    ),
    "plan/99201/strategy/kpi/1-1": (
        (
            'a sosei:KeyPerformanceIndicator ; rdfs:label "来訪者数"@ja, "Visitors"@en ;'
            ' sosei:statedName "来訪者数" ;'
            " sosei:cumulative false ; sosei:indicatorOf <id/plan/99201/strategy/goal/1> ;"
            " sosei:hasBaseline <id/plan/99201/strategy/kpi/1-1/baseline> ;"
            " sosei:hasTarget <id/plan/99201/strategy/kpi/1-1/target>"
        ),
        ["来訪者数"],
    ),
    "plan/99201/strategy/kpi/1-1/baseline": (
        (
            'a sosei:BaselineValue ; rdfs:label "来訪者数の基準値"@ja, "Visitors: baseline"@en ;'
            ' sosei:statedValue "▲1,113人" ; sosei:numericValue -1113.0'
        ),
        ["▲1,1\n13人"],
    ),
    "plan/99201/strategy/kpi/1-1/target": (
        (
            'a sosei:TargetValue ; rdfs:label "来訪者数の目標値"@ja, "Visitors: target"@en ;'
            ' sosei:statedValue "12.5万人" ; sosei:numericValue 125000.0 ;'
            ' sosei:statedPeriod "2026年度" ; sosei:period fy:2026'
        ),
        ["12.5万人", "目標値（2026年度）"],
    ),
    "plan/99201/strategy/kpi/1-2": (
        (
            'a sosei:KeyPerformanceIndicator ; rdfs:label "利用件数（累計）"@ja, "Uses"@en ;'
            ' sosei:statedName "利用件数（累計）" ; sosei:cumulative true ;'
            " sosei:indicatorOf <id/plan/99201/strategy/goal/1> ;"
            " sosei:hasBaseline <id/plan/99201/strategy/kpi/1-2/baseline>"
        ),
        ["利用件数（累計）"],
    ),
    "plan/99201/strategy/kpi/1-2/baseline": (
        (
            'a sosei:BaselineValue ; rdfs:label "利用件数の基準値"@ja, "Uses: baseline"@en ;'
            ' sosei:statedValue "535万件" ; sosei:numericValue 5350000.0'
        ),
        ["535万件"],
    ),
    "agreement/99201-99202/2025-04-01": (
        (
            'a sosei:Agreement ; rdfs:label "例示協約"@ja, "Reiji agreement"@en ;'
            " sosei:contractingParty gov:99201, gov:99202"
        ),
        ["例示市"],
    ),
    "agreement/99201-99202/2025-04-01/item/1-1": (
        (
            'a sosei:CooperationItem ; rdfs:label "観光の案内"@ja, "Visitor guides"@en ;'
            " sosei:directPartOf <id/agreement/99201-99202/2025-04-01>"
        ),
        ["来訪者数"],
    ),
    "agreement/99201-99202/2025-04-01/item/1-1/role/99201": (
        (
            'a sosei:RoleAssignment ; rdfs:label "例示市の役割"@ja, "Role of Reiji"@en ;'
            " sosei:assignee gov:99201 ; sosei:role role:lead ;"
            " sosei:onItem <id/agreement/99201-99202/2025-04-01/item/1-1>"
        ),
        ["例示市"],
    ),
}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def document_turtle(source: str = SOURCE) -> str:
    """The document's data file: each node with evidence at the place where its piece stands in the source."""
    written = [
        PREFIXES,
        "doc:reiji-strategy a sosei:Document ;",
        '    rdfs:label "例示市総合戦略（本文）"@ja, "Reiji strategy, text"@en ;',
        f'    sosei:fileName "reiji-strategy.txt" ; sosei:sha256 "{sha256(source)}" ;',
        "    sosei:states <id/plan/99201/strategy> .",
    ]
    spans = {}
    for node, (facts, pieces) in _NODES.items():
        places = [(source.index(piece), source.index(piece) + len(piece)) for piece in pieces]
        spans.update({place: source[slice(*place)] for place in places})
        listed = ", ".join(f"<id/doc/reiji-strategy#char={start},{end}>" for start, end in places)
        written.append(f"<id/{node}> {facts} ; sosei:evidence {listed} .")
    for (start, end), text in spans.items():
        selector = f"<id/doc/reiji-strategy/selector/char-{start}-{end}>"
        written += [
            (
                f"<id/doc/reiji-strategy#char={start},{end}> a sosei:Evidence ; "
                "oa:hasSource doc:reiji-strategy ;"
            ),
            f'    oa:hasSelector {selector} ; sosei:digest "{sha256(text)}" .',
            f"{selector} a oa:FragmentSelector ; dcterms:conformsTo <http://tools.ietf.org/rfc/rfc5147> ;",
            f'    rdf:value "char={start},{end}" .',
        ]
    return "\n".join(written) + "\n"


def ontology_turtle() -> str:
    written = [PREFIXES]
    kinds = ((_CLASSES, "owl:Class"), (_OBJECTS, "owl:ObjectProperty"), (_LITERALS, "owl:DatatypeProperty"))
    for terms, kind in kinds:
        for name, labels in terms.items():
            ja, en = labels.split("/")
            written.append(f'sosei:{name} a {kind} ; rdfs:label "{ja}"@ja, "{en}"@en .')
    written += [f"sosei:{name} rdfs:subClassOf sosei:{above} ." for name, above in _SUBCLASSES.items()]
    return "\n".join([*written, _AXIOMS])


NOTHING = '<id/note> rdfs:comment "nothing here"@en .\n'


def write_workspace(root: Path, *, source: str = SOURCE) -> Workspace:
    """The workspace in a folder; its own vocabulary keeps it small and apart from the project's data."""
    files = {
        "sosei.toml": 'sources = "sources"\n',
        "ontology/sosei.ttl": ontology_turtle(),
        "ontology/schemes/all.ttl": PREFIXES + SCHEMES,
        "data/governments.ttl": PREFIXES + GOVERNMENTS,
        # Its own, so that the package's long ones stay out.
        "data/cooperation-areas.ttl": PREFIXES + NOTHING,
        "data/calendar.ttl": PREFIXES + NOTHING,
        "data/catalog.ttl": PREFIXES + NOTHING,
        "data/reiji-strategy.ttl": document_turtle(source),
        "data/curation/themes.ttl": PREFIXES
        + "<id/plan/99201/strategy/goal/1> sosei:hasTheme theme:childcare .\n",
        "queries/kpis.rq": KPIS,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    (root / "sources").mkdir()
    (root / "sources" / "reiji-strategy.txt").write_bytes(source.encode())
    return Workspace.find(root)


def load(workspace: Workspace) -> Store:
    """The reasoned graph."""
    store = Store.load(workspace)
    infer(store)
    return store


KPIS = """\
#+ title: {ja: ＫＰＩの一覧, en: KPIs}
#+ description: {ja: ＫＰＩとその基準値, en: "KPIs, each with its baseline"}
#+ tags: [kpi]
#+ parameters:
#+   city: {type: government, ja: 市町村, en: City}
#+   cumulative: {type: boolean, ja: 累計, en: Cumulative}
#+ columns:
#+   kpi: {ja: 指標, en: Indicator}
#+   number: {ja: 基準値, en: Baseline}
#+   cumulative: {ja: 累計, en: Cumulative}
PREFIX sosei: <https://w3id.org/sosei/ns#>

SELECT ?kpi ?number ?cumulative
WHERE {
  # PARAMETERS
  ?kpi a sosei:KeyPerformanceIndicator ;
    sosei:indicatorOf/sosei:partOf/sosei:adoptedBy ?city ;
    sosei:cumulative ?cumulative ;
    sosei:hasBaseline/sosei:numericValue ?number .
}
ORDER BY STR(?kpi)
"""
