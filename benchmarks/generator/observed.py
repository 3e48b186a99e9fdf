"""What was counted in the project's five documents; the corpus draws from these lists, each entry as likely.

K `data/kanazawa-strategy-progress.ttl`, T `data/takaoka-regional-revitalization-plan.ttl`, A
`data/takaoka-himi-agreement.ttl`, M `data/tomakomai-strategy-council.ttl`, H `data/hitachi-strategy-outline.ttl`.
Where a list has fewer entries than documents, the others have no such thing.
"""

#: Cross-cutting goals of a plan: K, T, M, H.
CROSS_CUTTING_GOALS = (0, 0, 0, 3)
#: Basic viewpoints of a plan: T, M, H.
PRINCIPLES = (3, 4, 5)
#: Whether a strategy puts directions between goals and measures: M, H do, K does not.
HAS_DIRECTIONS = (True, True, False)
#: Directions of a basic goal: H, M.
DIRECTIONS_A_GOAL = (5, 3, 3, 2, 3, 2, 2, 3)
#: Measures of a direction: the basic goals of H.
MEASURES_A_DIRECTION = (2, 2, 3, 3, 3, 4, 2, 3, 4, 2, 2, 5, 1)
#: Measures of a basic goal without directions: K, and those of M.
MEASURES_A_GOAL = (3, 4, 4, 5, 3, 3, 3, 3)
#: Numeric targets of a basic goal: K, M, H.
NUMERIC_TARGETS_A_GOAL = (1, 1, 2, 1, 2, 2, 2, 2, 3, 3, 3, 2)
#: KPIs of a basic goal: K, T.
KPIS_A_GOAL = (4, 4, 4, 4, 2, 4, 3, 5)
#: What was done under a measure in a year: K.
ACTIVITIES_A_MEASURE = (3, 1, 3, 1, 2, 3, 1, 2, 1, 2, 1, 1, 2, 1, 2, 2)
#: Initiatives of a project: T.
INITIATIVES_A_PROJECT = (2, 2, 2, 2)
#: Population facts and the like: T, H, M, K.
CONTEXT_INDICATORS = (18, 22, 2, 1)
#: Of 23 context values of T and 25 of H so many are words (減少傾向).
CONTEXT_IN_WORDS = (17 + 16) / (23 + 25)
#: Directions of a population vision: K, M, H.
VISION_DIRECTIONS = (2, 4, 2)
#: Reasons that a document gives: K, M, H.
STATED_REASONS = (2, 8, 21)

#: Items of a cooperation field: A.
ITEMS_A_FIELD = (4, 3, 5, 2, 1)
#: Who leads an item: A. The core of the area in 12 of 15, both parties in one, nobody in two.
LEADS = ("core",) * 12 + ("both",) + ("none",) * 2
#: Cities outside the agreement in an item: A.
THIRD_CITIES_AN_ITEM = (1,) * 10 + (0,) * 5
#: Items that name 関係機関: one of 15 of A.
UNNAMED_PARTY = (True,) + (False,) * 14

#: Opinions that one response answers: M.
OPINIONS_A_RESPONSE = (1, 1, 1, 1, 1, 2, 2)
#: Responses of a council's material: M.
RESPONSES = (7,)
#: What of the plan a response changes: M.
PLACES_A_RESPONSE = (1, 2, 2, 3, 2, 2, 1)
#: Elements of the earlier strategy that a goal carries on: M.
CONTINUED_A_GOAL = (3, 4, 5, 5)
#: Measures and directions of a goal of a draft: M.
DRAFT_MEASURES_A_GOAL = (3, 3, 3, 3)
DRAFT_DIRECTIONS_A_GOAL = (3, 2, 2, 3)
#: Steps of a schedule: K, M, H.
MILESTONES = (2, 24, 5)

#: Units of the baselines, actuals and targets of KPIs and numeric targets of K, T, M: how many of 97.
UNITS = {
    "person": 45,
    "case": 23,
    "percent": 7,
    "company": 3,
    "product": 3,
    "group": 3,
    "project": 3,
    "time": 2,
}
#: Mean and standard deviation of the base-10 logarithm of the baselines of K, T; single figures get K's spread.
MAGNITUDES = {
    "person": (4.1, 1.4),
    "case": (3.1, 1.6),
    "company": (1.6, 0.4),
    "product": (2.1, 0.4),
    "group": (0.9, 0.5),
    "project": (1.9, 0.3),
    "time": (1.7, 0.4),
    "place": (1.0, 0.4),
}
#: Target divided by baseline: K, T.
GROWTH = (
    *(1.24, 1.04, 0.9, 1.14, 7.0, 1.73, 2.0, 1.58, 1.38, 1.5, 1.11, 1.09, 55.4, 4.91, 3.57, 1.75, 1.1, 2.13),
    *(1.28, 1.48, 1.52, 0.73, 1.05, 1.1, 1.57, 1.0, 1.17, 1.09, 1.12),
)
#: (actual - baseline) / (target - baseline) in the year before the target: K.
ATTAINMENT = (
    *(0.89, 0.27, -0.62, 0.67, 0.99, 6.0, 6.41, 0.87, 1.0, 1.2, 0.13, 2.27, 0.44, 1.15, 1.1, 0.62, 1.06),
    -0.95,
)
#: Of the KPIs of K that are totals, those over given years (R2～6合計). Of all KPIs of K and T 14 of 30 are totals;
#: topics.txt has about as many.
TOTALS_OVER_YEARS = 4 / 10
#: Of 24 baselines and 23 actuals of K: without a value (未実施, 集計中), in words (未整備), rounded (約).
ABSENT_BASELINES = 2 / 24
ABSENT_ACTUALS = 1 / 23
IN_WORDS = 1 / 24
APPROXIMATE = 1 / 24

#: Themes of an element in data/curation/themes.ttl: 376 elements.
THEMES_AN_ELEMENT = (1,) * 169 + (2,) * 113 + (3,) * 65 + (4,) * 20 + (5,) * 9
#: SDGs or targets of an element in data/curation/sdgs.ttl: 114 elements.
SDGS_AN_ELEMENT = (1,) * 46 + (2,) * 47 + (3,) * 18 + (4,) * 3
#: KPIs and numeric targets that are comparable with those of other cities: all but one of 64 in
#: data/curation/comparable-indicators.ttl. That scheme was made from these very documents; of other cities' a guess.
COMPARABLE = 0.7
#: Elements behind the items of an agreement, and their links, in data/curation/plan-agreement.ttl.
SUPPORTING_ELEMENTS = 25
SUPPORTED_ITEMS = (1,) * 21 + (2,) + (4,) * 2 + (5,)
